// Reading on screen and on paper, in a real browser: the measure, addresses and citations, tables, images, notes, print.
//
//   node --test reading.test.mjs        needs the program built (tests/run.sh does it), Chromium and pdftotext

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { copyOfHandbook } from './served.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '..', '..');
const program = process.env.VADEMECUM ?? join(root, 'target', 'debug', 'vademecum');
const work = mkdtempSync(join(tmpdir(), 'vademecum-reading-'));
const site = join(work, 'site');
const types = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.png': 'image/png' };
const CHAPTER = 'linee-guida/consultare-i-partner/';
const LONG = 'linee-guida/prova/';
let server;
let address;
let browser;

/** A grey PNG; no image of the handbook is needed for what is tested. */
function png(width, height) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    let crc = ~0;
    for (const byte of body) { crc ^= byte; for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1; }
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length);
    frame.writeInt32BE(~crc, 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width); head.writeUInt32BE(height, 4); head[8] = 8;
  const rows = Buffer.alloc((width + 1) * height, 128);
  for (let row = 0; row < height; row++) rows[row * (width + 1)] = 0;
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

/** The handbook, with one more guideline that has what the others lack: a wide table, images, notes, deep headings. */
function handbook() {
  const content = join(work, 'content');
  copyOfHandbook(content);
  mkdirSync(join(content, 'img'));
  writeFileSync(join(content, 'img', 'uno.png'), png(1200, 800));
  writeFileSync(join(content, 'img', 'due.svg'), '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"><rect width="400" height="300" fill="gray"/></svg>');
  const row = (text) => `|${` ${text} |`.repeat(12)}\n`;
  writeFileSync(join(content, 'linee-guida', '18-prova.md'), `---
id: LG-18
title: Prova
---

Con una nota.[^a] E ancora.[^a]

![Uno](../img/uno.png)

## Prima

### Dentro

${row('colonna')}${row('---')}${row('parolalunghissima')}

![Due](../img/due.svg)

${'Testo.\n\n'.repeat(40)}

[Fuori](https://example.org/fuori)

[^a]: La nota.
`);
  return content;
}

const serve = (request, response) => {
  const path = new URL(request.url, 'http://localhost').pathname.replace(/\/$/, '/index.html');
  // A slow image: what moves when it comes would be seen.
  const wait = ['.png', '.svg'].includes(extname(path)) && path.includes('/img/') ? 300 : 0;
  setTimeout(() => {
    try {
      const bytes = readFileSync(join(site, path));
      response.writeHead(200, { 'Content-Type': `${types[extname(path)]}; charset=utf-8`, 'Content-Security-Policy': "default-src 'self'" }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  }, wait);
};

before(async () => {
  execFileSync(program, ['build', handbook(), '--output', site], { stdio: 'inherit' });
  server = createServer(serve);
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  address = `http://127.0.0.1:${server.address().port}/`;
  browser = await chromium.launch({ executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
});

after(async () => {
  await browser?.close();
  server?.close();
  rmSync(work, { recursive: true, force: true });
});

/** A page at a path; what it says is wrong fails the test. */
async function open(path, options = {}) {
  const page = await browser.newPage(options);
  page.on('pageerror', (error) => { throw error; });
  await page.goto(address + path);
  return page;
}

for (const width of [1280, 768]) {
  test(`the usual line has 65 to 75 characters at ${width} px, and none is much longer`, async () => {
    const page = await open(CHAPTER, { viewport: { width, height: 900 } });
    const lines = await page.locator('.prose > p, .provision > p').evaluateAll((paragraphs) => paragraphs.flatMap((paragraph) => {
      const text = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
      const lines = new Map();
      for (let node = text.nextNode(); node; node = text.nextNode()) {
        for (let at = 0; at < node.length; at++) {
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const { bottom, width } = range.getBoundingClientRect();
          if (width === 0) continue;
          const line = Math.round((bottom + scrollY) / 12);
          lines.set(line, (lines.get(line) ?? 0) + 1);
        }
      }
      return [...lines.values()].slice(0, -1);
    }));
    lines.sort((a, b) => a - b);
    const median = lines[Math.floor(lines.length / 2)];
    assert.ok(lines.length > 40 && median >= 65 && median <= 75 && lines.at(-1) < 80, `${median} characters: ${lines}`);
    await page.close();
  });
}

test('numbers stand in headings and contents, and a copied heading has its number', async () => {
  const page = await open(LONG, { viewport: { width: 1280, height: 900 } });
  await page.getByRole('heading', { name: '18.1 Prima' }).waitFor();
  await page.getByRole('heading', { name: '18.1.1 Dentro' }).waitFor();
  assert.deepEqual((await page.locator('.contents li').allInnerTexts()).slice(0, 2), ['18.1 Prima', '18.1.1 Dentro']);
  await page.goto(address + CHAPTER);
  assert.deepEqual((await page.locator('.contents li').allInnerTexts()).slice(0, 3), ['1 Un ciclo in quattro tempi', '2 Che cosa fare, in ordine', 'LG-04.1 Pubblicare il calendario']);
  await page.close();
});

test('the sign of a paragraph comes with the mouse, leads to it, and is no stop of the keyboard', async () => {
  const page = await open(CHAPTER, { viewport: { width: 1280, height: 900 } });
  const paragraph = page.locator('[id="LG-04.1-p1"]');
  const sign = paragraph.locator('.pilcrow');
  assert.equal(await sign.evaluate((sign) => getComputedStyle(sign).opacity), '0');
  await paragraph.hover({ position: { x: 40, y: 10 } });
  assert.equal(await sign.evaluate((sign) => getComputedStyle(sign).opacity), '1');
  await sign.click();
  assert.equal(new URL(page.url()).hash, '#LG-04.1-p1');
  assert.equal(await page.evaluate(() => document.querySelector(':target').id), 'LG-04.1-p1');
  const stops = await page.locator('.pilcrow').evaluateAll((signs) => signs.filter((sign) => sign.tabIndex >= 0).length);
  assert.equal(stops, 0);
  await page.close();
});

test('by the keyboard, "Cita" opens the forms, copies each, and leads to the paragraphs', async () => {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  await page.goto(address + CHAPTER);
  const box = page.locator('.provision .cite-forms').first();
  await box.locator('summary').focus();
  await page.keyboard.press('Enter');
  const read = () => page.evaluate(() => navigator.clipboard.readText());
  const copied = [];
  for (const form of ['Forma breve', 'Forma estesa', 'Indirizzo']) {
    await page.keyboard.press('Tab');
    if (form === 'Indirizzo') await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), `Copia: ${form}`);
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('Copiato').waitFor();
    copied.push(await read());
  }
  assert.deepEqual(copied, ['LG-04.1', '«Pubblicare il calendario», LG-04.1, Vademecum del partenariato, 25 novembre 2026', `${address}${CHAPTER}#LG-04.1`]);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(new URL(page.url()).hash, '#LG-04.1-p1');
  await context.close();
});

test('without JavaScript the forms, the paragraphs and the whole handbook are there', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(address + CHAPTER);
  await page.locator('#_cite > summary').click();
  await page.getByText('«Consultare i partner nei tempi giusti», LG-04, Vademecum del partenariato, 25 novembre 2026').waitFor();
  await page.locator('#_cite').getByRole('link', { name: '2', exact: true }).first().click();
  assert.equal(new URL(page.url()).hash, '#un-ciclo-in-quattro-tempi-p2');
  await page.getByRole('contentinfo').getByRole('link', { name: 'Tutto il manuale in una pagina, da stampare' }).click();
  await page.getByRole('heading', { level: 2, name: 'Consultare i partner nei tempi giusti' }).waitFor();
  await context.close();
});

test('a wide table scrolls inside itself by the keyboard, and the page does not', async () => {
  for (const width of [320, 768, 1280]) {
    const page = await open(LONG, { viewport: { width, height: 700 } });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
    const table = page.getByRole('region', { name: /^Tabella 1/ });
    await table.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => document.querySelector('.table').scrollLeft > 0);
    await page.close();
  }
});

test('images have their size and load late, and nothing moves when they come', async () => {
  const page = await open('index.html');
  await page.addInitScript(() => {
    globalThis.shift = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) globalThis.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(address + LONG);
  await page.waitForFunction(() => document.images[0].complete && document.images[0].naturalWidth > 0);
  assert.deepEqual(await page.locator('main img').evaluateAll((images) => images.map((image) => [image.width / image.height, image.loading, image.getAttribute('width'), image.getAttribute('height')])), [
    [1.5, 'lazy', '1200', '800'], [4 / 3, 'lazy', '400', '300'],
  ]);
  await page.locator('main img').nth(1).scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.images[1].complete);
  assert.equal(await page.evaluate(() => globalThis.shift), 0);
  await page.close();
});

test('a note is reached from each of its marks, and each is reached from the note', async () => {
  const page = await open(LONG);
  for (const [mark, number] of [['_rif-1', 0], ['_rif-1-2', 1]]) {
    await page.locator(`#${mark}`).click();
    assert.equal(new URL(page.url()).hash, '#_nota-1');
    await page.getByRole('link', { name: 'Torna al testo, nota 1' }).nth(number).click();
    assert.equal(new URL(page.url()).hash, `#${mark}`);
  }
  await page.close();
});

test('the side bar stays where the reader left it from page to page', async () => {
  const page = await open(CHAPTER, { viewport: { width: 1280, height: 400 } });
  await page.evaluate(() => { document.getElementById('_menu').scrollTop = 250; });
  const before = await page.evaluate(() => document.getElementById('_menu').scrollTop);
  await page.locator('.nav a', { hasText: 'Preparare insieme i programmi' }).click();
  await page.getByRole('heading', { level: 1, name: 'Preparare insieme i programmi' }).waitFor();
  assert.equal(await page.evaluate(() => document.getElementById('_menu').scrollTop), before);
  await page.close();
});

/** The text of a page as Chromium prints it. */
async function printed(path, without) {
  const page = await open(path);
  if (without) await page.locator(without).evaluate((element) => element.remove());
  const file = join(work, 'page.pdf');
  await page.pdf({ path: file, preferCSSPageSize: true, format: 'A4' });
  await page.close();
  return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8', maxBuffer: 1 << 26 });
}

test('a printed chapter says on every sheet which text it is and where it stands, spells links out, and has no furniture', async () => {
  const sheets = (await printed(CHAPTER)).split('\f').filter((sheet) => sheet.trim());
  assert.ok(sheets.length >= 2);
  for (const [index, sheet] of sheets.entries()) {
    for (const part of ['Vademecum del partenariato · LG-04', '25 novembre 2026', address + CHAPTER]) assert.ok(sheet.includes(part), `${part} on sheet ${index + 1}: ${sheet}`);
    assert.match(sheet, new RegExp(`\\b${index + 1}\\s*/\\s*${sheets.length}\\b`));
  }
  const text = sheets.join('\n');
  for (const word of ['Cita', 'Copia', 'In questa pagina', 'Riferimenti', 'Successivo', 'Vai al contenuto', '¶', 'Tutto in una pagina']) assert.ok(!new RegExp(`(^|\\s)${word}(\\s|$)`).test(text), word);
  assert.match(text, /LG-04\.1/);
  assert.match(await printed(LONG), /Fuori \(https:\/\/example\.org\/fuori\)/);
});

test('a heading is not left alone at the foot of a sheet', async () => {
  // The contents are headings to the foot of the sheet.
  const sheets = (await printed('stampa/', '.whole__contents')).split('\f').filter((sheet) => sheet.trim());
  const titles = JSON.parse(await (async () => {
    const page = await open('stampa/');
    const found = await page.locator('.whole__chapter :is(h2, h3, h4)').evaluateAll((all) => JSON.stringify(all.map((heading) => heading.textContent.replace(/\s*#$/, '').trim())));
    await page.close();
    return found;
  })());
  const alone = sheets.filter((sheet) => {
    const lines = sheet.split('\n').map((line) => line.trim()).filter(Boolean);
    return titles.includes(lines.at(-2)?.replace(/\s+/g, ' '));
  });
  assert.deepEqual(alone.map((sheet) => sheet.slice(-200)), []);
  assert.ok(sheets.length > 40);
});

test('on the page with the whole handbook every id is there once and every link within has its place', async () => {
  const page = await open('stampa/');
  const { twice, lost, links } = await page.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    const links = [...document.querySelectorAll('a[href^="#"]')].map((link) => decodeURIComponent(link.hash.slice(1)));
    return { twice: ids.filter((id, at) => ids.indexOf(id) !== at), lost: links.filter((id) => !document.getElementById(id)), links: links.length };
  });
  assert.deepEqual({ twice, lost }, { twice: [], lost: [] });
  assert.ok(links > 500);
  const outside = await page.locator('.whole a[href]').evaluateAll((all) => [...new Set(all.map((link) => link.href.split('#')[0]))].filter((href) => href !== location.href));
  assert.deepEqual(outside.filter((href) => /\/(linee-guida|pratiche|strumenti|glossario)\/([^.]*)$/.test(new URL(href).pathname)), [], 'what is on this page is linked on this page');
  for (const href of outside.filter((href) => href.startsWith(address))) assert.equal((await page.request.get(href)).status(), 200, href);
  await page.close();
});

// The pages of each kind are audited in site.test.mjs; the whole handbook is as heavy as the handbook, and has its own limit.
test('the page with the whole handbook, and a guideline with everything, pass the audit', () => {
  const audit = spawnSync(process.execPath, [
    join(here, 'audit.mjs'), site, '--only', `stampa/index.html,${LONG}index.html`, '--max-kb', '200', '--max-requests', '6', '--chrome', process.env.CHROME_PATH ?? '/usr/bin/chromium',
  ], { encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.equal(audit.status, 0, audit.stdout + audit.stderr);
  assert.match(audit.stdout, /all checks passed/);
});
