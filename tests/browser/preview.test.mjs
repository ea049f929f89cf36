// The preview in a real browser: what an editor sees at a save.
//
//   node --test preview.test.mjs     needs the program built (tests/run.sh does it) and Chromium

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { copyOfHandbook, launch, preview, root } from './served.mjs';

const SVG = (colour) => `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><path fill="${colour}" d="M0 0h40v40H0z"/></svg>\n`;
// The home page shows the first words of the others: these stay.
const due = (words) => `# Due\n\nUna parte.\n\n${words}\n`;
const BROKEN = due('[x](manca.md)');
const lines = (count) => Array.from({ length: count }, (_, number) => `Riga ${number}.\n`).join('\n');

let work;
let browser;

before(async () => { browser = await launch(); });
after(() => browser.close());

let handbook;
let server;

const write = (file, text) => {
  mkdirSync(dirname(join(handbook, file)), { recursive: true });
  writeFileSync(join(handbook, file), text);
};

/** Opens a page, and counts how often it is loaded and what it writes to the console. */
async function open(path, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.loads = 0;
  page.errors = [];
  page.on('load', () => { page.loads += 1; });
  page.on('pageerror', (error) => page.errors.push(`${error}`));
  page.on('console', (message) => { if (/Content Security Policy/.test(message.text())) page.errors.push(message.text()); });
  const listening = page.waitForRequest(/_vademecum\/events/);
  await page.goto(`${server.origin}${path}`);
  await listening;
  await settled(page);
  return page;
}

/** Waits until the tab has been told how things stand and has compared what it shows. */
const settled = (page) => page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => {});
/** How often a page was loaded: its words are there before it is loaded to the end. */
const loadsOf = async (page) => {
  await page.waitForLoadState('load');
  return page.loads;
};
/** Resolves when the tab has been told of the next state and has compared what it shows; one that reloads does not. */
const compared = (page) => page.waitForResponse((answer) => answer.request().method() === 'HEAD');
const box = (page) => page.locator('.vademecum-problems--over');
/** A mark that only a reload takes away. */
const mark = (page) => page.evaluate(() => { window.mark = true; });
const marked = (page) => page.evaluate(() => window.mark === true);

describe('a small handbook', () => {
  beforeEach(async () => {
    work = mkdtempSync(join(tmpdir(), 'vademecum-preview-'));
    handbook = join(work, 'handbook');
    write('handbook.yaml', 'title: Prova\n');
    write('index.md', `# Casa\n\n![Un quadro](quadro.svg)\n\n${lines(200)}`);
    write('due.md', due('prima'));
    write('quadro.svg', SVG('red'));
    server = await preview(handbook);
  });

  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await server.stop();
    rmSync(work, { recursive: true, force: true });
  });

  test('a save reloads the page once and keeps its place, whether it has become longer or shorter', async () => {
    const page = await open('/');
    for (const [rows, word] of [[260, 'lunga'], [150, 'corta'], [200, 'media']]) {
      await page.evaluate(() => scrollTo({ top: 1234, behavior: 'instant' }));
      const loads = await loadsOf(page);
      write('index.md', `# Casa\n\n![Un quadro](quadro.svg)\n\n${lines(rows)}\nOra è ${word}.\n`);
      await page.getByText(`Ora è ${word}.`).waitFor({ state: 'attached' });
      await settled(page);
      await page.waitForFunction(() => Math.round(scrollY) === 1234);
      assert.equal(await loadsOf(page), loads + 1, word);
    }
    assert.deepEqual(page.errors, []);
  });

  test('an address with a fragment keeps the place of its reader, and not that of the fragment', async () => {
    write('index.md', `# Casa\n\n## Qui\n\n${lines(200)}`);
    const page = await open('/#qui');
    await page.evaluate(() => scrollTo({ top: 2000, behavior: 'instant' }));
    write('index.md', `# Casa\n\n## Qui\n\n${lines(200)}\nNuova.\n`);
    await page.getByText('Nuova.').waitFor({ state: 'attached' });
    await settled(page);
    await page.waitForFunction(() => Math.round(scrollY) === 2000);
    assert.equal(new URL(page.url()).hash, '#qui');
  });

  test('what was open and what had the focus is so again', async () => {
    const page = await open('/due/', { viewport: { width: 360, height: 640 } });
    await page.locator('#_menu > summary').click();
    await page.locator('#_search-link').focus();
    write('due.md', due('dopo'));
    await page.locator('main').getByText('dopo').waitFor();
    await page.waitForFunction(() => document.querySelector('#_menu').open && document.activeElement.id === '_search-link');
  });

  test('a save of another page reloads nothing, and two tabs each follow their own', async () => {
    const [home, two] = [await open('/'), await open('/due/')];
    await mark(home);
    const unmoved = compared(home);
    write('due.md', due('dopo'));
    await two.getByText('dopo').waitFor();
    await unmoved;
    assert.ok(await marked(home));
    assert.deepEqual([await loadsOf(home), await loadsOf(two)], [1, 2]);
    // A page that goes is told, and so is one that comes back.
    rmSync(join(handbook, 'due.md'));
    await two.getByText('Pagina non trovata').first().waitFor();
    write('due.md', due('tornata'));
    await two.getByText('tornata').waitFor();
  });

  test('a style sheet is swapped without a reload and without a moment without one', async () => {
    const page = await open('/');
    await mark(page);
    const theme = readFileSync(join(root, 'themes/italia/assets/style.css'), 'utf8');
    for (const colour of ['rgb(1, 2, 3)', 'rgb(4, 5, 6)']) {
      await page.evaluate(() => {
        window.least = 9;
        new MutationObserver(() => {
          const sheets = [...document.styleSheets].filter((sheet) => /style\.css/.test(sheet.href));
          window.least = Math.min(window.least, sheets.length);
        }).observe(document.head, { childList: true });
      });
      write('themes/italia/assets/style.css', `${theme}\nh1 { color: ${colour}; }\n`);
      await page.waitForFunction((colour) => getComputedStyle(document.querySelector('h1')).color === colour, colour);
      await page.waitForFunction(() => document.querySelectorAll('link[href*="style.css"]').length === 1);
      assert.ok(await page.evaluate(() => window.least) >= 1);
    }
    assert.ok(await marked(page));
    assert.deepEqual(page.errors, []);
  });

  test('an image is swapped in its place, and a script reloads the page', async () => {
    const page = await open('/');
    await mark(page);
    const pixel = () => page.evaluate(async () => {
      const image = document.querySelector('main img');
      await image.decode();
      const canvas = document.createElement('canvas').getContext('2d');
      canvas.drawImage(image, 0, 0);
      return [...canvas.getImageData(1, 1, 1, 1).data].slice(0, 3).join();
    });
    assert.equal(await pixel(), '255,0,0');
    write('quadro.svg', SVG('blue'));
    await page.waitForFunction(() => /\?/.test(document.querySelector('main img').src));
    assert.equal(await pixel(), '0,0,255');
    assert.ok(await marked(page));
    const script = readFileSync(join(root, 'themes/italia/assets/site.js'), 'utf8');
    write('themes/italia/assets/site.js', `${script}\ndocument.documentElement.dataset.changed = 'yes';\n`);
    await page.waitForFunction(() => document.documentElement.dataset.changed === 'yes');
    await settled(page);
    assert.equal(await loadsOf(page), 2);
    // The image that the browser has is the new one.
    assert.equal(await pixel(), '0,0,255');
  });

  test('problems lie over the page, can be closed, stay closed, come back when they change, and go when they are mended', async () => {
    const page = await open('/');
    await page.locator('#_search-link').focus();
    write('due.md', BROKEN);
    await box(page).getByText('manca.md').first().waitFor();
    assert.match(await box(page).innerText(), /broken-link/);
    assert.match(await box(page).innerText(), /due\.md:5:5/);
    assert.equal(await box(page).getByRole('alert').count(), 1);
    assert.equal(await page.evaluate(() => document.activeElement.id), '_search-link', 'the focus stays where it was');
    await page.keyboard.press('Escape');
    await box(page).waitFor({ state: 'detached' });
    // The same problems again, and after a reload by hand.
    write('due.md', BROKEN);
    await page.reload();
    await settled(page);
    assert.equal(await box(page).count(), 0);
    write('due.md', `${BROKEN}\n[y](anche.md)\n`);
    await box(page).getByText('anche.md').first().waitFor();
    await box(page).getByRole('button', { name: 'Chiudi' }).click();
    await box(page).waitFor({ state: 'detached' });
    write('due.md', BROKEN.replace('manca', 'altra'));
    await box(page).getByText('altra.md').first().waitFor();
    const [loads, unmoved] = [await loadsOf(page), compared(page)];
    write('due.md', due('prima'));
    await box(page).waitFor({ state: 'detached' });
    await unmoved;
    assert.equal(await loadsOf(page), loads, 'the page itself has not changed');
    assert.deepEqual(page.errors, []);
  });

  for (const colorScheme of ['light', 'dark']) {
    test(`problems are readable on a phone, ${colorScheme}, and are not printed`, async () => {
      write('due.md', BROKEN);
      const page = await open('/', { viewport: { width: 360, height: 640 }, colorScheme });
      await box(page).waitFor();
      await page.waitForFunction(() => getComputedStyle(document.querySelector('.vademecum-problems--over')).position === 'fixed');
      assert.equal(await page.evaluate(() => {
        const box = document.querySelector('.vademecum-problems--over');
        return box.scrollWidth <= box.clientWidth && document.documentElement.scrollWidth <= 360;
      }), true);
      await page.evaluate(readFileSync(join(root, 'tests/browser/node_modules/axe-core/axe.min.js'), 'utf8'));
      const faults = await page.evaluate(() => window.axe.run('.vademecum-problems--over').then(({ violations }) => violations.map(({ id }) => id)));
      assert.deepEqual(faults, []);
      await page.emulateMedia({ media: 'print' });
      assert.equal(await box(page).isVisible(), false);
    });
  }

  test('a page that cannot be rendered says why, and is there again when it can', async () => {
    write('themes/italia/templates/section.html', '{{ titel }}\n');
    write('parte/tre.md', '# Tre\n');
    const page = await open('/due/');
    await page.goto(`${server.origin}/parte/`).catch(() => {});
    await page.getByText('titel').first().waitFor();
    write('themes/italia/templates/section.html', '<h1>{{ title }}</h1>\n');
    await page.locator('h1', { hasText: 'Parte' }).waitFor();
  });

  test('a tab finds the server again after a restart, and reloads only when its page has changed meanwhile', async () => {
    const [home, two] = [await open('/'), await open('/due/')];
    await mark(home);
    await server.stop();
    write('due.md', due('nel frattempo'));
    const unmoved = compared(home);
    server = await preview(handbook, server.port);
    await two.getByText('nel frattempo').waitFor();
    await unmoved;
    assert.ok(await marked(home));
    assert.deepEqual([await loadsOf(home), await loadsOf(two)], [1, 2]);
    // And both go on.
    write('index.md', '# Casa\n\nancora\n');
    await home.getByText('ancora').waitFor();
  });

  test('a tab that nobody sees lets go of its connection, and is told when it is looked at', async () => {
    const page = await open('/due/');
    const see = (state) => page.evaluate((state) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
      Object.defineProperty(document, 'hidden', { value: state === 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
    const closed = page.waitForEvent('requestfailed', (request) => /_vademecum\/events/.test(request.url()));
    await see('hidden');
    await closed;
    write('due.md', due('intanto'));
    await fetchUntil('/due/', 'intanto');
    assert.equal(await loadsOf(page), 1);
    await see('visible');
    await page.getByText('intanto').waitFor();
    assert.equal(await loadsOf(page), 2);
  });
});

/** Waits until the server has a page with these words. */
async function fetchUntil(path, words) {
  while (!(await (await fetch(`${server.origin}${path}`)).text()).includes(words)) await new Promise((later) => setTimeout(later, 20));
}

test('a handbook that is broken from the beginning shows what is whole, and is mended in the browser', async () => {
  work = mkdtempSync(join(tmpdir(), 'vademecum-preview-'));
  handbook = join(work, 'handbook');
  write('index.md', '# Casa\n');
  write('due.md', BROKEN);
  server = await preview(handbook);
  const page = await open('/');
  await box(page).getByText('si vede ciò che è intero').waitFor();
  write('index.md', '# Casa\n\nintera\n');
  write('due.md', '# Due\n');
  await page.getByText('intera').waitFor();
  assert.equal(await box(page).count(), 0);
  await page.context().close();
  await server.stop();
  rmSync(work, { recursive: true, force: true });
});

test('from the save to the page on the screen', async (context) => {
  work = mkdtempSync(join(tmpdir(), 'vademecum-preview-'));
  handbook = join(work, 'handbook');
  copyOfHandbook(handbook);
  server = await preview(handbook);
  const file = 'linee-guida/04-consultare-i-partner.md';
  const text = readFileSync(join(handbook, file), 'utf8');
  const page = await open('/linee-guida/consultare-i-partner/');
  await page.context().addInitScript(() => {
    // The frame after the one in which the text is there has been painted.
    addEventListener('DOMContentLoaded', () => requestAnimationFrame(() => requestAnimationFrame(() => { window.painted = Date.now(); })));
  });
  const times = [];
  for (let edit = 0; edit < 20; edit += 1) {
    const words = `Modifica numero ${edit}.`;
    const start = Date.now();
    write(file, `${text}\n${words}\n`);
    await page.waitForFunction((words) => document.body?.innerText.includes(words) && window.painted, words);
    times.push(await page.evaluate(() => window.painted) - start);
    await settled(page);
  }
  times.sort((a, b) => a - b);
  context.diagnostic(`edit to painted: median ${times[10]} ms, from ${times[0]} to ${times.at(-1)} ms`);
  assert.equal(await loadsOf(page), 21, 'one load for each edit');
  await page.context().close();
  await server.stop();
  rmSync(work, { recursive: true, force: true });
});
