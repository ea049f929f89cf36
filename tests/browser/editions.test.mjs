// Editions in a real browser: an old bookmark, the way to another edition and back, without a script, on paper.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, program, root, serve } from './served.mjs';

const work = mkdtempSync(join(tmpdir(), 'vademecum-editions-'));
const site = join(work, 'site');
const OLD = '2025.1';
const NEW = '2026.1';
let server;
let browser;

/** What an edition published under which name. */
const register = (edition) => JSON.parse(readFileSync(join(root, 'content', 'editions', edition, 'seal.json'), 'utf8')).register;
const old = register(OLD);
const now = register(NEW);
const placeOf = ({ places }, name) => places.find(({ id, page, anchor }) => id === name || (anchor ? `${page}#${anchor}` : page) === name);
/** A provision that stands in a document of another address now, under the same id. */
const kept = old.places.find(({ kind, id, page }) => kind === 'provision' && placeOf(now, id) && placeOf(now, id).page !== page);
/** One that has another id. */
const renamed = old.places.find(({ kind, id }) => kind === 'provision' && !placeOf(now, id) && now.moved[id]);
/** One that is no more. */
const withdrawn = old.places.find(({ kind, id }) => kind === 'provision' && now.withdrawn[id]);
/** A document whose address is another now. */
const moved = old.places.find(({ kind, id, page }) => kind === 'document' && id && placeOf(now, id) && placeOf(now, id).page !== page);

before(async () => {
  execFileSync(program, ['build', join(root, 'content'), '--output', site, '--no-search', '--base-url', 'https://example.org/m/'], { stdio: 'ignore' });
  server = await serve(site);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.close();
  rmSync(work, { recursive: true, force: true });
});

async function open(path, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(server.url(path));
  return page;
}

/** The path of the page and the place on it, after the site's root. */
const at = (page) => { const { pathname, hash } = new URL(page.url()); return decodeURIComponent(pathname.slice(1) + hash); };

test('the two editions differ in every way that is walked here', () => {
  for (const place of [kept, renamed, withdrawn, moved]) assert.ok(place);
});

test('an old bookmark leads to the same provision, to the other edition and back', async () => {
  const page = await open(`${moved.page}/index.html`);
  // The page itself leads on; with a place, to that place.
  await page.waitForURL(server.url(`${placeOf(now, moved.id).page}/index.html`));
  const provision = old.places.find((place) => place.kind === 'provision' && place.page === moved.page && placeOf(now, place.id));
  await page.goto(`${server.url(`${moved.page}/index.html`)}#${provision.id}`);
  const target = placeOf(now, provision.id);
  await page.waitForURL(`${server.url(`${target.page}/index.html`)}#${target.anchor}`);
  // The menu opens the other edition at the place that is being read, and back.
  await page.locator('#_editions > summary').click();
  await page.locator('#_editions a', { hasText: `Edizione ${OLD}` }).click();
  await page.waitForLoadState();
  assert.equal(at(page), `edizioni/${OLD}/${provision.page}/#${provision.anchor}`);
  assert.ok(await page.locator('.banner--edition').isVisible());
  await page.locator('#_editions > summary').click();
  await page.locator('#_editions a', { hasText: `Edizione ${NEW}` }).click();
  await page.waitForLoadState();
  assert.equal(at(page), `edizioni/${NEW}/${target.page}/#${target.anchor}`);
  await page.context().close();
});

test('a provision that has another id is found by its old one, and one that is withdrawn says why', async () => {
  const page = await open(`${renamed.page}/index.html`);
  await page.goto(`${server.url(`${renamed.page}/index.html`)}#${renamed.id}`);
  const link = page.locator(`[id="${renamed.id}"] a`).first();
  await link.click();
  await page.waitForLoadState();
  const target = placeOf(now, now.moved[renamed.id]);
  assert.equal(at(page), `${target.page}/#${target.anchor}`);
  await page.goto(`${server.url(`edizioni/${OLD}/${withdrawn.page}/index.html`)}#${withdrawn.id}`);
  const remark = page.locator('.provision', { has: page.locator(`[id="${withdrawn.id}"]`) }).locator('.remark--gone');
  assert.ok((await remark.innerText()).includes(now.withdrawn[withdrawn.id].reason));
  await page.context().close();
});

test('without a script every old address of the root answers, leads on, and has its place', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(server.url(`${moved.page}/index.html`));
  await page.waitForURL(server.url(`${placeOf(now, moved.id).page}/index.html`));
  for (const place of old.places.filter(({ kind }) => kind !== 'act')) {
    const answer = await context.request.get(server.url(place.page ? `${place.page}/index.html` : 'index.html'));
    assert.equal(answer.status(), 200, place.page);
    if (place.anchor) assert.ok((await answer.text()).includes(`id="${place.anchor}"`), `${place.page}#${place.anchor}`);
  }
  // The menu of editions opens and leads without one, too.
  await page.goto(server.url(`edizioni/${OLD}/${kept.page}/index.html`));
  await page.locator('#_editions > summary').click();
  await page.locator('#_editions a', { hasText: `Edizione ${NEW}` }).click();
  assert.equal(at(page), `edizioni/${NEW}/${placeOf(now, placeOf(old, kept.page).id).page}/`);
  await context.close();
});

test('the changes are told in words, for those who neither see colours nor strokes', async () => {
  const page = await open('modifiche/index.html', { forcedColors: 'active' });
  const spoken = await page.locator('main').ariaSnapshot();
  assert.ok(/deletion/.test(spoken) && /insertion/.test(spoken), spoken.slice(0, 2000));
  const marks = await page.locator('main del, main ins').evaluateAll((all) => all.map((mark) => mark.textContent.slice(0, 10)));
  assert.ok(marks.length > 5 && marks.every((text) => /^\[(tolto|aggiunto)/.test(text)), marks.join());
  assert.ok(await page.locator('.redline__duty').count() > 0);
  await page.context().close();
});

test('a printed page says of which edition it is, that it is superseded, and where it stays', async () => {
  const page = await open(`edizioni/${OLD}/${kept.page}/index.html`);
  const file = join(work, 'page.pdf');
  await page.pdf({ path: file, preferCSSPageSize: true });
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  assert.ok(text.includes(`edizione ${OLD}`) && text.includes('SOSTITUITA'), text.slice(0, 600));
  assert.ok(text.replaceAll(/\s+/g, '').includes(`https://example.org/m/edizioni/${OLD}/${kept.page}/`), text.slice(0, 600));
  await page.context().close();
});
