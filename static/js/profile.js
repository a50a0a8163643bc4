// The page of a unit: its button prints.

for (const button of document.querySelectorAll("[data-prints]")) button.addEventListener("click", () => window.print());
