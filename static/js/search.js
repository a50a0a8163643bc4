// Search by name: suggestions while one types, by the combobox pattern of the ARIA Authoring Practices (list
// autocomplete, manual selection). Without it the form leads to a page of results.

const PAUSE = 120; // milliseconds without a key before the service is asked
const SHORTEST = 2; // characters
const MOST = 8;

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Options of `list` for GeoJSON features: the name, and below it what it is and where. */
function options(list, features) {
  return features.map(({ properties }, number) => {
    const { context, kind_title: kind, name } = properties;
    const told = [kind, context].filter(Boolean).join(" · ");
    return element("li", { id: `${list.id}-${number}`, role: "option", "aria-selected": "false" },
      element("span", {}, name), " ", element("span", { class: "quiet" }, told));
  });
}

class Combobox {
  constructor(field) {
    this.field = field;
    this.input = field.querySelector("input");
    this.list = field.querySelector("[role=listbox]");
    this.status = field.querySelector("[role=status]");
    this.plural = new Intl.PluralRules(field.dataset.language);
    this.words = JSON.parse(field.dataset.found);
    this.features = [];
    this.active = -1;
    this.asked = null;
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(roles)) this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => this.wait());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose([...this.list.children].indexOf(option));
    });
  }

  get open() {
    return !this.list.hidden;
  }

  wait() {
    clearTimeout(this.timer);
    this.asked?.abort();
    const text = this.input.value.trim();
    if (text.length < SHORTEST) {
      this.features = [];
      this.close();
      this.say("");
      return;
    }
    this.timer = setTimeout(() => this.ask(text), PAUSE);
  }

  async ask(text) {
    const { source, kinds, language } = this.field.dataset;
    const query = new URLSearchParams({ q: text, limit: MOST, lang: language });
    if (kinds) query.set("kind", kinds);
    this.asked = new AbortController();
    const { signal } = this.asked;
    try {
      const response = await fetch(`${source}?${query}`, { signal, headers: { Accept: "application/geo+json, application/json" } });
      if (!response.ok) throw new Error(String(response.status));
      const answer = await response.json();
      if (!signal.aborted) this.offer(answer);
    } catch (error) {
      if (error.name === "AbortError") return;
      this.features = [];
      this.close();
      this.say(this.field.dataset.failed, true);
    }
  }

  offer({ features, numberMatched, hint }) {
    this.features = features;
    this.list.replaceChildren(...options(this.list, features));
    this.mark(-1);
    const { none, hint: meant } = this.field.dataset;
    if (features.length) {
      const form = this.words[this.plural.select(numberMatched)] ?? this.words.other;
      this.say(form.replace("{count}", numberMatched.toLocaleString(this.field.dataset.language)));
    } else {
      this.say(hint ? `${none} ${meant} ${hint}?` : none, true);
    }
    if (features.length && document.activeElement === this.input) this.show();
    else this.close();
  }

  /** Writes what screen readers announce; `seen`: for everyone. */
  say(text, seen = false) {
    this.status.classList.toggle("hidden", !seen);
    this.status.textContent = text;
  }

  show() {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  close() {
    this.mark(-1);
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }

  mark(number) {
    this.active = number;
    [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === number)));
    const option = this.list.children[number];
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  /** Moves on by `step`; past either end is the field itself. */
  move(step) {
    const count = this.features.length;
    if (!count) return;
    if (!this.open) this.show();
    const places = count + 1;
    this.mark(((this.active + 1 + step + places) % places) - 1);
  }

  press(event) {
    const chosen = this.open && this.active >= 0;
    const keys = {
      ArrowDown: () => (event.altKey ? this.features.length && this.show() : this.move(1)),
      ArrowUp: () => (event.altKey ? this.close() : this.move(-1)),
      Home: chosen && (() => this.mark(0)),
      End: chosen && (() => this.mark(this.features.length - 1)),
      Enter: chosen && (() => this.choose(this.active)),
      Escape: this.open ? () => this.close() : this.input.value && (() => this.clear()),
    };
    const act = !event.isComposing && keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  clear() {
    this.input.value = "";
    this.wait();
  }

  choose(number) {
    const feature = this.features[number];
    clearTimeout(this.timer);
    this.input.value = feature.properties.label;
    this.close();
    if (this.field.dataset.choice === "event") {
      this.field.dispatchEvent(new CustomEvent("place-chosen", { bubbles: true, detail: feature }));
      return;
    }
    const address = new URL(feature.properties.url);
    if (document.body.classList.contains("embedded")) address.searchParams.set("embed", "1");
    location.assign(address);
  }
}

for (const field of document.querySelectorAll(".search-field")) new Combobox(field);
