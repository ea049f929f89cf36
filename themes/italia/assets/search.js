// Search: on its own page, and in a dialogue over any other. Loaded when the reader asks for it, and not before.
// The index is Pagefind's; what is shown, and how, is ours.

const ROOT = new URL("../", import.meta.url);
/** How many results are loaded and shown at a time, and how many places of each. */
const AT_ONCE = 5;
const PARTS = 3;
const RANKING = { metaWeights: { key: 12, title: 6, lesser: 4, cites: 1, kind: 0.1, status: 0.1 }, pageLength: 0.4 };

let loaded;

/** The library and its index; asked for again after a failure. */
function library() {
  loaded ??= import(new URL("pagefind/pagefind.js", ROOT)).then(
    (pagefind) => pagefind.createInstance({ baseUrl: ROOT.pathname, excerptLength: 24, excerptEllipsis: "…", noWorker: true, ranking: RANKING }),
  );
  loaded.catch(() => (loaded = undefined));
  return loaded;
}

/** All results, and the first of them with what they hold. */
async function look(pagefind, query, filters) {
  const { results } = await pagefind.search(telling(normal(query)), { filters });
  const found = await Promise.all(results.slice(0, AT_ONCE).map((result) => result.data()));
  return isMeant(found, query) ? { results, found } : { results: [], found: [] };
}

/**
 * Whether results answer a question at all. For a word that nobody wrote the library takes the longest beginning of it
 * that somebody did, be it a single letter.
 */
function isMeant(found, query) {
  const terms = normal(query).split(/\s+/).map(folded).filter(Boolean);
  const isOf = (word) => terms.some((term) => word.startsWith(term) || shared(word, term) >= Math.max(3, term.length / 2));
  const words = ({ content, locations, meta }) => {
    const text = content.split(/\s+/);
    return [...locations.map((at) => text[at] ?? ""), ...Object.values(meta).flatMap((value) => value.split(/\s+/))];
  };
  const parts = (word) => word.split(/[^\p{L}\p{M}\p{N}]+/u);
  return found.some((data) => words(data).some((word) => [word, ...parts(word)].some((part) => isOf(folded(part)))));
}

/** How many letters two words have in common at their beginning. */
function shared(a, b) {
  let count = 0;
  while (count < a.length && a[count] === b[count]) count++;
  return count;
}

/** Words as the index has them: `articolo 5` and `Art.5` are the key of an article, `dell'articolo` is *articolo*. */
export function normal(query) {
  return query
    .normalize("NFC")
    .replace(/(^|[^\p{L}])\p{L}{1,6}['’](?=\p{L}{2})/gu, "$1")
    .replace(/(^|[^\p{L}])(?:artt?\.?|articol[oi]|articles?)\s*(?=\d)/giu, "$1art")
    .trim();
}

/** Words of nearly every page. Beside others they find nothing, and of all words they have the longest lists to load. */
const CONNECTING = new Set(
  ("a ad ai agli al alla alle allo che con da dai dal dalla dalle dallo degli dei del della delle dello di e ed fra gli i il in la le lo " +
    "ne negli nei nel nella nelle nello o per su sui sul sulla sulle sullo tra un una uno and by for from of or the to with").split(" "),
);

/** A query without these words; in quotation marks, and where there are no others, they stay. */
function telling(query) {
  if (/["“”«»]/.test(query)) return query;
  const kept = query.split(/\s+/).filter((word) => !CONNECTING.has(word.toLowerCase()));
  return kept.length > 0 ? kept.join(" ") : query;
}

/** Text in one form, to compare what was typed with what is there. */
const folded = (text) => text.normalize("NFD").replace(/[^\p{L}\p{N}]+/gu, "").toLowerCase();

/** The parts of a heading: the index keeps its text, its level and the level's name in one. */
function heading(part) {
  const [text, level, name] = part.title.split("\t");
  return { id: part.anchor?.id, text, level, name };
}

/** An element with its properties and children. */
function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter((child) => child != null));
  return made;
}

/** An excerpt: text with marks, from the library's `<mark>` and escaped signs, never as HTML. */
function excerpt(text, className) {
  const plain = (words) => words.replace(/&lt;/g, "<").replace(/&gt;/g, ">");
  const pieces = text.split(/<mark>(.*?)<\/mark>/s).map((words, at) => (at % 2 ? element("mark", { textContent: plain(words) }) : plain(words)));
  return element("p", { className }, ...pieces);
}

/** One search form with its results, on the page or in the dialogue. */
class Search {
  constructor(region, { keepAddress }) {
    this.region = region;
    this.keepAddress = keepAddress;
    this.form = region.querySelector("form");
    this.field = this.form.elements.q;
    this.status = region.querySelector("#_search-status");
    this.list = region.querySelector("#_search-results");
    this.elsewhere = region.querySelector("#_search-elsewhere");
    this.words = region.dataset;
    this.turn = 0;
    this.form.hidden = false;
    this.form.addEventListener("submit", (event) => (event.preventDefault(), this.ask()));
    this.form.addEventListener("input", () => this.soon());
    this.region.addEventListener("keydown", (event) => this.move(event));
  }

  /** The filters that the reader has set, by name. */
  get filters() {
    const set = new FormData(this.form);
    set.delete("q");
    return Object.fromEntries([...set].filter(([, value]) => value));
  }

  /** Shows in the form what an address asks for. */
  read(parameters) {
    for (const control of this.form.elements) {
      if (control.name) control.value = parameters.get(control.name) ?? "";
    }
    const details = this.form.querySelector("details");
    if (details) details.open ||= Object.keys(this.filters).length > 0;
    return this.ask();
  }

  address() {
    const parameters = new URLSearchParams({ q: this.field.value.trim(), ...this.filters });
    return new URL(`?${parameters}`, this.form.action);
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), 200);
  }

  async ask() {
    clearTimeout(this.timer);
    const query = this.field.value.trim();
    const turn = ++this.turn;
    const isCurrent = () => turn === this.turn;
    if (this.keepAddress) history.replaceState(null, "", query ? this.address() : this.form.action);
    if (!query) return this.clear();
    this.status.textContent = this.words.loading;
    try {
      const pagefind = await library();
      const { results, found } = await look(pagefind, query, this.filters);
      if (!isCurrent()) return;
      if (results.length === 0) return await this.nothing(pagefind, query, isCurrent);
      this.show(query, exactFirst(found, query), results);
    } catch (error) {
      if (isCurrent()) this.fail(error);
    }
  }

  clear() {
    this.status.textContent = "";
    this.list.replaceChildren();
    this.list.hidden = true;
    this.elsewhere.hidden = false;
  }

  show(query, found, results) {
    const count = results.length;
    this.status.textContent = `${count} ${count === 1 ? this.words.one : this.words.many}`;
    const items = element("ol", {}, ...found.map((data) => this.item(data, query)));
    this.list.replaceChildren(items);
    this.list.hidden = false;
    this.elsewhere.hidden = true;
    this.offerMore(items, results.slice(AT_ONCE), query);
  }

  /** A button for the results that are not shown yet. */
  offerMore(items, results, query) {
    if (results.length === 0) return;
    const button = element("button", { type: "button", textContent: this.words.more });
    button.addEventListener("click", async () => {
      const data = await Promise.all(results.slice(0, AT_ONCE).map((result) => result.data()));
      const added = data.map((found) => this.item(found, query));
      items.append(...added);
      button.remove();
      added[0]?.querySelector("a")?.focus();
      this.offerMore(items, results.slice(AT_ONCE), query);
    });
    this.list.append(button);
  }

  /** A page that was found, with its places. */
  item(data, query) {
    const { title, kind, status } = data.meta;
    const level = this.filters.level;
    const parts = data.sub_results
      .filter((part) => part.anchor)
      .map((part) => ({ ...part, ...heading(part), weight: part.weighted_locations.reduce((sum, place) => sum + place.balanced_score, 0) }))
      .filter((part) => !level || part.level === level)
      .sort((a, b) => named(b, query) - named(a, query) || b.weight - a.weight);
    const own = data.sub_results.find((part) => !part.anchor);
    return element(
      "li",
      { className: "result" },
      element("p", { className: "result__kind", textContent: [kind, status].filter(Boolean).join(" · ") }),
      element("h2", { className: "result__title" }, element("a", { href: data.url, textContent: title })),
      own || parts.length === 0 ? excerpt((own ?? data).excerpt, "result__excerpt") : null,
      parts.length > 0 ? element("ul", {}, ...parts.slice(0, PARTS).map(place)) : null,
      element("p", { className: "result__address", textContent: decodeURI(data.url.slice(ROOT.pathname.length)) || "/" }),
    );
  }

  /** Nothing: each word by itself, then its beginning, then the lists. */
  async nothing(pagefind, query, isCurrent) {
    const filters = this.filters;
    const finds = async (words, filters) => (await look(pagefind, words, filters)).results.length > 0;
    const ways = [];
    if (Object.keys(filters).length > 0 && (await finds(query, {}))) ways.push({ words: query, label: this.words.drop, filters: {} });
    for (const word of new Set(query.split(/\s+/))) {
      for (let length = word.length; length >= Math.max(4, word.length / 2) || length === word.length; length--) {
        const words = word.slice(0, length);
        if (words === query || !(await finds(words, filters))) continue;
        ways.push({ words, label: words, filters });
        break;
      }
    }
    if (!isCurrent()) return;
    this.status.textContent = `${this.words.nothing} «${query}»`;
    const offers = ways.map((way) => element("li", {}, this.way(way)));
    this.list.replaceChildren(...(offers.length ? [element("p", { textContent: this.words.try }), element("ul", {}, ...offers)] : []));
    this.list.hidden = offers.length === 0;
    this.elsewhere.hidden = false;
  }

  /** A button that searches for something else. */
  way({ words, label, filters }) {
    const button = element("button", { type: "button", textContent: label });
    button.addEventListener("click", () => {
      this.field.focus();
      this.read(new URLSearchParams({ q: words, ...filters }));
    });
    return button;
  }

  fail(error) {
    console.warn(error);
    this.list.replaceChildren();
    this.list.hidden = true;
    this.status.textContent = this.words.failed;
    this.elsewhere.hidden = false;
  }

  /** The arrows go from the field to the results and among them. */
  move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [this.field, ...this.list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    if (!step || at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    stops[Math.min(Math.max(at + step, 0), stops.length - 1)].focus();
  }
}

/** Whether a place is the one that the reader named: by its id or by its whole title. */
function named(part, query) {
  const wanted = folded(query);
  return Number(folded(part.id ?? "") === wanted) * 2 + Number(folded(part.text) === wanted);
}

/** What the reader named comes first: a page by its title or key, a place by its id. */
function exactFirst(found, query) {
  const wanted = [folded(query), folded(normal(query))];
  const is = (text) => wanted.includes(folded(text ?? ""));
  const rank = (data) => {
    if (is(data.meta.title) || (data.meta.key ?? "").split("\n").some(is)) return 0;
    return data.anchors.some((anchor) => is(anchor.id)) ? 0 : 1;
  };
  return found.map((data) => [rank(data), data]).sort(([a], [b]) => a - b).map(([, data]) => data);
}

/** A place of a page that was found. */
function place(part) {
  const isProvision = part.level !== undefined;
  const name = isProvision ? `${part.id} ${part.text}` : part.text;
  const rest = withoutStart(part.excerpt, name);
  return element(
    "li",
    {},
    element("a", { href: part.url, textContent: name }),
    isProvision ? " " : null,
    isProvision ? element("span", { className: `level level--${part.level}`, textContent: part.name }) : null,
    rest ? excerpt(rest, "result__excerpt") : null,
  );
}

/** An excerpt without the heading that it begins with, which stands above it already. */
function withoutStart(text, name) {
  const start = name.replace(/</g, "&lt;").replace(/>/g, "&gt;").split(/\s+/);
  const words = text.split(/\s+/);
  const bare = (word) => word.replace(/<\/?mark>/g, "");
  const begins = start.every((word, at) => bare(words[at] ?? "").replace(/\.$/, "") === word.replace(/\.$/, ""));
  return begins ? words.slice(start.length).join(" ") : text;
}

/** The search over the page that the reader is on; made from the search page, so that both are the same. */
let dialog;
export async function open(address) {
  dialog ??= await build(address);
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input").select();
}

async function build(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const region = document.importNode(page.getElementById("_search"), true);
  for (const script of region.querySelectorAll("script, noscript")) script.remove();
  for (const link of region.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), address);
  region.querySelector("form").action = new URL("./", address);
  const close = element("button", { type: "button", textContent: region.dataset.close });
  const onPage = element("a", { href: address, textContent: region.dataset.open });
  const made = element("dialog", { className: "search-dialog" }, element("p", { className: "search-dialog__bar" }, onPage, close), region);
  made.setAttribute("aria-label", region.dataset.title);
  document.body.append(made);
  const search = new Search(region, { keepAddress: false });
  onPage.addEventListener("click", () => (onPage.href = search.address()));
  close.addEventListener("click", () => made.close());
  // In a search field the key would only empty it.
  made.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    made.close();
  });
  made.addEventListener("click", (event) => {
    // Outside of what it holds, or on a result of this very page.
    if (event.target === made || event.target.closest("#_search-results a")) made.close();
  });
  return made;
}

const region = document.getElementById("_search");
if (region && !region.closest("dialog")) {
  await new Search(region, { keepAddress: true }).read(new URLSearchParams(location.search));
}
