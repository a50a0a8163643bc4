// Buttons that copy the recipes.

const box = document.getElementById("recepty");

for (const code of box.querySelectorAll("pre code")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain copy";
  button.textContent = box.dataset.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = box.dataset.copied;
    setTimeout(() => (button.textContent = box.dataset.copy), 3000);
  });
  if (navigator.clipboard) code.parentElement.after(button); // only a secure address has one
}
