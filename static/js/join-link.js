// A link that carries a table: what stands behind # is unpacked here and sent as if it were pasted.

import { announce } from "./loading.js";

const MOST = 400_000; // characters of an unpacked table

const form = document.getElementById("tabulka");
const packed = new URLSearchParams(location.hash.slice(1)).get("t");

/** The fields that the link carries. Throws where it is damaged. */
async function unpack(text) {
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).pipeThrough(new TextDecoderStream()).getReader();
  let unpacked = "";
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    unpacked += value;
    if (unpacked.length > MOST) throw new Error("too long");
  }
  return JSON.parse(unpacked);
}

async function send() {
  const fields = await unpack(packed);
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements[name] ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
    field.value = String(value);
  }
  form.submit();
}

if (packed) send().catch(() => announce(form.dataset.damaged));
