// The search, as readers use it: what they type and what comes first, the dialogue, the address to share, and what is
// said where it cannot work.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { launch, program, root, serve } from './served.mjs';

const work = mkdtempSync(join(tmpdir(), 'vademecum-search-'));
const site = join(work, 'site');
let server;
let browser;

before(async () => {
  execFileSync(program, ['build', join(root, 'content'), '--output', site], { stdio: 'ignore' });
  server = await serve(site);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.close();
  rmSync(work, { recursive: true, force: true });
});

/** A new page that fails the test on any error of the browser. */
async function open(path, options = {}) {
  const page = await browser.newPage(options);
  page.on('pageerror', (error) => assert.fail(error.message));
  page.on('console', (message) => { if (message.type() === 'error') assert.fail(message.text()); });
  await page.goto(server.url(path));
  return page;
}

/** Waits until the results for what was asked are there. */
async function answered(page) {
  await page.waitForFunction(() => {
    const said = document.getElementById('_search-status')?.textContent;
    return said && said !== document.getElementById('_search').dataset.loading;
  });
  return page.locator('#_search-status').innerText();
}

/** The results for a query: title, address and places of each. */
async function results(page, query, filters = {}) {
  await page.goto(server.url(`cerca/index.html?${new URLSearchParams({ q: query, ...filters })}`));
  await answered(page);
  return page.locator('.result').evaluateAll((items) => items.map((item) => ({
    kind: item.querySelector('.result__kind').textContent,
    title: item.querySelector('h2').textContent,
    address: item.querySelector('.result__address').textContent,
    places: [...item.querySelectorAll(':scope > ul a')].map((link) => link.hash.slice(1)),
    levels: [...item.querySelectorAll('.level')].map((level) => level.textContent),
    words: item.textContent,
  })));
}

// What is typed, and the address of what must come first; with `#`, the first place on that page.
const FIRST = [
  ['art. 5', 'atti/reg-2014-240/art-5/'],
  ['articolo 5', 'atti/reg-2014-240/art-5/'],
  ['Art.5', 'atti/reg-2014-240/art-5/'],
  ["dell'articolo 5", 'atti/reg-2014-240/art-5/'],
  ['dell’articolo 5', 'atti/reg-2014-240/art-5/'],
  ['art. 8', 'atti/reg-2014-240/art-8/'],
  ['art. 8 reg. 2021/1060', 'atti/reg-2021-1060/art-8/'],
  ['art. 5, par. 2, lett. c)', 'atti/reg-2014-240/art-5/#par-2-lett-c'],
  ['LG-04.1', 'linee-guida/consultare-i-partner/#LG-04.1'],
  ['lg-04.1', 'linee-guida/consultare-i-partner/#LG-04.1'],
  ['LG-10.2', 'linee-guida/regolamento-comitato/#LG-10.2'],
  ['LG-04', 'linee-guida/consultare-i-partner/'],
  ['ST-01', 'strumenti/calendario/'],
  ['AdG', 'glossario/autorita-di-gestione/'],
  ['adg', 'glossario/autorita-di-gestione/'],
  ['preavviso', 'glossario/preavviso/'],
  ['Consultare i partner nei tempi giusti', 'linee-guida/consultare-i-partner/'],
  ['consultare i partner nei tempi giusti', 'linee-guida/consultare-i-partner/'],
  ['copertura', 'copertura/'],
  ['indice analitico', 'indice-analitico/'],
];

test('what a reader names exactly comes first: articles, ids, acronyms, titles', async () => {
  const page = await open('cerca/index.html');
  const wrong = [];
  for (const [query, expected] of FIRST) {
    const [first] = await results(page, query);
    const [address, place] = expected.split('#');
    if (first?.address !== address || (place && first.places[0] !== place)) wrong.push({ query, expected, first });
  }
  assert.deepEqual(wrong, []);
  await page.close();
});

test('accents, apostrophes, number and entities do not hide a word', async () => {
  const page = await open('cerca/index.html');
  const addresses = async (query) => (await all(page, query)).sort();
  assert.deepEqual(await addresses('responsabilita'), await addresses('responsabilità'));
  assert.ok((await addresses('responsabilita')).includes('note-legali/'));
  for (const [singular, plural] of [['consultazione', 'consultazioni'], ['organizzazione', 'organizzazioni'], ['partner', 'Partner']]) {
    assert.deepEqual(await addresses(plural), await addresses(singular), `${singular} and ${plural}`);
  }
  await page.close();
});

test('the small words of a phrase hide nothing, and load nothing', async () => {
  const page = await open('cerca/index.html');
  const addresses = async (query) => (await all(page, query)).sort();
  const asked = await addresses('i tempi della consultazione dei partner');
  assert.ok(asked.includes('linee-guida/consultare-i-partner/'));
  assert.deepEqual(asked, await addresses('tempi consultazione partner'));
  // Alone, and in quotation marks, they are words like others.
  assert.ok((await addresses('della')).length > 0);
  assert.ok((await addresses('"comitato di sorveglianza"')).length > 0);
  await page.close();
});

/** The addresses of all results, over all their pages. */
async function all(page, query) {
  await results(page, query);
  for (let more; (more = page.locator('#_search-results > button')) && await more.count() > 0;) {
    const before = await page.locator('.result').count();
    await more.click();
    await page.waitForFunction((count) => document.querySelectorAll('.result').length > count, before);
  }
  return page.locator('.result__address').allInnerTexts();
}

test('a page that holds a word is found by the word, however much of it was typed before', async () => {
  // The words of the published pages themselves, from the files of the built site.
  const pages = new Map();
  for (const file of readdirSync(join(site, 'linee-guida'), { recursive: true }).filter((file) => file.endsWith('index.html') && file !== 'index.html')) {
    const html = readFileSync(join(site, 'linee-guida', file), 'utf8');
    const prose = html.slice(html.indexOf('<div class="prose">'), html.indexOf('</main>'));
    const text = prose.replace(/<section class="backlinks">.*/s, '').replace(/<[^>]*>/g, ' ').toLowerCase();
    pages.set(`linee-guida/${file.replace('index.html', '')}`, text);
  }
  const page = await open('cerca/index.html');
  for (const word of ['articolo', 'calendario', 'restituzione', 'consultazione', 'verbale', 'bozza']) {
    const holding = [...pages].filter(([, text]) => new RegExp(`(^|[^\\p{L}])${word}([^\\p{L}]|$)`, 'u').test(text)).map(([address]) => address);
    assert.ok(holding.length > 0, word);
    for (const typed of [word, word.slice(0, -1), word.slice(0, -2)]) {
      const found = await all(page, typed);
      assert.deepEqual(holding.filter((address) => !found.includes(address)), [], `${typed} misses pages that hold ${word}`);
    }
  }
  await page.close();
});

test('results name the provision with its level, and filters narrow them', async () => {
  const page = await open('cerca/index.html');
  const found = await results(page, 'calendario', { kind: 'guideline', level: 'deve' });
  assert.ok(found.length > 0);
  for (const result of found) {
    assert.match(result.kind, /^Linea guida/);
    assert.deepEqual(result.levels.filter((level) => !level.startsWith('Deve')), []);
  }
  assert.ok(found.some((result) => result.places.includes('LG-04.1')));
  assert.ok((await results(page, 'calendario')).length >= found.length);
  await page.close();
});

test('the address can be shared, and typing keeps it', async () => {
  const page = await open('cerca/index.html?q=preavviso&kind=guideline');
  await answered(page);
  assert.equal(await page.getByLabel('Che cosa cerchi?').inputValue(), 'preavviso');
  assert.equal(await page.getByLabel('Tipo').inputValue(), 'guideline');
  await page.getByLabel('Che cosa cerchi?').fill('calendario');
  await page.waitForURL(/q=calendario&kind=guideline/);
  await page.close();
});

test('nothing found suggests the words that do find something, and the lists', async () => {
  const page = await open('cerca/index.html?q=xyzzyq');
  assert.equal(await answered(page), 'Nessun risultato per «xyzzyq»');
  assert.ok(await page.getByRole('link', { name: 'Indice analitico' }).last().isVisible());

  // The beginning of a word that somebody wrote is offered, and not taken for the word.
  await page.goto(server.url('cerca/index.html?q=preavvisamentissimo'));
  assert.match(await answered(page), /^Nessun risultato/);
  await page.locator('#_search-results button').first().click();
  await page.getByRole('link', { name: 'preavviso', exact: true }).waitFor();

  await page.goto(server.url('cerca/index.html?q=AdG&kind=indicator'));
  assert.match(await answered(page), /Nessun risultato/);
  await page.getByRole('button', { name: 'Cerca senza restrizioni' }).click();
  await page.getByRole('link', { name: 'autorità di gestione (AdG)' }).waitFor();
  await page.close();
});

test('the dialogue opens by key and by link, takes the keyboard through its results, and gives the focus back', async () => {
  const page = await open('linee-guida/consultare-i-partner/index.html');
  const link = page.getByRole('link', { name: 'Cerca', exact: true }).first();
  await link.focus();
  await page.keyboard.press('/');
  const dialog = page.getByRole('dialog', { name: 'Cerca' });
  await dialog.waitFor();
  await page.keyboard.type('LG-10.2');
  await dialog.getByRole('link', { name: /^LG-10\.2 / }).waitFor();
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.evaluate(() => document.activeElement.closest('.result') !== null), true);
  await page.keyboard.press('ArrowUp');
  assert.equal(await page.evaluate(() => document.activeElement.name), 'q');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await link.evaluate((element) => element === document.activeElement), true);
  await page.keyboard.press('Control+k');
  await dialog.waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/regolamento-comitato/);
  // A slash in a text field is a slash.
  await page.goto(server.url('cerca/index.html'));
  await page.getByLabel('Che cosa cerchi?').press('/');
  assert.equal(await page.getByLabel('Che cosa cerchi?').inputValue(), '/');
  await page.close();
});

for (const colorScheme of ['light', 'dark']) {
  test(`page and dialogue with results are accessible (${colorScheme}, wide and 320 px)`, async () => {
    for (const viewport of [{ width: 1280, height: 800 }, { width: 320, height: 700 }]) {
      const page = await open('cerca/index.html?q=calendario', { colorScheme, viewport });
      await answered(page);
      await clean(page);
      await page.goto(server.url('linee-guida/consultare-i-partner/index.html'));
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.type('preavviso');
      await page.locator('dialog .result').first().waitFor();
      await clean(page);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
      await page.close();
    }
  });
}

async function clean(page) {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
  assert.deepEqual(found.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target).join(', ')}`), []);
}

test('nothing of the search is loaded before a reader asks', async () => {
  const page = await browser.newPage();
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(server.url('linee-guida/consultare-i-partner/index.html'));
  await page.waitForLoadState('networkidle');
  assert.deepEqual(asked.filter((path) => /pagefind|search/.test(path)), []);
  await page.close();
});

test('without JavaScript, and from disk, the page says so and leads to the analytic index', async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const still = await plain.newPage();
  await still.goto(server.url('linee-guida/consultare-i-partner/index.html'));
  await still.getByRole('link', { name: 'Cerca', exact: true }).first().click();
  const said = still.locator('noscript p');
  assert.match(await said.textContent(), /^La ricerca ha bisogno di JavaScript/);
  assert.ok((await said.boundingBox()).height > 0);
  await still.locator('main').getByRole('link', { name: 'Indice analitico' }).click();
  assert.match(still.url(), /indice-analitico/);
  await plain.close();

  const page = await browser.newPage();
  await page.goto(pathToFileURL(join(site, 'linee-guida', 'consultare-i-partner', 'index.html')).href);
  await page.getByRole('link', { name: 'Cerca', exact: true }).first().click();
  await page.getByText('Questa pagina è aperta da un file').waitFor();
  assert.ok(await page.locator('main').getByRole('link', { name: 'Indice analitico' }).isVisible());
  assert.equal(await page.locator('#_search-form').isVisible(), false);
  await page.close();
});

test('entities, languages and states: what is found, where, and in which order', async () => {
  const handbook = join(work, 'languages');
  const write = (path, text) => {
    mkdirSync(join(handbook, path, '..'), { recursive: true });
    writeFileSync(join(handbook, path), text);
  };
  write('handbook.yaml', 'title: Prova\nlanguages: [it, en]\n');
  write('index.md', '# Inizio\n\nBenvenuti.\n');
  write('a.md', '# Enti\n\nLa societ&agrave; civile d&igrave; &laquo;no&raquo;.\n');
  write('linee-guida/01-vecchia.md', '---\nid: LG-01\nstatus: withdrawn\n---\n\n## Ascoltare {#LG-01.1 .deve}\n\nAscolto ascolto ascolto.\n');
  write('linee-guida/02-nuova.md', '---\nid: LG-02\nstatus: draft\n---\n\n## Sentire {#LG-02.1 .puo}\n\nAscolto.\n');
  write('en/index.md', '# Start\n\nWelcome to the partners.\n');
  write('en/b.md', '# Bodies\n\nCivil society listens, società too.\n');
  const built = join(work, 'languages-site');
  execFileSync(program, ['build', handbook, '--output', built], { stdio: 'ignore' });
  const host = await serve(built);
  const page = await browser.newPage();
  const find = async (query) => {
    await page.goto(host.url(`cerca/index.html?q=${encodeURIComponent(query)}`));
    await answered(page);
    return page.locator('.result').evaluateAll((items) => items.map((item) => [item.querySelector('.result__address').textContent, item.querySelector('.result__kind').textContent]));
  };
  assert.deepEqual(await find('societa'), [['a/', 'Pagina']]);
  assert.deepEqual(await find('ascolto'), [['linee-guida/nuova/', 'Linea guida · Bozza'], ['linee-guida/vecchia/', 'Linea guida · Ritirato']]);

  await page.goto(host.url('en/b/index.html'));
  await page.keyboard.press('/');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('societies');
  await page.locator('.result').first().waitFor();
  assert.deepEqual(await page.locator('.result__address').allInnerTexts(), ['en/b/']);
  await page.close();
  host.close();
});

test('a preview finds what was just written', async () => {
  const handbook = join(work, 'preview');
  mkdirSync(handbook);
  writeFileSync(join(handbook, 'index.md'), '# Inizio\n\nPrima.\n');
  const preview = spawn(program, ['serve', handbook, '--port', '0', '--lang', 'en'], { stdio: ['ignore', 'ignore', 'pipe'] });
  try {
    const address = await new Promise((found, failed) => {
      createInterface({ input: preview.stderr }).on('line', (line) => {
        const url = /http:\/\/[^\s/]+/.exec(line);
        if (url) found(url[0]);
      });
      preview.on('exit', () => failed(new Error('the server ended')));
    });
    const page = await browser.newPage();
    const find = async (query) => {
      await page.goto(`${address}/cerca/?q=${query}`);
      return answered(page);
    };
    assert.equal(await find('prima'), '1 risultato');
    assert.match(await find('ornitorinco'), /^Nessun risultato/);
    writeFileSync(join(handbook, 'index.md'), '# Inizio\n\nPrima un ornitorinco.\n');
    await page.goto(`${address}/`);
    await page.getByText('ornitorinco').waitFor();
    // The index follows in the background; until it is there the one before answers.
    let found = await find('ornitorinco');
    for (const since = Date.now(); found !== '1 risultato' && Date.now() - since < 120_000;) {
      found = await find('ornitorinco');
    }
    assert.equal(found, '1 risultato');
    await page.close();
  } finally {
    preview.kill();
  }
});
