// The answer as a part of the finder's page: an error in its place, and the focus that outlives it.

/** The page of an error as a result in place of `results`. */
export function excuse(page, results) {
  const made = results.cloneNode(false);
  made.dataset.said = page.querySelector("h1").textContent;
  const box = document.createElement("p");
  box.className = "warning";
  box.textContent = page.querySelector(".lead").textContent;
  const heading = Object.assign(document.createElement("h2"), { id: "seznam", tabIndex: -1, textContent: made.dataset.said });
  made.append(heading, box);
  return made;
}

/** Gives the focus back to what it was on in `results`, as far as it is still there. */
export function refocus(results, { card, label, text }) {
  const held = document.getElementById(card) ?? results;
  const same = [...held.querySelectorAll("a, button, summary")].find((one) => one.getAttribute("aria-label") === label && (label || one.textContent === text));
  (same ?? document.getElementById("seznam")).focus({ preventScroll: true });
}
