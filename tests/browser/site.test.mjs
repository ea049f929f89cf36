// The published handbook in a real browser: every kind of page, as readers meet it.
//
//   node --test site.test.mjs        needs the program built (tests/run.sh does it) and Chromium

import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { KINDS } from './kinds.mjs';
import { browserPath, copyOfHandbook, launch, program, root } from './served.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'vademecum-browser-'));
const site = join(work, 'site');

before(() => {
  execFileSync(program, ['build', join(root, 'content'), '--output', site], { stdio: 'inherit' });
});

after(() => rmSync(work, { recursive: true, force: true }));

/** Whether pages pass the audit; a first visit to one may transfer so many kB. */
function passes(pages, most) {
  const audit = spawnSync(process.execPath, [
    join(here, 'audit.mjs'), site, '--only', pages.join(','), '--max-kb', most, '--max-requests', '5', '--chrome', browserPath,
  ], { encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.equal(audit.status, 0, audit.stdout + audit.stderr);
  assert.match(audit.stdout, /all checks passed/);
}

test('every kind of page passes the audit: accessibility in light, dark, phone and print, reflow, keyboard, no JavaScript, a strict policy, weight', () => {
  // What has changed is as long as there are changes.
  const { changes, ...others } = KINDS;
  passes(Object.values(others), '25');
  passes([changes], '50');
});

test('every page is valid HTML', () => {
  const pages = readdirSync(site, { recursive: true }).filter((file) => file.endsWith('.html')).map((file) => join(site, file));
  assert.ok(pages.length > 60);
  const jar = join(here, 'node_modules', 'vnu-jar', 'build', 'dist', 'vnu.jar');
  const checked = spawnSync('java', ['-Xss2m', '-jar', jar, '--format', 'json', '--stdout', ...pages], { encoding: 'utf8', maxBuffer: 1 << 26 });
  const { messages } = JSON.parse(checked.stdout);
  // `info` notes (a trailing slash on a void element) are matters of style.
  const errors = messages.filter((message) => message.type === 'error');
  assert.deepEqual(errors.map((e) => `${e.url}:${e.lastLine} ${e.message}`), []);
});

describe('what concerns me', () => {
  const types = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.svg': 'image/svg+xml' };
  let server;
  let address;
  let browser;

  before(async () => {
    server = createServer((request, response) => {
      const path = new URL(request.url, 'http://localhost').pathname.replace(/\/$/, '/index.html');
      const headers = { 'Content-Type': `${types[extname(path)]}; charset=utf-8`, 'Content-Security-Policy': "default-src 'self'" };
      try {
        response.writeHead(200, headers).end(readFileSync(join(site, path)));
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
    address = `http://127.0.0.1:${server.address().port}/che-cosa-riguarda-me/`;
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
    server?.close();
  });

  /** The ids of the provisions that a page lists. */
  const listed = (page) => page.locator('.checklist > li > a').evaluateAll((links) => links.map((link) => link.hash.slice(1)).sort());

  test('a link with two values shows what both pages of single values list, and the keyboard makes a new one', async () => {
    const page = await browser.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
    const single = {};
    for (const value of ['destinatari/cittadino', 'fasi/programmi', 'fasi/accordo-di-partenariato']) {
      await page.goto(`${address}${value}/`);
      single[value] = await listed(page);
      assert.ok(single[value].length > 0, value);
    }
    const both = (phase) => single['destinatari/cittadino'].filter((id) => single[phase].includes(id));
    const first = both('fasi/programmi');
    const second = both('fasi/accordo-di-partenariato');
    assert.ok(first.length > 0 && second.length > 0);
    assert.notDeepEqual(first, second);

    await page.goto(`${address}?destinatari=cittadino&fasi=programmi`);
    await page.getByRole('heading', { level: 2, name: 'Che cosa riguarda: Cittadino, Programmi' }).waitFor();
    assert.deepEqual(await listed(page), first);
    assert.match(await page.getByRole('status').first().innerText(), new RegExp(`^${first.length} disposizioni in \\d+ line[ae] guida$`));
    assert.match(await page.title(), /^Che cosa riguarda: Cittadino, Programmi · /);
    const [href] = await page.locator('.checklist > li > a').evaluateAll((links) => links.map((link) => link.href));
    assert.equal((await page.request.get(href)).status(), 200);

    const phase = page.getByLabel('Fasi');
    await phase.focus();
    await page.keyboard.type('Accordo');
    await page.getByRole('button', { name: 'Mostra le disposizioni' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name: 'Che cosa riguarda: Cittadino, Accordo di partenariato' }).waitFor();
    assert.deepEqual(await listed(page), second);
    assert.equal(page.url(), `${address}?destinatari=cittadino&fasi=accordo-di-partenariato`);
    await page.goBack();
    await page.getByRole('heading', { level: 2, name: 'Che cosa riguarda: Cittadino, Programmi' }).waitFor();
    assert.deepEqual(await listed(page), first);
    assert.equal(await phase.inputValue(), 'programmi');
    await page.goForward();
    await page.getByRole('heading', { level: 2, name: 'Che cosa riguarda: Cittadino, Accordo di partenariato' }).waitFor();
    assert.deepEqual(errors, []);
    await page.close();
  });

  test('nothing found names the criterion to drop, and one that does not exist is said and dropped', async () => {
    const page = await browser.newPage();
    await page.goto(`${address}?destinatari=valutatore&fasi=accordo-di-partenariato&fondi=inventato`);
    const status = page.locator('#_filter-status');
    await status.getByText('inventato').waitFor();
    assert.match(await status.innerText(), /Nessuna linea guida risponde a tutti i criteri/);
    await page.getByRole('link', { name: 'Togli Fasi: Accordo di partenariato' }).click();
    await page.getByRole('heading', { level: 2, name: 'Che cosa riguarda: Valutatore' }).waitFor();
    assert.equal(page.url(), `${address}?destinatari=valutatore`);
    await page.close();
  });

  test('without the data it says so, and without JavaScript the links lead to the pages of single values', async () => {
    const page = await browser.newPage();
    await page.goto(`${pathToFileURL(join(site, 'che-cosa-riguarda-me', 'index.html'))}?destinatari=partner`);
    await page.getByText("L'elenco non si può caricare").waitFor();
    await page.close();

    const plain = await browser.newContext({ javaScriptEnabled: false });
    const still = await plain.newPage();
    await still.goto(address);
    assert.equal(await still.locator('form').isVisible(), false);
    await still.getByRole('link', { name: 'FSE+' }).click();
    assert.equal(still.url(), `${address}fondi/fse-plus/`);
    assert.ok((await listed(still)).length > 0);
    await plain.close();
  });
});

describe('a preview', () => {
  const copy = join(work, 'content');
  let server;
  let address;
  let browser;

  before(async () => {
    copyOfHandbook(copy);
    server = spawn(program, ['serve', copy, '--port', '0', '--lang', 'en'], { stdio: ['ignore', 'ignore', 'pipe'] });
    address = await new Promise((found, failed) => {
      createInterface({ input: server.stderr }).on('line', (line) => {
        const url = /http:\/\/[^\s/]+/.exec(line);
        if (url) found(url[0]);
      });
      server.on('exit', () => failed(new Error('the server ended')));
    });
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
    server?.kill();
  });

  test('reloads the page when its chapter changes, lays problems over it, and takes them away when they are mended', async () => {
    const page = await browser.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
    await page.goto(`${address}/linee-guida/consultare-i-partner/`);
    const chapter = join(copy, 'linee-guida', '04-consultare-i-partner.md');
    const text = readFileSync(chapter, 'utf8');

    writeFileSync(chapter, `${text}\n\nParagrafo appena scritto.\n`);
    await page.getByText('Paragrafo appena scritto.').waitFor();

    writeFileSync(chapter, `${text}\n\n[rotto](manca.md)\n`);
    const problems = page.getByRole('alert');
    await problems.getByText('broken-link').waitFor();
    assert.match(await problems.innerText(), /manca\.md/);
    assert.equal(await page.getByText('Paragrafo appena scritto.').count(), 1, 'the last good page stays under the problems');
    await page.keyboard.press('Escape');
    await problems.waitFor({ state: 'detached' });

    writeFileSync(chapter, text);
    await page.getByText('Paragrafo appena scritto.').waitFor({ state: 'detached' });
    assert.deepEqual(errors, []);
    await page.close();
  });

  test('shows a page for an address that does not exist, at any depth, with its style', async () => {
    const page = await browser.newPage();
    const response = await page.goto(`${address}/non/esiste/affatto/`);
    assert.equal(response.status(), 404);
    await page.getByRole('heading', { level: 1, name: 'Pagina non trovata' }).waitFor();
    const failed = await page.evaluate(() => [...document.styleSheets].filter((sheet) => sheet.cssRules.length === 0).length);
    assert.equal(failed, 0);
    await page.close();
  });
});
