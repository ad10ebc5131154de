// The filter above a table of rules, in the words that the page gives. Without it the table stands as it is.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const place = document.querySelector(".rule-filter");
  const table = document.querySelector("table.rules");
  if (!place || !table) return;

  const said = place.dataset;
  const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const rows = [...table.tBodies[0].rows].map((row) => ({
    row,
    text: fold(row.textContent),
    severity: row.cells[2].textContent.trim(),
    area: row.cells[3].textContent.trim(),
  }));

  function labelled(words, control) {
    const label = document.createElement("label");
    label.append(words, control);
    place.append(label);
    return control;
  }

  function choice(words, every, values) {
    const select = document.createElement("select");
    select.add(new Option(every, ""));
    for (const value of new Set(values)) select.add(new Option(value, value));
    return labelled(words, select);
  }

  const search = document.createElement("input");
  search.type = "search";
  labelled(said.search, search);
  const severity = choice(heads[2], said.severities, rows.map((one) => one.severity));
  const area = choice(heads[3], said.areas, rows.map((one) => one.area));
  const count = document.createElement("p");
  count.setAttribute("role", "status");
  place.append(count);
  place.setAttribute("role", "search");
  for (const head of table.tHead.rows[0].cells) head.scope = "col";

  function show() {
    const sought = fold(search.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const one of rows) {
      const fits =
        (!severity.value || one.severity === severity.value) &&
        (!area.value || one.area === area.value) &&
        sought.every((word) => one.text.includes(word));
      one.row.hidden = !fits;
      shown += fits;
    }
    count.textContent = said.shown.replace("{shown}", shown).replace("{all}", rows.length);
  }

  place.addEventListener("input", show);
  show();
});
