"use strict";
(() => {
  const form = document.getElementById("filter");
  const state = document.getElementById("state");
  const findings = Array.from(document.querySelectorAll(".finding"));
  const groups = Array.from(document.querySelectorAll(".record, .file"));
  const folds = Array.from(document.querySelectorAll("details"));
  const texts = new WeakMap();

  // Without accents and case, so that "Pena" finds "Peña".
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  const textOf = (finding) => {
    if (!texts.has(finding)) {
      const record = finding.closest(".record").querySelector("h3").textContent;
      texts.set(finding, folded(`${record} ${finding.textContent}`));
    }
    return texts.get(finding);
  };

  // As the language parts thousands, which the page was given: not every browser has it for each language.
  const { from, sign } = state.dataset;
  const written = (number) => (number < from ? `${number}` : `${number}`.replace(/\B(?=(\d{3})+$)/g, sign));

  const apply = () => {
    const chosen = new FormData(form);
    const severities = new Set(chosen.getAll("severity"));
    const area = chosen.get("area");
    const words = folded(chosen.get("text")).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const finding of findings) {
      const fits =
        severities.has(finding.dataset.severity) &&
        (!area || area === finding.dataset.area) &&
        (!words.length || words.every((word) => textOf(finding).includes(word)));
      finding.hidden = !fits;
      shown += fits;
    }
    // Whoever looks for something is to see it; without words to look for, folds stay.
    for (const fold of folds) {
      fold.hidden = !fold.querySelector(".finding:not([hidden])");
      fold.open ||= words.length > 0 && !fold.hidden;
    }
    for (const group of groups) {
      group.hidden = !group.querySelector(".finding:not([hidden])");
    }
    state.textContent = state.dataset.shown.replace("{shown}", written(shown)).replace("{all}", written(findings.length));
  };

  let waiting;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, findings.length > 1000 ? 250 : 50);
  };

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  form.parentElement.classList.add("filtered");
  apply();
})();
