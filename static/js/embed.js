// The code for other pages: of the map as it is now, whose scripts may have changed the address; and a button to copy it.

import { copying } from "./clipboard.js";

const box = document.querySelector(".embedding");
const field = box.querySelector("textarea");

box.addEventListener("toggle", () => {
  const here = new URL(location.href);
  here.searchParams.set("embed", "1");
  field.value = field.value.replace(/src="[^"]*"/, () => `src="${here.href.replaceAll("&", "&amp;")}"`);
});
copying(field, box.querySelector("button"));
