#!/usr/bin/env node
// Pictures of every kind of page, for people to look at: wide, on a phone, dark, and as it prints.
//
//   node screenshots.mjs SITE OUT        SITE: a built site; then open OUT/index.html

import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { KINDS } from './kinds.mjs';
import { launch, serve } from './served.mjs';

const [site, out] = process.argv.slice(2).map((folder) => resolve(folder));
if (!out) {
  console.error('screenshots.mjs: needs the folder of a built site and a folder for the pictures');
  process.exit(2);
}

const WAYS = {
  wide: { viewport: { width: 1280, height: 900 } },
  phone: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  // A4 less its margins, at 96 px an inch.
  print: { viewport: { width: 680, height: 960 }, media: 'print' },
};
// Longer pages are cut: a picture is for the look, not for the text.
const TALLEST = 2400;

mkdirSync(out, { recursive: true });
const host = await serve(site);
const browser = await launch();
for (const [way, { media, ...options }] of Object.entries(WAYS)) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  if (media) await page.emulateMedia({ media });
  for (const [kind, file] of Object.entries(KINDS)) {
    await page.goto(host.url(file), { waitUntil: 'load' });
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    const clip = { x: 0, y: 0, width: options.viewport.width, height: Math.min(height, TALLEST) };
    await page.screenshot({ path: join(out, name(kind, way)), fullPage: true, clip });
  }
  await context.close();
}
await browser.close();
host.close();
writeFileSync(join(out, 'index.html'), sheet());
console.log(`${Object.keys(KINDS).length * Object.keys(WAYS).length} pictures: ${join(out, 'index.html')}`);

function name(kind, way) {
  return `${kind.replaceAll(' ', '-')}-${way}.png`;
}

/** All pictures on one page, a row for each kind. */
function sheet() {
  const ways = Object.keys(WAYS);
  const picture = (kind, way) => `<td><a href="${name(kind, way)}"><img src="${name(kind, way)}" alt="${kind}, ${way}" loading="lazy"></a></td>`;
  const rows = Object.entries(KINDS).map(([kind, file]) => `<tr><th scope="row">${kind}<br><small>${file}</small></th>${ways.map((way) => picture(kind, way)).join('')}</tr>`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Pictures of every kind of page</title>
<style>
body { font: 14px system-ui; margin: 1rem } td, th { vertical-align: top; padding: .5rem; text-align: left }
img { width: 20rem; max-height: 30rem; object-fit: cover; object-position: top; border: 1px solid #888 }
</style>
<h1>Pictures of every kind of page</h1>
<table>
<thead><tr><th scope="col">page</th>${ways.map((way) => `<th scope="col">${way}</th>`).join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</html>
`;
}
