"use strict";
// Opens what is sealed in this page, with WebCrypto alone. Nothing is shown before every part of it was found unaltered.
(function () {
  const form = document.getElementById("unlock"), pass = document.getElementById("pass"), button = document.getElementById("open");
  const said = document.getElementById("said"), show = document.getElementById("show");
  const wrong = "This passphrase does not open it, or the file was changed on its way. Nothing is shown.";

  if (!window.crypto || !crypto.subtle || typeof DecompressionStream !== "function") {
    said.textContent = "This browser cannot decrypt the file. Open it in a current Firefox, Chrome, Edge or Safari.";
    return;
  }
  form.hidden = false;
  pass.focus();
  show.addEventListener("change", () => { pass.type = show.checked ? "text" : "password"; });

  const bytes = text => {
    const s = atob(text.trim()), b = new Uint8Array(s.length);
    for (let i = 0; i < s.length; i++) b[i] = s.charCodeAt(i);
    return b;
  };
  // u32 is a number in four bytes, the highest first.
  const u32 = n => new Uint8Array([n >>> 24, n >>> 16, n >>> 8, n]);
  const join = (...parts) => {
    const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
    let at = 0;
    for (const p of parts) { all.set(p, at); at += p.length; }
    return all;
  };

  async function open(words) {
    const lock = JSON.parse(document.getElementById("lock").textContent);
    const sealed = Array.from(document.querySelectorAll("script.sealed"));
    if (sealed.length !== lock.chunks) throw new Error("incomplete");
    const text = new TextEncoder();
    const tidy = words.normalize("NFC").trim().split(/\s+/).join(" ");
    const secret = await crypto.subtle.importKey("raw", text.encode(tidy), "PBKDF2", false, ["deriveKey"]);
    const key = await crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt: bytes(lock.salt), iterations: lock.rounds }, secret, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
    const place = text.encode("carnet page v1\0"), parts = [];
    for (let i = 0; i < sealed.length; i++) {
      parts.push(await crypto.subtle.decrypt({
        name: "AES-GCM", iv: join(new Uint8Array(8), u32(i)), additionalData: join(place, u32(i), u32(sealed.length)), tagLength: 128
      }, key, bytes(sealed[i].textContent)));
    }
    const packed = new Blob(parts).stream().pipeThrough(new DecompressionStream("gzip"));
    const all = new Uint8Array(await new Response(packed).arrayBuffer());
    const head = new DataView(all.buffer).getUint32(0);
    const files = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(all.subarray(4, 4 + head)));
    let at = 4 + head;
    for (const f of files) {
      f.content = all.subarray(at, at += f.size);
      if (f.content.length !== f.size) throw new Error("incomplete");
    }
    return { page: new TextDecoder("utf-8", { fatal: true }).decode(files[0].content), files: files.slice(1) };
  }

  // list puts the other files below the record, each to be saved by a click. Their bytes stay in the page.
  function list(files) {
    const main = document.querySelector("main") || document.body;
    const section = document.createElement("section"), title = document.createElement("h2"), items = document.createElement("ul");
    section.id = "files";
    section.className = "part";
    section.setAttribute("aria-labelledby", "h-files");
    title.id = "h-files";
    title.textContent = "Files in this package";
    section.append(title, items);
    for (const f of files) {
      const item = document.createElement("li"), link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([f.content], { type: "application/octet-stream" }));
      link.download = f.name.split("/").pop();
      link.textContent = f.name;
      item.append(link, " " + f.what + ", " + (f.size < 1e6 ? Math.ceil(f.size / 1e3) + " kB" : (f.size / 1e6).toFixed(1) + " MB"));
      items.append(item);
    }
    main.append(section);
    const nav = document.querySelector("nav ul");
    if (nav) {
      const item = document.createElement("li"), link = document.createElement("a");
      link.href = "#files";
      link.textContent = "Files in this package";
      item.append(link);
      nav.append(item);
    }
  }

  form.addEventListener("submit", async e => {
    e.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    said.textContent = "";
    let record;
    try {
      record = await open(pass.value);
    } catch {
      said.textContent = wrong;
      button.disabled = false;
      pass.select();
      return;
    }
    pass.value = "";
    // The document stays the one whose policy stands above; the record's own page adds its own to it.
    document.open();
    document.write(record.page);
    document.close();
    if (record.files.length > 0) list(record.files);
  });
})();
