// Every kind of page under the conditions that readers bring: width, zoom, colours, spacing, keyboard.
// The audit in site.test.mjs runs axe over the same pages; here stands what axe does not see.
//
//   node --test access.test.mjs        needs the program built (tests/run.sh does it) and Chromium

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { KINDS } from './kinds.mjs';
import { launch, program, root, serve } from './served.mjs';

const work = mkdtempSync(join(tmpdir(), 'vademecum-access-'));
const site = join(work, 'site');
let host;
let browser;

before(async () => {
  execFileSync(program, ['build', join(root, 'content'), '--output', site], { stdio: 'inherit' });
  host = await serve(site);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  host?.close();
  rmSync(work, { recursive: true, force: true });
});

/** Looks at one page of each kind in a context; `look` gives what is wrong, a line for each problem. */
async function onEveryKind(options, look) {
  const context = await browser.newContext(options);
  const wrong = [];
  for (const [kind, file] of Object.entries(KINDS)) {
    const page = await context.newPage();
    await page.goto(host.url(file), { waitUntil: 'load' });
    for (const problem of [await look(page, kind)].flat().filter(Boolean)) wrong.push(`${kind}: ${problem}`);
    await page.close();
  }
  await context.close();
  assert.deepEqual(wrong, []);
}

/** How far the page scrolls sideways. */
const sideways = (page) => page.evaluate(() => {
  scrollTo(10_000, 0);
  const far = scrollX;
  scrollTo(0, 0);
  return far > 0 ? `scrolls ${far} px sideways` : '';
});

/** Pieces of text that a box cuts off, where the box does not scroll. */
const cutOff = (page) => page.evaluate(() => {
  const scrolls = (style) => /auto|scroll/.test(style.overflowX + style.overflowY);
  const isCut = (element) => {
    const style = getComputedStyle(element);
    if (scrolls(style) || !/hidden|clip/.test(style.overflowX + style.overflowY) || element.clientWidth <= 1) return false;
    return element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
  };
  return [...document.body.querySelectorAll('*')].filter((element) => element.checkVisibility() && isCut(element))
    .map((element) => `${element.localName}.${element.className} is cut off`);
});

// 1280 px at 400 % is 320 px wide and 256 px high (WCAG 1.4.10).
const sizes = [[1280, 800], [768, 1024], [360, 740], [320, 640], [320, 256]];

test('no page scrolls sideways and nothing is cut off at 320, 360, 768 and 1280 px, at 400 %, with wide spacing (WCAG 1.4.12) and with twice the letters', async () => {
  await onEveryKind({}, async (page) => {
    const wrong = [];
    const look = async (how) => {
      for (const problem of [await sideways(page), await cutOff(page)].flat().filter(Boolean)) wrong.push(`${problem} (${how})`);
    };
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height });
      await look(`${width} × ${height}`);
    }
    const styles = {
      spacing: [360, '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }'],
      'twice the letters': [720, 'html { font-size: 200% !important }'],
    };
    for (const [how, [width, css]] of Object.entries(styles)) {
      await page.setViewportSize({ width, height: 800 });
      // Constructed sheets are not subject to the policy.
      await page.evaluate((css) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        document.adoptedStyleSheets = [sheet];
      }, css);
      await look(how);
    }
    return wrong;
  });
});

test('in forced colours every control and every mark of a state keeps an edge or its words', async () => {
  await onEveryKind({ forcedColors: 'active', viewport: { width: 1280, height: 800 } }, (page) => page.evaluate(() => {
    const visible = (element) => element.checkVisibility() && element.getBoundingClientRect().width > 1;
    const controls = [...document.querySelectorAll('button, summary, select, input')].filter(visible);
    const words = (element) => element.innerText?.trim() || element.labels?.length || element.getAttribute('aria-label');
    const shown = (element) => {
      const edge = getComputedStyle(element);
      const drawn = [element, ...element.querySelectorAll('*')].some((part) => ['', '::before', '::after'].some((pseudo) => {
        const style = getComputedStyle(part, pseudo || null);
        return (style.maskImage !== 'none' && style.maskImage) || (pseudo && style.content !== 'none' && style.content !== 'normal');
      }));
      return words(element) || drawn || parseFloat(edge.borderTopWidth) > 0;
    };
    const bars = [...document.querySelectorAll('svg rect')].filter((bar) => getComputedStyle(bar).forcedColorAdjust === 'none');
    return [
      ...controls.filter((control) => !shown(control)).map((control) => `${control.localName}#${control.id} is invisible`),
      ...bars.map((bar) => `${bar.getAttribute('class')} keeps its own colour`),
    ];
  }));
});

test('whoever asks for less motion gets none', async () => {
  await onEveryKind({ reducedMotion: 'reduce' }, (page) => page.evaluate(() => {
    const moves = (element) => {
      const style = getComputedStyle(element);
      return style.scrollBehavior === 'smooth' || [style.transitionDuration, style.animationDuration].some((times) => times.split(',').some((time) => parseFloat(time) > 0.01));
    };
    return [...document.querySelectorAll('*')].filter(moves).map((element) => `${element.localName}.${element.className} moves`);
  }));
});

for (const [name, options] of Object.entries({ 'on a screen': {}, 'on a phone': { viewport: { width: 360, height: 740 } } })) {
  test(`nothing on a page moves while it loads, ${name}`, async () => {
    const context = await browser.newContext(options);
    await context.addInitScript(() => {
      globalThis.shifts = [];
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          const sources = entry.sources.map(({ node }) => node?.parentElement ? `${node.localName ?? node.parentElement.localName}.${node.className ?? ''}` : '?');
          globalThis.shifts.push(`shifts by ${entry.value.toFixed(4)}: ${sources.join(', ')}`);
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    const wrong = [];
    for (const [kind, file] of Object.entries(KINDS)) {
      const page = await context.newPage();
      await page.goto(host.url(file), { waitUntil: 'load' });
      await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
      for (const shift of await page.evaluate(() => globalThis.shifts)) wrong.push(`${kind}: ${shift}`);
      await page.close();
    }
    await context.close();
    assert.deepEqual(wrong, []);
  });
}

for (const width of [360, 1280]) {
  test(`at ${width} px every target outside a sentence is 24 px large, or stands so far from the others (WCAG 2.5.8)`, async () => {
    await onEveryKind({ viewport: { width, height: 800 } }, (page) => page.evaluate(() => {
      const all = [...document.querySelectorAll('a[href], button, summary, select, input:not([disabled]), [tabindex="0"]:not(.table)')]
        .filter((target) => target.checkVisibility() && target.getBoundingClientRect().width > 1);
      const boxes = new Map(all.map((target) => [target, target.getBoundingClientRect()]));
      // What a box has scrolled away stands nowhere.
      for (const [target, box] of boxes) {
        const frame = target.parentElement.closest('.table, #_menu, .contents')?.getBoundingClientRect();
        if (frame && (box.top > frame.bottom || box.bottom < frame.top || box.left > frame.right || box.right < frame.left)) boxes.delete(target);
      }
      const small = (box) => box.width < 23.99 || box.height < 23.99;
      const targets = [...boxes.keys()];
      // A link in a line of text may be as high as the line.
      const inText = (target) => {
        if (target.closest('.prose') && getComputedStyle(target).display === 'inline') return true;
        const block = target.closest('p, li, td, th, dd, dt, q, caption, h1, h2, h3, h4, h5, h6, figcaption');
        if (!block || getComputedStyle(target).display !== 'inline') return false;
        return [...block.childNodes].some((node) => node !== target && !node.contains?.(target) && node.textContent.trim());
      };
      const middle = (box) => [box.left + box.width / 2, box.top + box.height / 2];
      const near = (target) => {
        const [x, y] = middle(boxes.get(target));
        return targets.find((other) => {
          if (other === target || target.contains(other) || other.contains(target)) return false;
          const box = boxes.get(other);
          const [dx, dy] = [Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom)];
          const [ox, oy] = middle(box);
          return Math.hypot(dx, dy) < 12 || (small(box) && Math.hypot(ox - x, oy - y) < 24);
        });
      };
      const name = (target) => `${target.localName}.${target.className} "${target.innerText?.trim().slice(0, 30)}"`;
      return targets.filter((target) => small(boxes.get(target)) && !inText(target) && near(target))
        .map((target) => `${name(target)} is ${Math.round(boxes.get(target).width)} × ${Math.round(boxes.get(target).height)} px, beside ${name(near(target))}`);
    }));
  });
}

test('the first stop of the keyboard is a skip link that shows itself and leads to the text', async () => {
  await onEveryKind({}, async (page) => {
    await page.keyboard.press('Tab');
    const skip = page.locator(':focus');
    const box = await skip.boundingBox();
    if ((await skip.getAttribute('href')) !== '#_main') return 'the first stop is no skip link';
    if (!box || box.width < 24 || box.y < 0) return 'the skip link does not show';
    await page.keyboard.press('Enter');
    const focused = await page.evaluate(() => document.activeElement.id);
    return focused === '_main' ? '' : `the skip link leads to "${focused}"`;
  });
});

// The audit does so in light colours on every kind of page.
test('every stop of the keyboard shows that it has the focus, also in dark and in forced colours', async () => {
  for (const options of [{ colorScheme: 'dark' }, { forcedColors: 'active' }]) {
    await onEveryKind(options, async (page, kind) => {
      if (!['guideline', 'article', 'concerns', 'indicator'].includes(kind)) return '';
      const wrong = [];
      for (let stop = 0; stop < 25; stop += 1) {
        await page.keyboard.press('Tab');
        const problem = await page.evaluate(() => {
          const element = document.activeElement;
          if (element === document.body) return null;
          const { outlineStyle, outlineWidth } = getComputedStyle(element);
          return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 ? '' : `${element.localName}.${element.className} does not show the focus`;
        });
        if (problem === null) break;
        wrong.push(problem);
      }
      return wrong;
    });
  }
});

test('on a phone the keyboard opens the menu, walks it, and Escape closes it and gives the focus back', async () => {
  await onEveryKind({ viewport: { width: 360, height: 740 } }, async (page) => {
    const summary = page.locator('#_menu > summary');
    const isOpen = () => page.locator('#_menu').evaluate((menu) => menu.open);
    const wrong = [];
    if (await isOpen()) wrong.push('the menu is open before anybody asks');
    await summary.focus();
    await page.keyboard.press('Enter');
    if (!await isOpen()) wrong.push('Enter does not open the menu');
    await page.keyboard.press('Tab');
    if (!await page.evaluate(() => document.activeElement.closest('#_menu nav') !== null)) wrong.push('Tab does not lead into the menu');
    await page.keyboard.press('Escape');
    if (await isOpen()) wrong.push('Escape does not close the menu');
    if (!await summary.evaluate((element) => element === document.activeElement)) wrong.push('the focus is not back on the button');
    await page.keyboard.press('Space');
    if (!await isOpen()) wrong.push('Space does not open the menu');
    return wrong;
  });
});
