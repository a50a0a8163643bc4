// The look of the page: as the device has it, or as the visitor chose it here. Loaded before the page is drawn, so that
// nothing flashes; the stylesheet's sets of colours are switched on and off where they stand.

(() => {
  const SETS = { dark: "(prefers-color-scheme: dark)", contrast: "(prefers-contrast: more)" };
  const root = document.documentElement;
  const rules = [...document.styleSheets]
    .filter((sheet) => sheet.href?.endsWith("/geoportal.css"))
    .flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => Object.values(SETS).includes(rule.media?.mediaText))
    .map((rule) => ({ rule, query: rule.media.mediaText }));

  function kept() {
    try {
      return localStorage.getItem("look") ?? "auto";
    } catch {
      return "auto"; // storage can be forbidden; the choice then lasts for the page
    }
  }

  function wear(look) {
    root.dataset.look = look;
    root.style.colorScheme = { light: "light", dark: "dark", contrast: "light" }[look] ?? "";
    for (const { rule, query } of rules) rule.media.mediaText = look === "auto" ? query : SETS[look] === query ? "all" : "not all";
    document.dispatchEvent(new CustomEvent("look"));
  }

  function choose(look) {
    try {
      if (look === "auto") localStorage.removeItem("look");
      else localStorage.setItem("look", look);
    } catch {
      // see kept()
    }
    wear(look);
  }

  if (kept() !== "auto") wear(kept());
  addEventListener("DOMContentLoaded", () => {
    const select = document.getElementById("vzhled");
    if (!select) return;
    select.value = kept();
    select.addEventListener("change", () => choose(select.value));
  });
  addEventListener("storage", ({ key }) => key === "look" && wear(kept()));
})();
