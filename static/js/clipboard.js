// What stands in a field can be copied by a button beside it.

/** Makes `button` copy the value of `field`; it says so in the words of its `data-copied` for three seconds. */
export function copying(field, button) {
  const word = button.textContent;
  field.addEventListener("focus", () => field.select());
  button.hidden = !navigator.clipboard; // only a secure address has one
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = word), 3000);
  });
}
