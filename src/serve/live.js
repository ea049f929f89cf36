// The preview's own script. It asks the server for news of this page's address, and
// - reloads the page when another one stands there, and puts the reader back where he was;
// - swaps style sheets and images whose bytes have changed, without a reload;
// - shows what keeps the newest state of the handbook back.
const own = '/_vademecum/';
const page = document.querySelector(`script[src="${own}live.js"]`).dataset.page;
let leaving = false; // the next page is on its way

/** What a tab remembers from one page to the next; nothing, where its reader keeps it from that. */
const memory = {
  get(key) {
    try { return sessionStorage.getItem(key); } catch { return null; }
  },
  set(key, value) {
    try {
      if (value) sessionStorage.setItem(key, value);
      else sessionStorage.removeItem(key);
    } catch { /* also where it is too much to remember */ }
  },
};

// --- Where the reader was ---------------------------------------------------------------------------------------------

const PLACE = 'vademecum-place';
const path = location.pathname;

function reload() {
  leaving = true;
  news?.close();
  const open = [...document.querySelectorAll('details')].map((details) => details.open);
  const focus = document.activeElement?.id;
  memory.set(PLACE, JSON.stringify({ path, open, focus, x: scrollX, y: scrollY }));
  location.reload();
}

function restore() {
  const place = JSON.parse(memory.get(PLACE));
  memory.set(PLACE, '');
  if (place?.path !== path) return;
  const all = document.querySelectorAll('details');
  // One more or less, and nobody knows which is which.
  if (all.length === place.open.length) all.forEach((details, i) => { details.open = place.open[i]; });
  if (place.focus) document.getElementById(place.focus)?.focus({ preventScroll: true });
  const back = () => scrollTo({ left: place.x, top: place.y, behavior: 'instant' });
  back();
  // Images may have made the page longer, and the browser goes to a fragment late.
  if (document.readyState !== 'complete') addEventListener('load', () => setTimeout(back), { once: true });
}

restore();

// --- What the page shows beside its own text ----------------------------------------------------------------------------

/** The tags of the bytes that are on the page, by address; the server knows which it has now. */
const shown = new Map();

/** An address without what a swap has added to it. */
const plain = (address) => address.replace(/[?#].*/, '');
const addressOf = (element) => plain(element.currentSrc || element.src || element.href || '');
const sources = () => [...document.querySelectorAll('[src], link[rel~=stylesheet], link[rel~=icon]')];

/** What the page has loaded, also what its style sheets and scripts ask for; not what was searched. */
const loaded = () => performance.getEntriesByType('resource')
  .filter((entry) => !['fetch', 'xmlhttprequest'].includes(entry.initiatorType)).map((entry) => plain(entry.name));

function isOfSite(address) {
  if (!address) return false;
  const { origin, pathname } = new URL(address);
  return origin === location.origin && !pathname.startsWith(own) && !pathname.includes('/pagefind/');
}

async function tagOf(address, options) {
  try {
    const answer = await fetch(address, options);
    answer.body?.cancel();
    return answer.ok ? answer.headers.get('ETag') : `${answer.status}`;
  } catch {
    return null; // not in the browser's cache, or the server is gone
  }
}

const now = (address) => tagOf(address, { method: 'HEAD', cache: 'no-store' });
const whenLoaded = (address) => tagOf(address, { mode: 'same-origin', cache: 'only-if-cached' });

/** Swaps what has changed. Conditional requests for the few files of one page: neither side must know what others show. */
async function refresh() {
  const seen = new Set(loaded());
  const all = new Set([...sources().map(addressOf), ...seen]);
  await Promise.all([...all].filter(isOfSite).map(async (address) => {
    const isNew = !shown.has(address);
    // What waits to be loaded will come as it is then.
    const before = isNew ? seen.has(address) && await whenLoaded(address) : shown.get(address);
    const after = await now(address);
    if (!after) return;
    shown.set(address, after);
    if (before && before !== after) change(address, after, isNew);
  }));
}

function change(address, tag, isNew) {
  const elements = sources().filter((element) => addressOf(element) === address);
  const inPlace = (element) => element.matches('link, img:not([srcset], picture *)');
  if (elements.length > 0 && elements.every(inPlace)) {
    const next = `${address}?${tag.replace(/\W/g, '')}`;
    for (const element of elements) {
      if (element.matches('[rel~=stylesheet]')) swap(element, next);
      else element[element.matches('img') ? 'src' : 'href'] = next;
    }
  } else if (!isNew) {
    // What was seen only now cannot be told from something that waits to be loaded: reloading might never end.
    reload();
  }
}

/** The new style sheet is there before the old one goes: no moment without one. */
function swap(link, address) {
  const next = link.cloneNode();
  next.href = address;
  next.addEventListener('load', () => link.remove());
  next.addEventListener('error', () => next.remove());
  link.after(next);
}

// --- What keeps the newest state back -----------------------------------------------------------------------------------

const CLOSED = 'vademecum-closed';
const words = { it: { close: 'Chiudi', title: 'Problemi del manuale' }, en: { close: 'Close', title: 'Problems of the handbook' } };
const style = document.createElement('link');
style.rel = 'stylesheet';
style.href = `${own}live.css`;
document.head.append(style);
let box = null;
let told = null;

function show(problems, lang) {
  if (problems === told) return;
  told = problems;
  box?.remove();
  box = null;
  // Who has closed them does not want to see the same ones again, in this tab.
  if (problems === memory.get(CLOSED)) return;
  memory.set(CLOSED, '');
  if (!problems) return;
  box = document.createElement('section');
  box.className = 'vademecum-problems vademecum-problems--over';
  box.lang = lang;
  box.setAttribute('aria-label', words[lang].title);
  const text = document.createElement('div');
  text.setAttribute('role', 'alert');
  text.innerHTML = problems; // made by the server, every text in it escaped
  const close = document.createElement('button');
  close.type = 'button';
  close.textContent = '×';
  close.setAttribute('aria-label', words[lang].close);
  close.addEventListener('click', dismiss);
  box.append(close, text);
  document.body.append(box);
}

function dismiss() {
  box.remove();
  box = null;
  memory.set(CLOSED, told);
}

addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && box && !event.defaultPrevented) dismiss();
});

// --- News ---------------------------------------------------------------------------------------------------------------

let news = null;
let refreshing = Promise.resolve();

function listen() {
  news?.close();
  news = new EventSource(`${own}events?path=${encodeURIComponent(path)}`);
  news.addEventListener('news', (event) => {
    if (leaving) return;
    const told = JSON.parse(event.data);
    show(told.problems, told.lang);
    if (told.page !== page) reload();
    else refreshing = refreshing.then(refresh); // one after the other: each compares with what the one before saw
  });
  news.addEventListener('error', () => {
    // Browsers try again by themselves, but not after every kind of failure.
    if (news.readyState === EventSource.CLOSED && !leaving && !document.hidden) setTimeout(attend, 1000);
  });
}

/** A tab that nobody sees needs no news, and keeps none of the few connections that a browser has for one server. */
function attend() {
  if (document.hidden) {
    news?.close();
    news = null;
  } else if (!news || news.readyState === EventSource.CLOSED) {
    listen();
  }
}

document.addEventListener('visibilitychange', attend);
addEventListener('pagehide', () => { news?.close(); news = null; });
addEventListener('pageshow', attend);
attend();
