// The words of the page that change with what is shown.

const part = (id) => document.getElementById(id);

/** What is shown in one line: an indicator and its period, or two of them. */
export function heading(words, first, second) {
  if (!second) return first.title;
  const text = second.pane.id === first.pane.id ? words.both_periods : words.both;
  return text.replace("{first}", first.title).replace("{second}", second.pane.id === first.pane.id ? second.period : second.title);
}

/** Writes title, finding, legend and what two indicators have to do with each other. */
export function writeWords(words, state, { first, second, pair }, maps) {
  const title = heading(words, first, second);
  document.querySelector("h1").textContent = title;
  document.title = document.title.replace(/^.*(?= – )/, () => title);
  part("zjisteni").textContent = pair?.finding ?? first.view.finding;
  part("pokryti").textContent = first.view.coverage;
  part("legenda").innerHTML = first.view.legend;
  part("souvislost").hidden = !second;
  part("souvislost-slovy").innerHTML = first.view.together;
  const sides = [[first, words.first_map], [second, words.second_map]];
  maps.forEach(({ map }, place) => {
    const [values, name] = sides[place];
    const above = map.getContainer().parentElement.querySelector(".map-title");
    Object.assign(above, { hidden: maps.length < 2, textContent: values.title });
    map.getContainer().setAttribute("aria-label", name.replace("{title}", values.title));
  });
}

/** Replaces parts of the page by those that the service rendered, where they differ. */
export function fillParts(parts) {
  for (const [id, html] of Object.entries(parts)) {
    const box = part(id);
    if (box && box.innerHTML.trim() !== html) box.innerHTML = html;
  }
}
