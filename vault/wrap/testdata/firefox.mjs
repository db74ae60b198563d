// Opens the pages of a folder in Firefox as a doctor would, and prints what it saw
// as one JSON object. node firefox.mjs PUPPETEER FIREFOX FOLDER PASSPHRASE
import { pathToFileURL } from "node:url";
import { readdirSync } from "node:fs";
import { join } from "node:path";

const [library, executablePath, folder, passphrase] = process.argv.slice(2);
const { default: puppeteer } = await import(pathToFileURL(library));
const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
const seen = { requests: [], scripts: [], errors: [], violations: [] };
const url = name => pathToFileURL(join(folder, name)).href;

async function page() {
  const p = await browser.newPage();
  await p.setViewport({ width: 1280, height: 900 });
  p.on("request", r => { if (!/^(file|blob|data):/.test(r.url()) || (r.url().startsWith("file:") && !r.url().endsWith(".html"))) seen.requests.push(r.url()); });
  p.on("dialog", d => { seen.scripts.push(d.message()); d.dismiss(); });
  p.on("pageerror", e => seen.errors.push(String(e)));
  p.on("console", m => { if (m.type() === "error") seen.errors.push(m.text()); });
  await p.evaluateOnNewDocument(() => {
    window.violations = [];
    addEventListener("securitypolicyviolation", e => window.violations.push(e.violatedDirective + " " + e.blockedURI));
    window.alert = m => { document.title = "RAN " + m; };
  });
  return p;
}

const text = (p, selector) => p.$eval(selector, e => e.textContent);
const search = (p, words) => p.$eval("#q", (e, v) => { e.value = v; e.dispatchEvent(new Event("input", { bubbles: true })); }, words);

async function plain() {
  const p = await page(), out = {};
  await p.goto(url("plain.html"));
  out.title = await p.title();
  await p.keyboard.press("/");
  await p.keyboard.type("creatinine");
  out.found = await text(p, "#found");
  out.hits = await p.$$eval("[data-r]", list => list.filter(e => e.offsetParent && e.closest("section.part")).map(e => e.textContent.toLowerCase()));
  out.hits = out.hits.length > 0 && out.hits.every(t => t.includes("creatinine"));
  await p.screenshot({ path: join(folder, "firefox-search.png") });
  await p.keyboard.press("Escape");
  out.cleared = await text(p, "#found");
  await p.evaluate(() => {
    const d = Array.from(document.querySelectorAll("details.test")).find(d => d.querySelectorAll("figure.trend-of circle title").length > 2);
    d.open = true;
    d.querySelector("figure").focus();
  });
  out.values = [];
  for (const key of ["End", "ArrowLeft", "Home"]) {
    await p.keyboard.press(key);
    out.values.push(await p.evaluate(() => document.activeElement.querySelector("output").textContent));
  }
  await p.screenshot({ path: join(folder, "firefox-chart.png") });
  await p.evaluate(() => scrollTo(0, 0));
  await p.screenshot({ path: join(folder, "firefox-front.png") });
  await p.close();
  return out;
}

async function unlock(p, words) {
  await p.$eval("#pass", e => { e.value = ""; });
  await p.type("#pass", words);
  const start = Date.now();
  await p.keyboard.press("Enter");
  await p.waitForFunction(() => document.getElementById("summary") || (document.getElementById("said") && document.getElementById("said").textContent), { timeout: 120000 });
  return Date.now() - start;
}

async function sealed() {
  const out = {};
  for (const name of readdirSync(folder).filter(n => /^(sealed|flipped).*\.html$/.test(n))) {
    const p = await page(), one = {};
    await p.goto(url(name));
    await unlock(p, "a wrong passphrase of six words");
    one.wrong = await text(p, "#said");
    one.shownWhenWrong = await p.evaluate(() => !!document.getElementById("summary"));
    one.milliseconds = await unlock(p, passphrase);
    one.opened = await p.evaluate(() => !!document.getElementById("summary"));
    one.said = one.opened ? "" : await text(p, "#said");
    if (name === "sealed.html") {
      await search(p, "creatinine");
      one.found = await text(p, "#found");
      one.files = await p.$$eval("#files a", l => l.map(a => a.textContent));
      await p.screenshot({ path: join(folder, "firefox-opened.png") });
    }
    out[name] = one;
    await p.close();
  }
  return out;
}

async function hostile() {
  let opened = 0;
  const p = await page();
  for (const name of readdirSync(folder).filter(n => /^hostile-\d+\.html$/.test(n)).sort()) {
    await p.goto(url(name));
    await p.evaluate(() => { for (const d of document.querySelectorAll("details")) d.open = true; });
    await search(p, "script");
    await search(p, "");
    await p.evaluate(() => { for (const e of document.querySelectorAll("#main a, #main summary")) { e.dispatchEvent(new MouseEvent("mouseover", { bubbles: true })); } });
    if ((await p.title()).startsWith("RAN")) seen.scripts.push(name);
    seen.violations.push(...await p.evaluate(() => window.violations));
    opened++;
  }
  return opened;
}

async function large() {
  const p = await page();
  const start = Date.now();
  await p.goto(url("large.html"), { waitUntil: "load" });
  const loaded = Date.now() - start, typed = Date.now();
  await search(p, "glucose 2019");
  await p.evaluate(() => new Promise(done => requestAnimationFrame(() => setTimeout(done))));
  return { loaded, searched: Date.now() - typed };
}

try {
  const out = { plain: await plain(), sealed: await sealed(), hostile: await hostile(), large: await large(), ...seen };
  console.log(JSON.stringify(out));
} finally {
  await browser.close();
}
