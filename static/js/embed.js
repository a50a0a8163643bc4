// The code for other pages: of the map as it is now, whose scripts may have changed the address; and a button to copy it.

const box = document.querySelector(".embedding");
const field = box.querySelector("textarea");
const button = box.querySelector("button");
const word = button.textContent;

box.addEventListener("toggle", () => {
  const here = new URL(location.href);
  here.searchParams.set("embed", "1");
  field.value = field.value.replace(/src="[^"]*"/, () => `src="${here.href.replaceAll("&", "&amp;")}"`);
});
field.addEventListener("focus", () => field.select());
button.hidden = !navigator.clipboard; // only a secure address has one
button.addEventListener("click", async () => {
  await navigator.clipboard.writeText(field.value);
  button.textContent = button.dataset.copied;
  setTimeout(() => (button.textContent = word), 3000);
});
