"use strict";
// The page is complete without this script; it adds search, a section filter and keys.
(function () {
  const form = document.getElementById("find"), box = document.getElementById("q");
  const part = document.getElementById("part"), found = document.getElementById("found");
  const fold = s => s.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const parts = Array.from(document.querySelectorAll("section.part")).map(e => ({
    e, rows: Array.from(e.querySelectorAll("[data-r]")).map(r => ({ e: r, text: null }))
  }));
  const front = document.getElementById("summary");

  function apply() {
    const words = fold(box.value).split(/\s+/).filter(Boolean);
    let shown = 0, all = 0;
    for (const p of parts) {
      const chosen = !part.value || p.e.id === part.value;
      let here = 0;
      for (const r of p.rows) {
        all++;
        if (words.length && r.text === null) r.text = fold(r.e.textContent);
        const hit = chosen && words.every(w => r.text.includes(w));
        r.e.hidden = !hit;
        if (hit) here++;
      }
      shown += here;
      p.e.hidden = !chosen || (words.length > 0 && here === 0);
      for (const t of p.e.querySelectorAll(":scope > .wide > table")) {
        const rows = t.querySelectorAll("tr[data-r]");
        const empty = rows.length > 0 && !t.querySelector("tr[data-r]:not([hidden])");
        const box = t.closest(".wide");
        box.hidden = empty;
        for (let e = box.previousElementSibling; e && e.matches("h3, .remark"); e = e.previousElementSibling) {
          e.hidden = empty;
          if (e.matches("h3")) break;
        }
      }
    }
    const filtering = words.length > 0 || part.value !== "";
    front.hidden = filtering;
    found.textContent = filtering ? shown + " of " + all + " entries" : "";
  }

  form.hidden = false;
  form.addEventListener("submit", e => e.preventDefault());
  box.addEventListener("input", apply);
  part.addEventListener("change", apply);
  document.addEventListener("keydown", e => {
    if (e.key === "/" && document.activeElement !== box) { e.preventDefault(); box.focus(); }
    if (e.key === "Escape" && (box.value || part.value)) { box.value = ""; part.value = ""; apply(); }
  });
  document.addEventListener("click", e => {
    const link = e.target.closest("a[href^='#']");
    if (link && (box.value || part.value)) { box.value = ""; part.value = ""; apply(); }
  });
})();
