// The day on which something is cited is the reader's, not the one on which the page was made.

const day = new Intl.DateTimeFormat("sv", { timeZone: "Europe/Prague" }).format(new Date());

function write() {
  for (const place of document.querySelectorAll('[data-today=""]')) {
    place.dataset.today = day;
    place.textContent = day;
  }
}

write();
const held = document.querySelector("[data-cites]");
if (held) new MutationObserver(write).observe(held, { childList: true });
