#!/usr/bin/env node
// Lighthouse over some kinds of pages, on a phone and on a desk.
//
//   npm ci && node measure.mjs SITE [KIND…]        in this folder; SITE: a built site
//
// Accessibility, best practices and SEO must be 100. Performance is the median of three runs, for people to read: it
// depends on what else the machine does. What makes it (bytes, requests, layout shift) is held by tests/browser.

import { resolve } from 'node:path';
import lighthouse, { desktopConfig } from 'lighthouse';
import { launch } from 'chrome-launcher';
import { KINDS } from '../browser/kinds.mjs';
import { browserFlags, browserPath, serve } from '../browser/served.mjs';

const [site, ...asked] = process.argv.slice(2);
if (!site) {
  console.error('measure.mjs: needs the folder of a built site');
  process.exit(2);
}
const kinds = asked.length ? asked : ['home', 'guideline', 'article', 'coverage', 'concerns', 'indicator'];
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const RUNS = 3;

const host = await serve(resolve(site));
const chrome = await launch({ chromePath: browserPath, chromeFlags: ['--headless=new', ...browserFlags] });
const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
let short = false;

for (const [device, config] of [['phone', undefined], ['desk', desktopConfig]]) {
  for (const kind of kinds) {
    const runs = [];
    for (let run = 0; run < RUNS; run += 1) {
      const { lhr } = await lighthouse(host.url(KINDS[kind]), { port: chrome.port, onlyCategories: CATEGORIES, logLevel: 'error' }, config);
      runs.push(lhr);
    }
    const score = (category) => Math.round(100 * median(runs.map((lhr) => lhr.categories[category].score)));
    const scores = CATEGORIES.map((category) => [category, score(category)]);
    console.log(`${device.padEnd(6)} ${kind.padEnd(12)} ${scores.map(([category, value]) => `${category} ${value}`).join('  ')}`);
    for (const [category, value] of scores.filter(([, value]) => value < 100)) {
      if (category !== 'performance') short = true;
      for (const { id } of runs[0].categories[category].auditRefs.filter(({ id, weight }) => weight > 0 && (runs[0].audits[id].score ?? 1) < 0.9)) {
        console.log(`       ${category}: ${id}: ${runs[0].audits[id].title} ${runs[0].audits[id].displayValue ?? ''}`);
      }
    }
  }
}
chrome.kill();
host.close();
process.exit(short ? 1 : 0);
