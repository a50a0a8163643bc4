// Without a connection: what is on the page stays, and the page says of when it is.

import { expire } from "./countdown.js";

const { body } = document;

/** Says that the answer on the page is an old one. */
export function offline(results, words) {
  body.dataset.stored = "";
  expire(results, words);
}

/** Says no more that it is. */
export function online() {
  delete body.dataset.stored;
}

/** Registers the worker at `address`, and has it keep the answer on the page when it did not bring it itself. */
export function keepOffline(address, results, texts) {
  if (body.hasAttribute("data-stored")) expire(results, texts.expired);
  if (!navigator.serviceWorker) return;
  addEventListener("load", async () => {
    const brought = navigator.serviceWorker.controller;
    await navigator.serviceWorker.register(address, { scope: location.pathname }).catch(() => null);
    if (brought) return;
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ keep: location.href });
  }, { once: true });
}
