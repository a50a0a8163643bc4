// Buttons that copy, hidden where the address is not secure and so has no clipboard.

const SAID = 3000; // ms for which a button says that it has copied

/** Makes `button` copy the value of `field`, all of which is chosen when it is entered. */
export function copying(field, button) {
  field.addEventListener("focus", () => field.select());
  wire(button, () => field.value, button.dataset.copied);
}

/** Puts a button behind the block of `code` that copies it; `copy` and `copied` are its words. */
export function withCopy(code, { copy, copied }) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "plain copy", textContent: copy });
  wire(button, () => code.textContent, copied);
  code.parentElement.after(button);
}

function wire(button, text, copied) {
  const word = button.textContent;
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text());
    button.textContent = copied;
    setTimeout(() => (button.textContent = word), SAID);
  });
}
