// What a first search costs a reader of a very large handbook: 10,000 chapters, and every byte that the search loads,
// from the opened page to the results.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { launch, program, root, serve } from './served.mjs';

const CHAPTERS = 10_000;
const MOST = 200_000;

const work = mkdtempSync(join(tmpdir(), 'vademecum-weight-'));
const [handbook, site] = [join(work, 'handbook'), join(work, 'site')];
let server;
let browser;

before(async () => {
  execFileSync('python3', [join(root, 'benches', 'generate.py'), '--pages', CHAPTERS, '--cross-links', handbook], { stdio: 'ignore' });
  execFileSync(program, ['build', handbook, '--output', site], { stdio: 'ignore' });
  server = await serve(site);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.close();
  rmSync(work, { recursive: true, force: true });
});

/** All words, those of the fewest chapters first. */
function words() {
  const chapters = new Map();
  for (const file of readdirSync(handbook, { recursive: true }).filter((file) => /cap-\d+\.md$/.test(file))) {
    // What stands between the first two `---` is metadata, and not searched.
    const text = readFileSync(join(handbook, file), 'utf8').split(/^---$/m).slice(2).join().toLowerCase();
    for (const word of new Set(text.match(/\p{L}+/gu))) chapters.set(word, (chapters.get(word) ?? 0) + 1);
  }
  return [...chapters].sort(([a, m], [b, n]) => m - n || (a < b ? -1 : 1)).map(([word]) => word);
}

/** How many bytes of the list of words the published script asks for, by the word that is typed. */
async function reader() {
  const index = join(site, 'pagefind');
  const unpacked = (file) => new Uint8Array(gunzipSync(readFileSync(join(index, file)))).subarray('pagefind_dcd'.length);
  const script = join(work, 'pagefind.mjs');
  writeFileSync(script, `${readFileSync(join(index, 'pagefind.js'))};export { wasm_bindgen };`);
  const { wasm_bindgen: backend } = await import(pathToFileURL(script));
  await backend({ module_or_path: unpacked('wasm.it.pagefind') });
  const { languages } = JSON.parse(readFileSync(join(index, 'pagefind-entry.json')));
  const list = backend.init_pagefind(unpacked(`pagefind.${languages.it.hash}.pf_meta`));
  // The script takes accents away before it asks.
  const plain = (word) => word.normalize('NFD').replace(/\p{M}/gu, '');
  const size = (piece) => statSync(join(index, 'index', `${piece}.pf_index`)).size;
  return (word) => JSON.parse(backend.request_indexes(list, plain(word))).reduce((sum, piece) => sum + size(piece), 0);
}

/** The bytes over the network of a first search, and what it found. */
async function weigh(query) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(server.url('cerca/index.html'), { waitUntil: 'networkidle' });
  const network = await context.newCDPSession(page);
  await network.send('Network.enable');
  let bytes = 0;
  network.on('Network.loadingFinished', (loaded) => (bytes += loaded.encodedDataLength));
  await page.getByRole('searchbox').fill(query);
  await page.locator('.result').first().waitFor({ timeout: 60_000 });
  await page.waitForLoadState('networkidle');
  const title = await page.locator('.result__title').first().innerText();
  const said = await page.locator('#_search-status').innerText();
  await context.close();
  return { query, bytes, said, title };
}

test('a first search among 10,000 chapters loads at most 200 kB, whatever word or beginning of a word it is for, and for a phrase', async (t) => {
  const known = words();
  const at = (share) => known[Math.floor(known.length * share)];
  const bytesOf = await reader();
  const heaviest = (queries, count) => {
    const weights = new Map(queries.map((query) => [query, bytesOf(query)]));
    return [...weights.keys()].sort((a, b) => weights.get(b) - weights.get(a)).slice(0, count);
  };
  const beginnings = new Set(known.flatMap((word) => Array.from(word, (_, letters) => word.slice(0, letters)).slice(3)));
  const queries = [
    'LG-04242.1', 'LG-09001',
    // From words of a single chapter to one of nearly every chapter.
    ...[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99].map(at),
    ...heaviest(known, 4), ...heaviest([...beginnings], 2),
    // As people ask: with small words, which are not looked for.
    'il responsabile del progetto', 'la documentazione di gara',
  ];
  const weighed = [];
  for (const query of queries) weighed.push(await weigh(query));
  for (const { query, bytes, said } of weighed) t.diagnostic(`${query}: ${bytes} bytes, ${said}`);
  assert.deepEqual(weighed.filter(({ bytes }) => bytes > MOST), []);
});
