// The page for programmers: a form of each operation is sent from here, and what came back is shown below it. Without
// scripts the same forms lead to the answer itself.

import { withCopy } from "./clipboard.js";

const box = document.getElementById("operace");
const frame = document.getElementById("odpoved");
const { dataset: words } = box;
const MOST = 20000; // characters of an answer that are shown

const root = location.pathname.replace(/\/api\/?$/, "");
const number = new Intl.NumberFormat(document.documentElement.lang);

function filled(form) {
  return [...form.elements].filter((field) => field.name && field.value !== "");
}

// The address that the form makes: parts of the path in their places, the rest as a query, what is empty left out.
function addressOf(form) {
  const given = filled(form);
  const value = (name) => given.find((field) => field.name === name && field.dataset.place === "path")?.value;
  const path = form.dataset.path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(value(name) ?? ""));
  const query = given
    .filter((field) => field.dataset.place === "query")
    .map((field) => `${encodeURIComponent(field.name)}=${encodeURIComponent(field.value).replace(/%(2C|3A|2F)/g, decodeURIComponent)}`);
  return location.origin + root + path + (query.length ? `?${query.join("&")}` : "");
}

function bodyOf(form) {
  if (form.dataset.method !== "POST") return undefined;
  const sent = new FormData();
  for (const field of filled(form).filter((one) => one.dataset.place === "body")) {
    sent.append(field.name, field.files ? field.files[0] : field.value);
  }
  return sent;
}

// What a shell would send: in single quotes nothing means anything but a quote.
function curlOf(form, address) {
  const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  const body = bodyOf(form);
  const fields = [...(body ?? [])].map(([name, value]) =>
    value instanceof File ? `-F ${quoted(`${name}=@${value.name}`)}` : `--form-string ${quoted(`${name}=${value}`)}`,
  );
  return ["curl", ...fields, quoted(address)].join(" ");
}

function size(bytes) {
  return bytes < 1000 ? `${number.format(bytes)} B` : `${number.format(Math.round(bytes / 100) / 10)} kB`;
}

function pretty(text, type) {
  if (!/json/.test(type)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text; // a sequence of records, one a line
  }
}

// Fills the place of the body: text for people, a picture, or how large the file is.
async function showBody(place, content, type, address) {
  const about = place.querySelector(".api-about");
  const shown = place.querySelector(".api-content");
  if (type.startsWith("image/")) {
    const picture = document.createElement("img");
    picture.src = address;
    picture.alt = address;
    shown.parentElement.replaceWith(picture);
  } else if (/json|text|xml|turtle|bibtex|research-info/.test(type)) {
    const text = pretty(await content.text(), type);
    shown.textContent = text.slice(0, MOST);
    if (text.length > MOST) tell(about, words.cut.replace("{shown}", number.format(MOST)).replace("{all}", number.format(text.length)));
  } else {
    shown.parentElement.remove();
    tell(about, words.file.replace("{size}", size(content.size)));
  }
}

function tell(place, text) {
  place.textContent = text;
  place.hidden = false;
}

async function send(form) {
  const address = addressOf(form);
  const status = form.querySelector("[role=status]");
  form.parentElement.querySelector(".api-answer")?.remove();
  status.textContent = words.sending;
  const place = frame.content.firstElementChild.cloneNode(true);
  place.querySelector(".api-address").textContent = address;
  place.querySelector(".api-curl").textContent = curlOf(form, address);
  try {
    const begun = performance.now();
    const answer = await fetch(address, { method: form.dataset.method, body: bodyOf(form), cache: "no-store", headers: { Accept: "*/*" } });
    const content = await answer.blob();
    const took = Math.round(performance.now() - begun);
    place.querySelector(".api-headers").textContent = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
    await showBody(place, content, answer.headers.get("Content-Type") ?? "", address);
    status.textContent = `${answer.status} ${answer.statusText} · ${number.format(took)} ms · ${size(content.size)}`;
  } catch {
    status.textContent = words.failed;
    return;
  }
  form.after(place);
  for (const code of place.querySelectorAll(".api-address, .api-curl")) withCopy(code, words);
}

// A link to an operation opens it, also where the browser does not do so by itself.
function reveal() {
  const wanted = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const closed = wanted?.closest("details:not([open])");
  if (!closed) return;
  closed.open = true;
  wanted.scrollIntoView();
}

box.addEventListener("submit", (event) => {
  event.preventDefault();
  send(event.target);
});
addEventListener("hashchange", reveal);
reveal();
for (const code of box.querySelectorAll("code[data-client]")) withCopy(code, words);
