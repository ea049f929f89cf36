// The preview under a long day's work: edits of every kind, while two tabs read.
//
//   VADEMECUM_SOAK=2000 node --test soak.test.mjs     so many edits; 200 where nobody says
//   VADEMECUM_SEED=7                                  other edits
//
// All the time, no page that exists is missing or half there. Again and again, all that is served is what a fresh build makes.

import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { diceOf, editor, filesOf, later } from './edits.mjs';
import { copyOfHandbook, launch, preview, program, root } from './served.mjs';

const EDITS = Number(process.env.VADEMECUM_SOAK ?? 200);
const SEED = Number(process.env.VADEMECUM_SEED ?? 1);
const CHAPTERS = 100;
/** After so many edits everything is compared. */
const EVERY = 20;
/** Nobody waits longer for what never comes. */
const GIVE_UP = 120_000;
const WATCHED = 'linee-guida/04-consultare-i-partner.md';
const WATCHED_PAGE = '/linee-guida/consultare-i-partner/';
const SCRIPT = /<script type="module" src="\/_vademecum\/live\.js" data-page="([0-9a-f]+)"><\/script>\n$/;

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
/** The address of a file of a built site. */
const addressOf = (file) => `/${encodeURI(file.replace(/(^|\/)index\.html$/, '$1'))}`;

/** The handbook of this project with generated chapters, and an image that the watched page shows. */
function makeHandbook(folder) {
  copyOfHandbook(folder);
  const generated = `${folder}-generated`;
  execFileSync('python3', [join(root, 'benches/generate.py'), '--pages', `${CHAPTERS}`, generated]);
  cpSync(join(generated, 'linee-guida'), join(folder, 'linee-guida'), { recursive: true });
  writeFileSync(join(folder, 'prova.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><path d="M0 0h20v20H0z"/></svg>\n');
  const text = readFileSync(join(folder, WATCHED), 'utf8');
  writeFileSync(join(folder, WATCHED), `${text.trimEnd()}\n\n![Un quadro](../prova.svg)\n`);
}

/** Builds the handbook anew; the bytes of every file. */
async function built(handbook, site) {
  await promisify(execFile)(program, ['build', handbook, '--output', site], { maxBuffer: 1 << 26 });
  return filesOf(site).filter((file) => !file.startsWith('.'));
}

/** Waits until something is so. */
async function until(what, check) {
  for (const since = Date.now(); ;) {
    const found = await check();
    if (found) return found;
    assert.ok(Date.now() - since < GIVE_UP, `never: ${what}`);
    await later(20);
  }
}

/** Asks for pages that are there all the time, one after the other. */
function poll(origin, files, { pick }) {
  const faults = [];
  let asked = 0;
  let goesOn = true;
  const run = async () => {
    while (goesOn) {
      const file = pick(files);
      try {
        const answer = await fetch(origin + addressOf(file), { redirect: 'manual' });
        const body = await answer.text();
        asked += 1;
        if (answer.status !== 200) faults.push(`${file}: ${answer.status} ${body.slice(-1500)}`);
        else if (file.endsWith('.html') && !(SCRIPT.test(body) && /<\/html>\n<script [^\n]*\n$/.test(body))) faults.push(`${file} is half a page`);
        else if (body.length === 0) faults.push(`${file} is empty`);
      } catch (error) {
        faults.push(`${file}: ${error.cause ?? error}`);
      }
      await later(2);
    }
  };
  const running = run();
  return { faults, asked: () => asked, stop: () => { goesOn = false; return running; } };
}

/** A tab that follows links all the time, as long as it is not told to rest. */
function wander(page, origin, stable, { pick }) {
  const state = { rests: false, goesOn: true, pages: 0, faults: [] };
  const go = async () => {
    const links = await page.$$eval('a[href]', (links) => links.map((link) => link.href.replace(/#.*/, '')));
    const here = links.filter((link) => link.startsWith(origin) && (link.endsWith('/') || link.endsWith('.html')));
    const next = pick(here.length > 0 ? here : [`${origin}/`]);
    const answer = await page.goto(next);
    state.pages += 1;
    if (answer && answer.status() !== 200 && stable.has(new URL(next).pathname)) state.faults.push(`${next}: ${answer.status()}`);
  };
  const run = async () => {
    while (state.goesOn) {
      state.resting = state.rests;
      // A reload ends what was on its way.
      if (!state.rests) await go().catch((error) => { if (!/interrupted|ERR_ABORTED|context was destroyed|navigat/i.test(`${error}`)) state.faults.push(`${error}`); });
      await later(30);
    }
  };
  const running = run();
  return {
    state,
    rest: async () => { state.rests = true; await until('the tab rests', () => state.resting); },
    goOn: () => { state.rests = false; },
    stop: () => { state.goesOn = false; return running; },
  };
}

const memoryOf = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

/** What is served in another way than it was built; the index of the search comes a little later. */
async function differences(origin, site, files) {
  const found = [];
  for (const file of files) {
    const answer = await fetch(origin + addressOf(file), { redirect: 'manual' });
    const served = Buffer.from(await answer.arrayBuffer());
    const expected = readFileSync(join(site, file));
    const own = file.endsWith('.html') ? (SCRIPT.exec(served.toString('latin1'))?.[0].length ?? 0) : 0;
    const isOwn404 = file === '404.html' && answer.status === 200;
    if ((answer.status !== 200 && !isOwn404) || !served.subarray(0, served.length - own).equals(expected)) {
      found.push(`${file}: ${answer.status}`);
    }
  }
  return found;
}

/** Whether a tab shows what the server has at its address. */
async function showsTheLast(page, style) {
  const answer = await fetch(page.url().replace(/#.*/, ''));
  const served = SCRIPT.exec(await answer.text())?.[1];
  return page.evaluate(([served, style]) => {
    const shown = document.querySelector('script[data-page]')?.dataset.page;
    const own = getComputedStyle(document.documentElement).getPropertyValue('--prova').trim();
    return document.readyState === 'complete' && shown === served && own === style;
  }, [served, style]).catch(() => false);
}

test(`${EDITS} edits while two tabs read`, { skip: process.platform !== 'linux' && 'memory is read from /proc' }, async (context) => {
  const work = mkdtempSync(join(tmpdir(), 'vademecum-soak-'));
  const [handbook, link, site] = ['handbook', 'link', 'site'].map((name) => join(work, name));
  makeHandbook(handbook);
  // The folder is reached through a link.
  symlinkSync(handbook, link);
  const dice = diceOf(SEED);
  const edits = editor(handbook, dice, WATCHED);
  edits.begin();
  const first = await built(handbook, site);
  const server = await preview(link);
  const browser = await launch();
  const stable = first.filter((file) => !file.startsWith('pagefind/') && file !== '404.html');
  const polls = poll(server.origin, stable, diceOf(SEED + 1));
  const page = await browser.newPage();
  await page.addInitScript(() => {
    addEventListener('DOMContentLoaded', () => requestAnimationFrame(() => requestAnimationFrame(() => { window.painted = Date.now(); })));
  });
  let loads = 0;
  page.on('load', () => { loads += 1; });
  await page.goto(server.origin + WATCHED_PAGE);
  const other = await browser.newPage();
  await other.goto(`${server.origin}/`);
  const tab = wander(other, server.origin, new Set(stable.map(addressOf)), diceOf(SEED + 2));

  const [done, painted, memory, late] = [[], [], [], []];
  const counts = {};

  /** Everything has settled: it is what a fresh build makes, and the tabs show it. */
  const compare = async (edit) => {
    const words = `Stato ${edit}.`;
    const start = await edits.mark(words);
    await page.waitForFunction((words) => document.body?.innerText.includes(words) && window.painted, words, { timeout: GIVE_UP })
      .catch(() => assert.fail(`${words} never came:\n${done.slice(-40).join('\n')}\n${server.said.slice(-30).join('\n')}`));
    painted.push(await page.evaluate(() => window.painted) - start);
    const files = await built(handbook, site);
    const since = Date.now();
    let differing = await differences(server.origin, site, files);
    const pages = differing.filter((file) => !file.startsWith('pagefind/'));
    if (pages.length > 0) late.push(`after ${edit} edits: ${pages.slice(0, 3).join(', ')}`);
    while (differing.length > 0 && Date.now() - since < GIVE_UP) {
      await later(100);
      differing = await differences(server.origin, site, differing.map((file) => file.replace(/: \d+$/, '')));
    }
    assert.deepEqual(differing, [], `after:\n${done.slice(-40).join('\n')}`);
    await tab.rest();
    for (const one of [page, other]) await until(`${one.url()} shows the last state`, () => showsTheLast(one, edits.style()));
    tab.goOn();
  };

  try {
    for (let edit = 1; edit <= EDITS; edit += 1) {
      const { kind, done: what } = await edits.edit();
      done.push(`${edit} ${what}`);
      counts[kind] = (counts[kind] ?? 0) + 1;
      await later(dice.pick([0, 0, 10, 40, 120]));
      memory.push(memoryOf(server.pid));
      if (edit % EVERY === 0 || edit === EDITS) await compare(edit);
      assert.deepEqual([...polls.faults, ...tab.state.faults], [], `after:\n${done.slice(-20).join('\n')}`);
    }
  } finally {
    await tab.stop();
    await polls.stop();
    const quarter = Math.ceil(memory.length / 4);
    const quarters = [0, 1, 2, 3].map((part) => Math.round(median(memory.slice(part * quarter, (part + 1) * quarter))));
    const half = memory.slice(memory.length / 2);
    const growth = (slope(half) * 100).toFixed(2);
    context.diagnostic(`${done.length} edits: ${JSON.stringify(counts)}`);
    context.diagnostic(`${polls.asked()} pages asked for, ${tab.state.pages} links followed, ${loads} loads of the watched page`);
    context.diagnostic(`edit to painted: median ${median(painted)} ms, from ${Math.min(...painted)} to ${Math.max(...painted)} ms`);
    context.diagnostic(`memory by quarters: ${quarters.join(', ')} MB; in the second half ${growth} MB for 100 edits`);
    context.diagnostic(`late: ${late.length > 0 ? late.join('; ') : 'nothing'}`);
    context.quarters = quarters;
    await browser.close();
    await server.stop();
    rmSync(work, { recursive: true, force: true });
  }
  const [, second, , last] = context.quarters;
  assert.ok(last <= 1.5 * second + 30, `memory grows: ${context.quarters.join(', ')} MB`);
  const polling = server.said.filter((line) => line.startsWith('Confronto i file '));
  assert.deepEqual(polling, [], 'every change was told by the system');
});

/** How much each value adds to the one before, as a line through all of them has it. */
function slope(values) {
  const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const [middle, level] = [(values.length - 1) / 2, mean(values)];
  const over = values.reduce((sum, value, at) => sum + (at - middle) * (value - level), 0);
  const under = values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
  return under === 0 ? 0 : over / under;
}
