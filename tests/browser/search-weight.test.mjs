// What a first search costs a reader of a very large handbook: 10,000 chapters, and every byte that the search loads,
// from the opened page to the results.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
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

/** In how many chapters each word stands. */
function words() {
  const chapters = new Map();
  for (const file of readdirSync(handbook, { recursive: true }).filter((file) => /cap-\d+\.md$/.test(file))) {
    // What stands between the first two `---` is metadata, and not searched.
    const text = readFileSync(join(handbook, file), 'utf8').split(/^---$/m).slice(2).join().toLowerCase();
    for (const word of new Set(text.match(/\p{L}{5,}/gu))) chapters.set(word, (chapters.get(word) ?? 0) + 1);
  }
  return [...chapters].sort(([a, m], [b, n]) => m - n || (a < b ? -1 : 1));
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

test('a first search among 10,000 chapters loads at most 200 kB, for ids and for words, rare and common, but for one in nine', async (t) => {
  const known = words();
  const at = (share) => known[Math.floor(known.length * share)][0];
  const weights = async (queries) => {
    const weighed = [];
    for (const query of queries) weighed.push(await weigh(query));
    for (const { query, bytes, said } of weighed) t.diagnostic(`${query}: ${bytes} bytes, ${said}`);
    return weighed.filter(({ bytes }) => bytes > MOST);
  };
  assert.deepEqual(await weights(['LG-04242.1', 'LG-09001']), []);
  // Words come in pieces by the alphabet: one that stands next to a word of every chapter has to load that one too.
  const heavy = await weights([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map(at));
  assert.ok(heavy.length <= 1, JSON.stringify(heavy));
  // A word of nearly every chapter has a list as long as the handbook: it is told, not held.
  const frequent = await weigh(at(0.99));
  t.diagnostic(`a word of many chapters: ${JSON.stringify(frequent)}`);
});
