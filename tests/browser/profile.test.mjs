// The site of a public body in a real browser: its colour reads in light and in dark, whatever it is, and its foot holds.
//
//   node --test profile.test.mjs        needs the program built and Chromium

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = process.env.VADEMECUM ?? join(root, 'target', 'debug', 'vademecum');
const work = mkdtempSync(join(tmpdir(), 'vademecum-profile-'));

// The theme's own, one as dark as can be, and one of each corner of the wheel at the edge of what white words allow.
const COLOURS = ['#0066cc', '#000000', '#7a1f5c', '#c20000', '#007a3d', '#8a6a00', '#767676'];
const PAGES = ['index.html', 'linee-guida/avvisare/index.html', 'che-cosa-riguarda-me/index.html', 'glossario/index.html', 'note/index.html'];

const emblem = (colour) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2" width="300" height="200"><rect width="3" height="2" fill="${colour}"/></svg>`;

const files = (colour) => ({
  'handbook.yaml': `title: Manuale di prova
profile: pa
publisher: Ente di prova
licence: {name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/deed.it"}
primary_color: "${colour}"
legal:
  - {role: accessibility, target: "https://form.agid.gov.it/view/prova"}
  - {role: privacy, target: note.md}
  - {role: legal-notes, target: note.md}
  - {role: feedback, target: "mailto:manuale@ente.example"}
funding:
  statement: Cofinanziato dall'Unione europea
  emblems:
    - {file: img/ue.svg, alternative: Emblema dell'Unione europea}
    - {file: img/altro.svg, alternative: Stemma dell'ente}
`,
  'index.md': '---\nupdated: 2026-03-01\n---\n# Inizio\n\nSi comincia dalle [linee guida](linee-guida/01-avvisare.md).\n',
  'note.md': '# Note\n',
  'glossary.yaml': 'terms:\n- {term: preavviso, definition: "Il tempo fra la convocazione e la riunione."}\n',
  'vocabularies.yaml': 'audience: {partner: Partner, ente: Ente}\n',
  'linee-guida/01-avvisare.md': '---\nid: LG-01\ntitle: Avvisare\nstatus: draft\naudience: [partner]\n---\n\nIl preavviso serve a tutti: vedi le [note](../note.md).\n\n## Che cosa fare\n\n### Avvisare presto {#LG-01.1 .deve}\n\nL\'ufficio avvisa presto, come dice [la nota](../note.md).\n\n> [!WARNING]\n> Un [collegamento](../note.md) in un avviso.\n',
  'img/ue.svg': emblem('#003399'),
  'img/altro.svg': emblem('#222'),
});

const build = (colour) => {
  const [source, site] = ['source', 'site'].map((name) => join(work, colour.slice(1), name));
  for (const [name, text] of Object.entries(files(colour))) {
    mkdirSync(dirname(join(source, name)), { recursive: true });
    writeFileSync(join(source, name), text);
  }
  const built = spawnSync(program, ['build', source, '--output', site, '--lang', 'en'], { encoding: 'utf8' });
  assert.equal(built.status, 0, `${colour}: ${built.stderr}`);
  return (page) => String(pathToFileURL(join(site, page)));
};

let browser;

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
});

after(async () => {
  await browser?.close();
  rmSync(work, { recursive: true, force: true });
});

for (const colour of COLOURS) {
  test(`the primary colour ${colour} breaks no rule of axe, contrast among them, in light or in dark`, async () => {
    const url = build(colour);
    for (const colorScheme of ['light', 'dark']) {
      const page = await browser.newPage({ colorScheme });
      for (const path of PAGES) {
        await page.goto(url(path));
        await page.evaluate(axe.source);
        const found = await page.evaluate(() => globalThis.axe.run());
        const broken = found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id} ${node.html}`));
        assert.deepEqual(broken, [], `${colorScheme} ${path}`);
        assert.ok(found.passes.some((rule) => rule.id === 'color-contrast'), 'contrast was measured');
      }
      await page.close();
    }
  });
}

test('the colour is the one of the settings, and in dark its links are of a lighter shade', async () => {
  const url = build('#7a1f5c');
  const seen = {};
  for (const colorScheme of ['light', 'dark']) {
    const page = await browser.newPage({ colorScheme });
    await page.goto(url('index.html'));
    seen[colorScheme] = await page.evaluate(() => [
      getComputedStyle(document.querySelector('.masthead')).backgroundColor,
      getComputedStyle(document.querySelector('main a[href*="avvisare"]')).color,
    ]);
    await page.close();
  }
  assert.deepEqual(seen.light, ['rgb(122, 31, 92)', 'rgb(122, 31, 92)']);
  assert.equal(seen.dark[0], 'rgb(122, 31, 92)');
  assert.notEqual(seen.dark[1], seen.light[1]);
});

test('the foot names its emblems, fits a narrow phone and forces nobody to scroll sideways', async () => {
  const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
  await page.goto(build('#0066cc')('index.html'));
  for (const name of ["Emblema dell'Unione europea", "Stemma dell'ente"]) {
    const image = page.getByRole('img', { name });
    await image.scrollIntoViewIfNeeded();
    const box = await image.boundingBox();
    assert.ok(box.height >= 38, 'the emblem of the Union is at least a centimetre high');
    assert.ok(box.x >= 0 && box.x + box.width <= 320);
  }
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  await page.close();
});
