// Words that time changes: "in 3 h 20 min" counts down, and what has come true is asked for again.

const TICK = 10_000; // milliseconds
let timer = 0;

/** Keeps the waits of `results` right by the server's clock; `renew` is called once something in it is true no more. */
export function countDown(results, texts, renew) {
  clearInterval(timer);
  results.dataset.received = Date.now();
  if (!results.dataset.live || document.body.hasAttribute("data-stored")) return;
  const ahead = Date.parse(results.dataset.at) - Date.now();
  timer = setInterval(() => {
    const now = Date.now() + ahead;
    for (const wait of results.querySelectorAll("[data-moment]")) wait.textContent = words(Date.parse(wait.dataset.moment) - now, texts);
    if (document.hidden || !passed(results, now).length) return;
    clearInterval(timer);
    renew();
  }, TICK);
}

/** Says of every state in `results` that is true no more that it is not. */
export function expire(results, words) {
  for (const state of passed(results, Date.now())) {
    state.className = "state unknown";
    state.dataset.changes = "";
    state.append(` – ${words}`);
  }
}

function passed(results, now) {
  return [...results.querySelectorAll(".state[data-changes]")].filter(({ dataset }) => dataset.changes && Date.parse(dataset.changes) <= now);
}

function words(milliseconds, { wait }) {
  const left = Math.max(1, Math.ceil(milliseconds / 60_000));
  const [hours, minutes] = [Math.floor(left / 60), left % 60];
  const form = hours ? (minutes ? wait.hours : wait.whole) : wait.minutes;
  return form.replace("{hours}", hours).replace("{minutes}", minutes);
}
