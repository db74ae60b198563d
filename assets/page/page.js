"use strict";
// The page is complete without this script; it adds search, a section filter, keys, the values of charts, and the form that answers.
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

  // A link into what is folded opens it.
  const unfold = () => {
    const at = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (at && at.matches("details")) at.open = true;
  };
  window.addEventListener("hashchange", unfold);
  unfold();
})();

// Charts: the pointer, or the arrow keys, tell the values one by one.
(function () {
  const known = new WeakMap();
  const origin = new WeakMap(); // of a chart on the common scale: the one it was taken from
  const make = (name, attributes) => {
    const e = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const k in attributes) e.setAttribute(k, attributes[k]);
    return e;
  };
  // spots are the results of a chart from left to right, with the words of their row in the table below.
  function spots(figure) {
    if (known.has(figure)) return known.get(figure);
    const rows = new Map();
    const test = (origin.get(figure) || figure).closest("details");
    for (const r of test ? test.querySelectorAll("tr[data-p]") : []) {
      const c = r.children, more = [c[3].textContent.trim(), c[4].textContent.trim() && "range " + c[4].textContent.trim(), "source " + c[c.length - 1].textContent.trim()];
      const key = c[0].firstChild ? c[0].firstChild.textContent.trim() : "";
      if (!rows.has(key)) rows.set(key, []);
      rows.get(key).push({ value: c[1].textContent.trim(), words: more.filter(Boolean).join(" · ") });
    }
    const list = [];
    for (const t of figure.querySelectorAll("svg title")) {
      const e = t.parentNode, words = t.textContent;
      let x, y;
      if (e.tagName === "circle") { x = +e.getAttribute("cx"); y = +e.getAttribute("cy"); }
      else if (e.tagName === "text") { x = +e.getAttribute("x"); y = +e.getAttribute("y") - 6; }
      else {
        const p = e.getAttribute("points").split(" ").map(s => s.split(",").map(Number));
        x = p.reduce((n, q) => n + q[0], 0) / p.length; y = p.reduce((n, q) => n + q[1], 0) / p.length;
      }
      let more = "";
      for (const [date, found] of rows) {
        if (!date || !words.includes(date)) continue;
        const same = found.find(f => f.value && words.includes(f.value)) || (found.length === 1 ? found[0] : null);
        if (same) more = same.words;
      }
      list.push({ x, y, words: more ? words + " · " + more : words });
    }
    list.sort((a, b) => a.x - b.x || a.y - b.y);
    const state = { list, at: -1 };
    known.set(figure, state);
    return state;
  }
  function show(figure, i) {
    const s = spots(figure), svg = figure.querySelector("svg");
    for (const e of svg.querySelectorAll(".cursor")) e.remove();
    if (i < 0 || i >= s.list.length) return;
    s.at = i;
    const p = s.list[i], box = svg.viewBox.baseVal;
    svg.append(make("line", { class: "cursor", x1: p.x, x2: p.x, y1: 0, y2: box.height - 36 }), make("circle", { class: "cursor", cx: p.x, cy: p.y, r: 7 }));
    figure.querySelector("output").textContent = p.words;
  }
  const ready = f => {
    f.tabIndex = 0;
    f.setAttribute("role", "group");
    f.setAttribute("aria-label", "Trend. The arrow keys go from result to result.");
  };

  // Several charts, one below the other, on one scale of time.
  const panel = document.getElementById("compare"), stacked = document.getElementById("stacked"), chosen = [];
  const edges = f => { const d = f.querySelector("svg").dataset; return [+d.from, +d.to]; };
  const left = e => +e.getAttribute("x");
  // ticks are first days of years, or of months where the stretch is short.
  function ticks(from, to) {
    const list = [], at = new Date(from * 1000), months = (to - from) / 2629800;
    const step = [1, 2, 3, 6, 12, 24, 60, 120, 240].find(n => months / n <= 7) || 600;
    for (let m = Math.ceil((at.getUTCFullYear() * 12 + at.getUTCMonth() + 1) / step) * step; ; m += step) {
      const t = Date.UTC(Math.floor(m / 12), m % 12, 1) / 1000;
      if (t > to) return list;
      list.push([t, new Date(t * 1000).toLocaleDateString("en", step < 12 ? { month: "short", year: "numeric", timeZone: "UTC" } : { year: "numeric", timeZone: "UTC" })]);
    }
  }
  // moved is a copy of a chart on the scale from..to.
  function moved(figure, from, to) {
    const copy = figure.cloneNode(true), svg = copy.querySelector("svg"), width = svg.viewBox.baseVal.width - 84, low = svg.viewBox.baseVal.height - 16;
    const [a, b] = edges(figure), x = n => ((a + n / width * (b - a)) - from) / (to - from) * width;
    for (const e of svg.querySelectorAll(".cursor")) e.remove();
    for (const e of svg.querySelectorAll("text")) {
      if (+e.getAttribute("y") === low) e.remove();
      else if (!e.classList.contains("y")) e.setAttribute("x", x(left(e)));
    }
    for (const e of svg.querySelectorAll("circle")) e.setAttribute("cx", x(+e.getAttribute("cx")));
    for (const e of svg.querySelectorAll("rect")) {
      const end = x(left(e) + +e.getAttribute("width"));
      e.setAttribute("x", x(left(e)));
      e.setAttribute("width", end - left(e));
    }
    for (const e of svg.querySelectorAll("polygon")) {
      const p = e.getAttribute("points").split(" ").map(s => s.split(",").map(Number)), middle = p.reduce((n, q) => n + q[0], 0) / p.length;
      e.setAttribute("points", p.map(q => q[0] - middle + x(middle) + "," + q[1]).join(" "));
    }
    for (const e of svg.querySelectorAll("path")) e.setAttribute("d", e.getAttribute("d").replace(/([ML])(-?[\d.]+)/g, (_, c, n) => c + x(+n).toFixed(1)));
    for (const [t, words] of ticks(from, to)) {
      const e = make("text", { x: (t - from) / (to - from) * width, y: low, "text-anchor": "middle" });
      e.textContent = words;
      svg.append(e);
    }
    copy.querySelector("output").textContent = "";
    copy.querySelector(".pins").remove();
    svg.dataset.from = from;
    svg.dataset.to = to;
    origin.set(copy, figure);
    ready(copy);
    return copy;
  }
  function stack() {
    const from = Math.min(...chosen.map(f => edges(f)[0])), to = Math.max(...chosen.map(f => edges(f)[1]));
    stacked.replaceChildren();
    for (const f of chosen) {
      const title = document.createElement("h3"), name = document.createElement("bdi"), out = document.createElement("button");
      name.textContent = f.closest("details").querySelector("h3").textContent;
      out.type = "button";
      out.className = "pin";
      out.textContent = "Take out";
      out.setAttribute("aria-label", "Take out " + name.textContent);
      out.addEventListener("click", () => toggle(f));
      title.append(name, out);
      stacked.append(title, moved(f, from, to));
    }
    panel.hidden = chosen.length === 0;
    for (const f of document.querySelectorAll("details figure.trend-of")) {
      const on = chosen.includes(f), [button, link] = f.querySelector(".pins").children;
      button.setAttribute("aria-pressed", on);
      button.textContent = on ? "Take out of the comparison" : "Compare with others";
      link.hidden = !on;
      link.textContent = chosen.length === 1 ? "see it" : "see all " + chosen.length;
    }
  }
  function toggle(f) {
    const at = chosen.indexOf(f);
    if (at < 0) chosen.push(f); else chosen.splice(at, 1);
    stack();
  }
  for (const f of document.querySelectorAll("figure.trend-of")) {
    ready(f);
    const row = document.createElement("p"), button = document.createElement("button"), link = document.createElement("a");
    row.className = "pins";
    button.type = "button";
    button.className = "pin";
    button.textContent = "Compare with others";
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => toggle(f));
    link.href = "#compare";
    link.hidden = true;
    row.append(button, link);
    f.insertBefore(row, f.querySelector("figcaption"));
  }
  // together tells, in every chart of the comparison, what is nearest to x.
  function together(figure, x) {
    if (!origin.has(figure)) return;
    for (const other of stacked.querySelectorAll("figure")) {
      if (other === figure) continue;
      const list = spots(other).list;
      if (list.length) show(other, list.reduce((best, p, i) => Math.abs(p.x - x) < Math.abs(list[best].x - x) ? i : best, 0));
    }
  }
  document.addEventListener("pointermove", e => {
    const svg = e.target.closest && e.target.closest("svg.chart");
    if (!svg) return;
    const figure = svg.closest("figure"), s = spots(figure), m = svg.getScreenCTM();
    if (!m || s.list.length === 0) return;
    const x = (e.clientX - m.e) / m.a, y = (e.clientY - m.f) / m.d;
    let best = 0;
    for (let i = 1; i < s.list.length; i++) {
      const d = p => Math.abs(p.x - x) * 4 + Math.abs(p.y - y);
      if (d(s.list[i]) < d(s.list[best])) best = i;
    }
    if (best !== s.at) {
      show(figure, best);
      together(figure, s.list[best].x);
    }
  });
  document.addEventListener("keydown", e => {
    const figure = document.activeElement;
    if (!figure || !figure.matches("figure.trend-of")) return;
    const s = spots(figure), last = s.list.length - 1;
    const to = { ArrowRight: Math.min(last, s.at + 1), ArrowLeft: s.at < 0 ? last : Math.max(0, s.at - 1), Home: 0, End: last }[e.key];
    if (to === undefined || last < 0) return;
    e.preventDefault();
    show(figure, to);
    together(figure, s.list[to].x);
  });
})();

// The form that answers: what is typed becomes a file of FHIR R4 on this computer.
(function () {
  const form = document.getElementById("answer"), changes = document.getElementById("a-changes"), said = document.getElementById("a-said");
  const value = id => document.getElementById(id).value.trim();
  for (const e of document.querySelectorAll(".answer")) e.hidden = false;
  const add = () => {
    const line = document.getElementById("a-line").content.cloneNode(true);
    changes.append(line);
    return changes.lastElementChild;
  };
  document.getElementById("a-more").addEventListener("click", () => add().querySelector("select").focus());
  const uuid = () => {
    const b = crypto.getRandomValues(new Uint8Array(16));
    b[6] = b[6] & 15 | 64; b[8] = b[8] & 63 | 128;
    const h = Array.from(b, n => n.toString(16).padStart(2, "0")).join("");
    return "urn:uuid:" + h.slice(0, 8) + "-" + h.slice(8, 12) + "-" + h.slice(12, 16) + "-" + h.slice(16, 20) + "-" + h.slice(20);
  };
  const base64 = text => {
    let s = "";
    for (const b of new TextEncoder().encode(text)) s += String.fromCharCode(b);
    return btoa(s);
  };
  // now is this moment with its offset, as FHIR writes an instant.
  const now = () => {
    const d = new Date(), m = -d.getTimezoneOffset(), two = n => String(Math.floor(Math.abs(n))).padStart(2, "0");
    return new Date(d.getTime() + m * 6e4).toISOString().slice(0, 19) + (m < 0 ? "-" : "+") + two(m / 60) + ":" + two(m % 60);
  };
  function bundle() {
    const whose = JSON.parse(document.getElementById("whose").textContent), at = now(), patient = uuid(), entries = [];
    const who = value("a-name") + (value("a-place") ? ", " + value("a-place") : ""), author = { display: who + " (typed into the answer form, not verified)" };
    const put = resource => { const u = uuid(); entries.push({ fullUrl: u, resource }); return u; };
    entries.push({ fullUrl: patient, resource: whose.patient });
    const targets = [], subject = { reference: patient };
    if (value("a-note")) {
      targets.push(put({
        resourceType: "DocumentReference", status: "current", docStatus: "preliminary", type: { text: "Answer of a doctor" }, subject, date: at, author: [author],
        description: "Answer to the record of " + whose.made, content: [{ attachment: { contentType: "text/plain; charset=utf-8", data: base64(value("a-note")), title: "Answer of " + who, creation: at } }]
      }));
    }
    for (const line of changes.querySelectorAll(".change")) {
      const [change, medicine, dose, reason] = Array.from(line.querySelectorAll("select, input"), e => e.value.trim());
      if (!medicine) continue;
      const words = { start: "Proposal: start", change: "Proposal: change the dose", stop: "Proposal: stop" }[change] + (reason ? ". Reason: " + reason : "");
      const r = { resourceType: "MedicationRequest", status: "active", intent: "proposal", medicationCodeableConcept: { text: medicine }, subject, authoredOn: at, requester: author, note: [{ text: words }] };
      if (change === "stop") r.doNotPerform = true;
      if (dose) r.dosageInstruction = [{ text: dose }];
      targets.push(put(r));
    }
    if (targets.length === 0) return null;
    entries.push({ fullUrl: uuid(), resource: { resourceType: "Provenance", target: targets.map(reference => ({ reference })), recorded: at, agent: [{ who: author }] } });
    return { resourceType: "Bundle", meta: { tag: [{ system: "urn:carnet:kind", code: "reply", display: "answer of a doctor, typed into START-HERE.html; not verified" }] }, type: "collection", timestamp: at, entry: entries };
  }
  form.addEventListener("submit", e => {
    e.preventDefault();
    const b = bundle();
    if (!b) { said.textContent = "There is nothing to save yet: write a note, or add a medicine."; return; }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(b, null, 1)], { type: "application/fhir+json" }));
    link.download = "answer-to-the-patient.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    said.textContent = "Saved as answer-to-the-patient.json. Give this file to the patient.";
  });
})();
