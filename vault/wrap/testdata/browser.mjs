// Opens the pages of a folder in Chromium as a doctor would, and prints what it
// saw as one JSON object. node browser.mjs PLAYWRIGHT CHROMIUM FOLDER PASSPHRASE
import { pathToFileURL } from "node:url";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [library, executablePath, folder, passphrase] = process.argv.slice(2);
const { chromium } = await import(pathToFileURL(library));
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const seen = { requests: [], scripts: [], errors: [], violations: [] };
const url = name => pathToFileURL(join(folder, name)).href;

// page is a window that notes every request but that for the file, every dialog and every error.
async function page(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options });
  const p = await context.newPage();
  p.on("request", r => { if (!/^(file|blob|data):/.test(r.url()) || (r.url().startsWith("file:") && r.resourceType() !== "document")) seen.requests.push(r.url()); });
  p.on("dialog", d => { seen.scripts.push(d.message()); d.dismiss(); });
  p.on("pageerror", e => seen.errors.push(String(e)));
  p.on("console", m => { if (m.type() === "error") seen.errors.push(m.text()); });
  await p.addInitScript(() => {
    window.violations = [];
    addEventListener("securitypolicyviolation", e => window.violations.push(e.violatedDirective + " " + e.blockedURI));
  });
  await p.addInitScript(() => { window.alert = m => { document.title = "RAN " + m; }; });
  p.shot = name => p.screenshot({ path: join(folder, name + ".png") });
  return p;
}

async function plain() {
  const p = await page(), out = {};
  await p.goto(url("plain.html"));
  out.title = await p.title();
  await p.shot("front");
  await p.keyboard.press("/");
  await p.keyboard.type("creatinine");
  out.found = await p.textContent("#found");
  out.hits = await p.$$eval("[data-r]", list => list.filter(e => e.offsetParent && e.closest("section.part")).map(e => e.textContent.toLowerCase()));
  out.hits = out.hits.length > 0 && out.hits.every(t => t.includes("creatinine"));
  await p.shot("search");
  await p.keyboard.press("Escape");
  out.cleared = await p.textContent("#found");
  await p.evaluate(() => {
    const d = Array.from(document.querySelectorAll("details.test")).find(d => d.querySelectorAll("figure.trend-of circle title").length > 2);
    d.open = true;
    d.querySelector("figure").focus();
  });
  out.values = [];
  for (const key of ["End", "ArrowLeft", "ArrowLeft", "Home"]) {
    await p.keyboard.press(key);
    out.values.push(await p.evaluate(() => document.activeElement.querySelector("output").textContent));
  }
  await p.shot("chart");
  const box = await (await p.$("details.test[open] svg.chart")).boundingBox();
  await p.mouse.move(box.x + box.width * 0.9, box.y + box.height / 2);
  out.hover = await p.textContent("details.test[open] output");
  // Two tests on one scale of time: the values of both are told at once.
  await p.evaluate(() => {
    const with3 = Array.from(document.querySelectorAll("#results details.test")).filter(d => d.querySelectorAll("figure.trend-of circle title").length > 2);
    for (const d of with3.slice(0, 3)) { d.open = true; d.querySelector(".pin").click(); }
  });
  await p.click("details[open] .pins a");
  await p.focus("#stacked figure");
  await p.keyboard.press("End");
  out.together = await p.$$eval("#stacked output", l => l.map(o => o.textContent));
  out.outside = await p.$$eval("#stacked circle, #stacked rect", l => l.filter(e => +(e.getAttribute("cx") || e.getAttribute("x")) < -1 || +(e.getAttribute("cx") || e.getAttribute("x")) > 541).length);
  await p.shot("compared");
  await p.evaluate(() => { for (const b of document.querySelectorAll("#stacked .pin")) b.click(); });
  await p.click("a[href='#timeline']");
  await p.shot("timeline");
  out.years = await p.$$eval("#timeline details", l => l.length);
  await p.click("nav a[href='#reply']");
  await p.click("#a-save");
  await p.fill("#a-name", "Dr Leila Haddad");
  await p.click("#a-save");
  out.nothing = await p.textContent("#a-said");
  await p.fill("#a-note", "Please stop ibuprofen.\nSee me in 4 weeks.");
  await p.click("#a-more");
  await p.selectOption(".change select", "stop");
  await p.fill(".change input >> nth=0", "Ibuprofen 400 mg");
  await p.click("#a-more");
  await p.fill(".change >> nth=1 >> input >> nth=0", "Ramipril 5 mg capsules");
  await p.fill(".change >> nth=1 >> input >> nth=1", "2 capsules each morning");
  const [file] = await Promise.all([p.waitForEvent("download"), p.click("#a-save")]);
  await file.saveAs(join(folder, "answer.json"));
  await p.shot("reply");
  await p.pdf({ path: join(folder, "printed.pdf"), preferCSSPageSize: true });
  // Contrast: WCAG 2.2, 1.4.3, of every text that is shown, against the ground behind it.
  out.contrast = [];
  for (const colorScheme of ["light", "dark"]) {
    await p.emulateMedia({ colorScheme });
    out.contrast.push(...await p.evaluate(contrast));
    await p.shot(colorScheme);
  }
  await p.setViewportSize({ width: 320, height: 700 });
  out.wide = await p.evaluate(() => document.documentElement.scrollWidth); // 1.4.10, reflow
  await p.evaluate(() => scrollTo(0, 0));
  await p.shot("narrow");
  out.labels = await p.evaluate(() => Array.from(document.querySelectorAll("input, select, textarea, button")).filter(e => !e.labels?.length && !e.textContent.trim() && !e.closest("template")).map(e => e.id));
  out.headers = await p.evaluate(() => Array.from(document.querySelectorAll("table")).filter(t => !t.closest(".narrative") && !t.querySelector("thead th[scope=col]")).length);
  out.landmarks = await p.evaluate(() => ["header", "nav", "main"].every(n => document.querySelectorAll("body " + n).length > 0) && document.documentElement.lang === "en");
  out.headings = await p.evaluate(() => {
    let last = 0;
    return Array.from(document.querySelectorAll("h1, h2, h3, h4")).filter(e => !e.closest(".narrative")).map(e => +e.tagName[1]).filter(n => { const skips = n > last + 1; last = n; return skips; }).length;
  });
  // Focus: the order of the page, each stop seen (2.4.3, 2.4.7).
  await p.setViewportSize({ width: 1280, height: 900 });
  await p.goto(url("plain.html"));
  out.focus = [];
  for (let i = 0; i < 4; i++) {
    await p.keyboard.press("Tab");
    out.focus.push(await p.evaluate(() => { const e = document.activeElement, s = getComputedStyle(e); return (e.id || e.getAttribute("href")) + (parseFloat(s.outlineWidth) > 0 && s.outlineStyle !== "none" ? "" : " unseen"); }));
  }
  // The front page prints on one page.
  await p.evaluate(() => { for (const e of document.querySelectorAll("#main > :not(#summary)")) e.remove(); });
  const sheet = await p.pdf({ path: join(folder, "front.pdf"), preferCSSPageSize: true });
  out.front = (sheet.toString("latin1").match(/\/Type\s*\/Page\b/g) || []).length;
  const shut = await page({ javaScriptEnabled: false });
  await shut.goto(url("plain.html"));
  out.withoutScript = await shut.textContent("#main");
  out.withoutScript = /Penicillin V/.test(out.withoutScript) && /Creatinine/.test(out.withoutScript);
  await shut.shot("without-script");
  return out;
}

// contrast lists the texts that are too pale; it runs in the page.
function contrast() {
  const parse = c => (c.match(/[\d.]+/g) || []).map(Number);
  const lum = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((n, v, i) => n + v * [0.2126, 0.7152, 0.0722][i], 0);
  const bad = new Set();
  for (const e of document.querySelectorAll("body *")) {
    if (!e.offsetParent || !Array.from(e.childNodes).some(n => n.nodeType === 3 && n.data.trim()) || /^(script|style)$/i.test(e.tagName)) continue;
    const style = getComputedStyle(e);
    let ground = e;
    while (ground && (c => c.length === 4 && c[3] === 0)(parse(getComputedStyle(ground).backgroundColor))) ground = ground.parentElement;
    const back = ground ? parse(getComputedStyle(ground).backgroundColor) : [255, 255, 255];
    if (/color\(/.test(style.color + getComputedStyle(ground || document.body).backgroundColor)) continue;
    const [a, b] = [lum(parse(style.color)), lum(back)].sort((x, y) => y - x);
    const large = parseFloat(style.fontSize) >= 24 || parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700;
    if ((a + 0.05) / (b + 0.05) < (large ? 3 : 4.5)) bad.add(e.tagName + "." + e.className + " " + ((a + 0.05) / (b + 0.05)).toFixed(2));
  }
  return Array.from(bad);
}

async function unlock(p, words) {
  await p.fill("#pass", words);
  const start = Date.now();
  await p.keyboard.press("Enter");
  await p.waitForFunction(() => document.getElementById("summary") || (document.getElementById("said") && document.getElementById("said").textContent), null, { timeout: 120000 });
  return Date.now() - start;
}

async function sealed() {
  const out = {};
  for (const name of readdirSync(folder).filter(n => /^(sealed|flipped).*\.html$/.test(n))) {
    const p = await page(), one = {};
    await p.goto(url(name));
    if (name === "sealed.html") await p.shot("locked");
    await unlock(p, "a wrong passphrase of six words");
    one.wrong = await p.textContent("#said");
    one.shownWhenWrong = await p.evaluate(() => !!document.getElementById("summary"));
    one.milliseconds = await unlock(p, passphrase);
    one.opened = await p.evaluate(() => !!document.getElementById("summary"));
    one.said = one.opened ? "" : await p.textContent("#said");
    if (name === "sealed.html") {
      await p.fill("#q", "creatinine");
      one.found = await p.textContent("#found");
      one.files = await p.$$eval("#files a", l => l.map(a => a.textContent));
      await p.click("nav a[href='#reply']");
      await p.shot("opened");
    }
    out[name] = one;
    await p.context().close();
  }
  return out;
}

async function hostile() {
  let opened = 0;
  const p = await page();
  for (const name of readdirSync(folder).filter(n => /^hostile-\d+\.html$/.test(n)).sort()) {
    await p.goto(url(name));
    await p.evaluate(() => { for (const d of document.querySelectorAll("details")) d.open = true; });
    await p.fill("#q", "script");
    await p.fill("#q", "");
    await p.evaluate(() => { for (const e of document.querySelectorAll("#main a, #main summary")) { e.dispatchEvent(new MouseEvent("mouseover", { bubbles: true })); } });
    const title = await p.title();
    if (title.startsWith("RAN")) seen.scripts.push(name);
    seen.violations.push(...await p.evaluate(() => window.violations));
    opened++;
  }
  return opened;
}

async function large() {
  const p = await page();
  const start = Date.now();
  await p.goto(url("large.html"), { waitUntil: "load" });
  const loaded = Date.now() - start;
  const typed = Date.now();
  await p.fill("#q", "glucose 2019");
  await p.evaluate(() => new Promise(done => requestAnimationFrame(() => setTimeout(done))));
  return { loaded, searched: Date.now() - typed, bytes: readFileSync(join(folder, "large.html")).length };
}

try {
  const out = { plain: await plain(), sealed: await sealed(), hostile: await hostile(), large: await large(), ...seen };
  console.log(JSON.stringify(out));
} finally {
  await browser.close();
}
