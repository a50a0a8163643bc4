// Buttons that copy the recipes.

import { withCopy } from "./clipboard.js";

const box = document.getElementById("recepty");

for (const code of box.querySelectorAll("pre code")) withCopy(code, box.dataset);
