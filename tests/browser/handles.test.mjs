// What hosts and browsers make of the site: the policy in every page, and the page that is not there.
//
//   node --test handles.test.mjs        needs the program built (tests/run.sh does it) and Chromium

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '..', '..');
const program = process.env.VADEMECUM ?? join(root, 'target', 'debug', 'vademecum');
const work = mkdtempSync(join(tmpdir(), 'vademecum-handles-'));
const site = join(work, 'site');
const KINDS = [
  '', 'linee-guida/', 'linee-guida/consultare-i-partner/', 'linee-guida/buone-pratiche/', 'pratiche/calendario-consultazioni/',
  'strumenti/regolamento-comitato/', 'conoscenza/partner-attivi/', 'atti/', 'atti/reg-2014-240/', 'atti/reg-2014-240/art-5/',
  'atti/reg-2014-240/intero/', 'copertura/', 'ciclo-delle-prove/', 'glossario/', 'glossario/comitato-di-sorveglianza/',
  'linee-di-attivita/', 'dati/', 'che-cosa-riguarda-me/', 'che-cosa-riguarda-me/destinatari/partner/', 'indice-analitico/',
];
const TYPES = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.svg': 'image/svg+xml' };

let browser;
let server;
let address;
/** What was asked of the server since somebody cleared it. */
let asked = [];

before(async () => {
  execFileSync(program, ['build', join(root, 'content'), '--output', site, '--base-url', 'https://example.org/manuale/'], { stdio: 'inherit' });
  // A host that sets no headers: the policy is the page's own.
  server = createServer((request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    asked.push(path);
    const file = join(site, path.replace(/^\/manuale/, '').replace(/\/$/, '/index.html'));
    try {
      const body = readFileSync(file);
      response.writeHead(200, { 'Content-Type': `${TYPES[extname(file)] ?? 'text/plain'}; charset=utf-8` }).end(body);
    } catch {
      response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' }).end(readFileSync(join(site, '404.html')));
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  address = `http://127.0.0.1:${server.address().port}/manuale/`;
  browser = await chromium.launch({ executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
});

after(async () => {
  await browser?.close();
  server?.close();
  rmSync(work, { recursive: true, force: true });
});

/** A page that notes everything the browser complains of. */
async function watched(context = browser) {
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) errors.push(message.text()); });
  return { page, errors };
}

describe('the policy in the page', () => {
  for (const [where, url] of [['from a host without headers', (kind) => address + kind], ['from disk', (kind) => pathToFileURL(join(site, kind, 'index.html')).href]]) {
    test(`leaves every kind of page its style and its script, ${where}`, async () => {
      const { page, errors } = await watched();
      for (const kind of KINDS) {
        await page.goto(url(kind));
        // The script shows this button; the style sheet colours the masthead.
        await page.locator('#_theme:not([hidden])').waitFor();
        const colour = await page.locator('.masthead').evaluate((masthead) => getComputedStyle(masthead).backgroundColor);
        assert.notEqual(colour, 'rgba(0, 0, 0, 0)', kind);
        assert.deepEqual(errors, [], kind);
      }
      await page.close();
    });
  }

  test('stops what a page must not do', async () => {
    const { page, errors } = await watched();
    await page.goto(address);
    const ran = await page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.head.append(script);
      const foreign = await fetch('https://example.com/').then(() => 'answered', () => 'refused');
      return [window.ran ?? false, foreign];
    });
    assert.deepEqual(ran, [false, 'refused']);
    assert.equal(errors.filter((error) => error.includes('Content Security Policy')).length >= 2, true, errors.join('\n'));
    await page.close();
  });
});

describe('the page that is not there', () => {
  /** The nearest pages that it offers, as paths below the root. */
  async function nearest(path) {
    const { page } = await watched();
    await page.goto(address + path);
    const links = page.locator('#_nearest a');
    await links.first().waitFor({ timeout: 5000 }).catch(() => {});
    const found = await links.evaluateAll((all) => all.map((link) => link.pathname));
    await page.close();
    return found.map((path) => path.replace('/manuale/', ''));
  }

  for (const [path, first] of [
    ['linee-guida/consultare-i-partnr/', 'linee-guida/consultare-i-partner/'],
    ['linee-guida/04-consultare-i-partner.md', 'linee-guida/consultare-i-partner/'],
    ['Linee%20Guida/Consultare%20i%20partner', 'linee-guida/consultare-i-partner/'],
    ['linea-guida/consultare-partner/index.html', 'linee-guida/consultare-i-partner/'],
    ['atti/reg-2014-240/art-55/', 'atti/reg-2014-240/art-5/'],
    ['linee-guida/consultare-i-partner/allegato/', 'linee-guida/consultare-i-partner/'],
    ['linee-guida/%E0%A4%A/', 'linee-guida/'],
  ]) {
    test(`offers /${first} for /${path}`, async () => {
      assert.equal((await nearest(path))[0], first);
    });
  }

  test('asks for the folders above the address only, and says how many pages it found', async () => {
    const { page } = await watched();
    asked = [];
    await page.goto(`${address}linee-guida/consultare-i-partnr/`);
    await page.getByRole('heading', { level: 2, name: 'Pagine con un indirizzo simile' }).waitFor();
    assert.deepEqual(asked.filter((path) => path.endsWith('/')), ['/manuale/linee-guida/consultare-i-partnr/', '/manuale/', '/manuale/linee-guida/']);
    assert.match(await page.locator('#_nearest-status').textContent(), /^Pagine con un indirizzo simile: [1-5]$/);
    await page.locator('#_nearest a').first().click();
    await page.getByRole('heading', { level: 1, name: 'Consultare i partner nei tempi giusti' }).waitFor();
    await page.close();
  });

  test('offers nothing where nothing is near, and asks for nothing under its own address', async () => {
    assert.deepEqual(await nearest('xyzzy/qwerty/'), []);
    asked = [];
    assert.deepEqual(await nearest('404.html'), []);
    assert.deepEqual(asked.filter((path) => !path.includes('/assets/')), ['/manuale/404.html']);
  });

  test('leads to sections and indexes without JavaScript', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const { page, errors } = await watched(plain);
    await page.goto(`${address}non/esiste/`);
    assert.equal(await page.locator('#_nearest').isVisible(), false);
    await page.locator('main').getByRole('link', { name: 'Indice analitico' }).click();
    assert.equal(page.url(), `${address}indice-analitico/`);
    assert.deepEqual(errors.filter((error) => !error.includes('404')), []);
    await plain.close();
  });
});

test('a page in two languages leads to the other one, from every width', async () => {
  const folder = join(work, 'two');
  mkdirSync(join(folder, 'en'), { recursive: true });
  writeFileSync(join(folder, 'handbook.yaml'), 'title: Un manuale con un titolo di una certa lunghezza\nlanguages: [it, en]\n');
  writeFileSync(join(folder, 'index.md'), '# Casa\n');
  writeFileSync(join(folder, 'en', 'index.md'), '# Home\n');
  execFileSync(program, ['build', folder, '--output', join(work, 'two-site')], { stdio: 'inherit' });
  const { page, errors } = await watched();
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 700 });
    await page.goto(pathToFileURL(join(work, 'two-site', 'index.html')).href);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
    const link = page.getByRole('navigation', { name: 'Lingue' }).getByRole('link', { name: 'English' });
    const box = await link.boundingBox();
    assert.ok(box.height >= 24 && box.width >= 24, JSON.stringify(box));
    assert.match(await link.getAttribute('href'), /\/en\/(index\.html)?$|^en\/$/);
  }
  assert.deepEqual(errors, []);
  await page.close();
});
