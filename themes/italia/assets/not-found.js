// The pages nearest to an address that does not exist. No list of all pages is loaded: the script goes down the
// address folder by folder, as far as there are pages, and compares what the last of them links to.
"use strict";
{
  const box = document.getElementById("_nearest");
  const status = document.getElementById("_nearest-status");
  const root = new URL(box.dataset.root, location.href);
  const MOST = 5;

  /** A part of an address as the site would write it: `04-Perché.md` is `perche`. */
  const plain = (part) => part.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/\.(html?|md)$/, "").replace(/^\d{1,3}[-_. ](?=.)/, "").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");

  /** The parts below the root; a broken escape stays as it is. Somebody who opens this page itself wants no other. */
  function wanted() {
    const path = location.pathname.startsWith(root.pathname) ? location.pathname.slice(root.pathname.length) : location.pathname;
    if (path === "404.html") return [];
    const decode = (part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    };
    return path.split("/").map((part) => plain(decode(part))).filter((part) => part && part !== "index");
  }

  /** How many letters must change (Levenshtein). */
  function distance(a, b) {
    let row = Array.from({ length: b.length + 1 }, (_, at) => at);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      }
      row = next;
    }
    return row[b.length];
  }

  /** From 0, the same, to 1: by letters, or by whole words where those stand in another order or some are missing. */
  function difference(a, b) {
    const words = new Set(a.split("-"));
    const others = new Set(b.split("-"));
    const shared = [...words].filter((word) => others.has(word)).length;
    return Math.min(distance(a, b) / Math.max(a.length, b.length), 1 - shared / Math.max(words.size, others.size));
  }

  /** The pages directly in a folder that its own page links to; null where there is no such page. */
  async function pagesIn(folder) {
    const answer = await fetch(folder);
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = new Map();
    for (const link of page.querySelectorAll(".nav a[href], main a[href]")) {
      const url = new URL(link.getAttribute("href"), folder);
      const [name, end, more] = url.pathname.startsWith(folder.pathname) ? url.pathname.slice(folder.pathname.length).split("/") : [];
      if (url.origin !== root.origin || !name || end !== "" || more !== undefined || found.has(name)) continue;
      url.hash = url.search = "";
      found.set(name, { name: plain(decodeURIComponent(name)), url, title: link.textContent.trim() });
    }
    return [...found.values()];
  }

  async function nearest() {
    let folder = root;
    let around = null;
    let found = [];
    for (const part of wanted()) {
      const pages = await pagesIn(folder);
      if (!pages) break;
      found = pages.map((page) => ({ ...page, far: difference(part, page.name) })).filter((page) => page.far < 0.5)
        .sort((a, b) => a.far - b.far).slice(0, MOST);
      if (!found.length) break;
      [around] = found;
      folder = around.url;
    }
    // The address goes on below the last folder that is there: that folder is the nearest page.
    return found.length || !around ? found : [around];
  }

  const input = document.getElementById("_search-words");
  if (input) input.value = (wanted().at(-1) ?? "").replaceAll("-", " ");

  nearest().then((pages) => {
    if (!pages.length) return;
    for (const { url, title } of pages) {
      const link = Object.assign(document.createElement("a"), { href: url.pathname, textContent: title });
      const item = document.createElement("li");
      item.append(link);
      box.querySelector("ul").append(item);
    }
    box.hidden = false;
    status.textContent = `${status.dataset.words}: ${pages.length}`;
  }).catch(() => {});
}
