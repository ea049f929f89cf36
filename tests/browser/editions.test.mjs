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
/** A provision that is where it was. */
const kept = old.places.find(({ kind, id, page }) => kind === 'provision' && placeOf(now, id)?.page === page);
/** One that stands in another document under another id. */
const renamed = old.places.find(({ kind, id, page }) => kind === 'provision' && now.moved[id] && placeOf(now, now.moved[id]).page !== page);
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

test('the two editions differ in every way that is walked here', () => {
  for (const place of [kept, renamed, withdrawn, moved]) assert.ok(place);
});

test('an old bookmark leads to the same provision, to the other edition and back', async () => {
  const page = await open(`${moved.page}/index.html`);
  // A page that has another address now leads on by itself.
  await page.waitForURL(server.url(`${placeOf(now, moved.id).page}/index.html`));
  const target = placeOf(now, now.moved[renamed.id]);
  await page.goto(`${server.url(`${renamed.page}/index.html`)}#${renamed.id}`);
  await page.locator(`[id="${renamed.id}"] a`).first().click();
  await page.waitForURL(`${server.url(`${target.page}/index.html`)}#${target.anchor}`);
  // The menu opens the other edition at the place that is being read, whatever it is called there, and back.
  await page.locator('#_editions > summary').click();
  await page.locator('#_editions a', { hasText: new RegExp(`^Edizione ${OLD}`) }).click();
  await page.waitForURL(`${server.url(`edizioni/${OLD}/${renamed.page}/index.html`)}#${renamed.anchor}`);
  assert.ok(await page.locator('.banner--edition').isVisible());
  await page.locator('#_editions > summary').click();
  await page.locator('#_editions a', { hasText: new RegExp(`^Edizione ${NEW}`) }).click();
  await page.waitForURL(`${server.url(`edizioni/${NEW}/${target.page}/index.html`)}#${target.anchor}`);
  await page.context().close();
});

test('a provision of an old edition says where it is now, and one that is withdrawn says why', async () => {
  const page = await open(`edizioni/${OLD}/${renamed.page}/index.html`);
  const remarkOf = ({ id }, kind) => page.locator('.provision', { has: page.locator(`[id="${id}"]`) }).locator(`.remark--${kind}`);
  await remarkOf(renamed, 'current').getByRole('link').click();
  const target = placeOf(now, now.moved[renamed.id]);
  await page.waitForURL(`${server.url(`${target.page}/index.html`)}#${target.anchor}`);
  await page.goto(`${server.url(`edizioni/${OLD}/${withdrawn.page}/index.html`)}#${withdrawn.id}`);
  assert.ok((await remarkOf(withdrawn, 'gone').innerText()).includes(now.withdrawn[withdrawn.id].reason));
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
  await page.locator('#_editions a', { hasText: new RegExp(`^Edizione ${NEW}`) }).click();
  await page.waitForURL(server.url(`edizioni/${NEW}/${kept.page}/index.html`));
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
