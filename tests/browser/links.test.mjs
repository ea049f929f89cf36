// Links and fragments of the built site, by a checker that is not ours: lychee, offline, over every page.
//
//   node --test links.test.mjs        needs the program built and lychee (tests/run.sh brings both)

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { program, root } from './served.mjs';

const lychee = process.env.LYCHEE ?? join(root, 'target', 'lychee', 'bin', 'lychee');
const work = mkdtempSync(join(tmpdir(), 'vademecum-links-'));
const site = join(work, 'site');

before(() => {
  execFileSync(program, ['build', join(root, 'content'), '--output', site], { stdio: 'inherit' });
});

after(() => rmSync(work, { recursive: true, force: true }));

/** What the checker says of the whole site. */
function check() {
  const options = ['--offline', '--include-fragments=full', '--index-files', 'index.html', '--root-dir', site, '--no-progress', '--format', 'json'];
  const said = spawnSync(lychee, [...options, join(site, '**', '*.html')], { encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.ifError(said.error);
  return JSON.parse(said.stdout);
}

const broken = (report) => Object.values(report.error_map).flat().map(({ url }) => url.replace(`file://${site}/`, '')).sort();

test('every link and every fragment of every page leads somewhere', () => {
  const report = check();
  assert.ok(report.successful > 5000, `${report.successful} links were found`);
  assert.deepEqual(broken(report), []);
});

test('the checker finds a page, a fragment of another page and one of the page itself that are not there', () => {
  appendFileSync(join(site, 'glossario', 'index.html'), '<a href="../manca/">a</a> <a href="../linee-guida/consultare-i-partner/#LG-99">b</a> <a href="#manca">c</a>');
  assert.deepEqual(broken(check()), ['glossario/index.html#manca', 'linee-guida/consultare-i-partner#LG-99', 'manca']);
});
