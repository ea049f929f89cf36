// Everything that happens to the files of a handbook while somebody previews it, as dice decide: each way of saving, files and
// folders that come and go, another branch, what editors leave about, and states that are broken until they are mended.

import { execFileSync } from 'node:child_process';
import {
  chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync, statSync, unlinkSync,
  utimesSync, writeFileSync, writeSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from './served.mjs';

export const later = (milliseconds) => new Promise((go) => setTimeout(go, milliseconds));

/** Numbers that look random and are the same every time. */
export function diceOf(seed) {
  let state = seed;
  const roll = (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % sides;
  };
  return { roll, pick: (list) => list[roll(list.length)] };
}

/** Every file of a folder, relative to it; what is hidden aside. */
export function filesOf(folder) {
  const files = [];
  const walk = (at) => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory()) walk(join(at, entry.name));
      else files.push(relative(folder, join(at, entry.name)));
    }
  };
  walk(folder);
  return files.sort();
}

const THEME = 'themes/italia';
/** The folder whose files come and go: nothing else leads there. */
const OWN = 'prova';

/** Edits a handbook; `watched` is the file of the page that a tab stays on. */
export function editor(handbook, { roll, pick }, watched) {
  const at = (file) => join(handbook, file);
  const read = (file) => readFileSync(at(file), 'utf8');
  const write = (file, text) => {
    mkdirSync(dirname(at(file)), { recursive: true });
    writeFileSync(at(file), text);
  };
  const git = (...args) => execFileSync('git', [
    '-c', 'user.name=Prova', '-c', 'user.email=prova@ente.example', '-c', 'commit.gpgsign=false', '-c', 'gc.auto=0', ...args,
  ], { cwd: handbook, stdio: 'pipe' });

  const chapters = () => filesOf(handbook).filter((file) => file.endsWith('.md') && !file.startsWith(OWN));
  const own = () => (existsSync(at(OWN)) ? filesOf(at(OWN)).map((file) => join(OWN, file)) : []);
  const ownFolders = () => [...new Set(own().map(dirname))].filter((folder) => folder !== OWN);
  let number = 0;
  /** What was there before it was broken, by its file. */
  const broken = new Map();

  /** The text with other words: in the prose, or a heading more that others may know of. */
  const edited = (text) => {
    const words = `Modifica ${number}, con il preavviso.`;
    const more = roll(4) === 0 ? `## Titolo ${number} {#titolo-${number}}\n\n${words}` : words;
    const parts = text.split(/\n\n(?=(?:Modifica|## Titolo) \d+)/);
    // What was added grows no longer than this.
    return `${parts.slice(0, 6).join('\n\n').trimEnd()}\n\n${more}\n`;
  };

  const saves = {
    'in place': (file, text) => write(file, text),
    'by a new file in its place': (file, text) => {
      const temporary = at(join(dirname(file), `.${number}.tmp`));
      writeFileSync(temporary, text);
      renameSync(temporary, at(file));
    },
    'with a backup and a trial': (file, text) => {
      const trial = at(join(dirname(file), '4913'));
      writeFileSync(trial, '');
      unlinkSync(trial);
      renameSync(at(file), `${at(file)}~`);
      writeFileSync(at(file), text);
      unlinkSync(`${at(file)}~`);
    },
    'with a swap file and a lock': async (file, text) => {
      const beside = [`.#${number}`, `#${number}#`, `.${number}.md.swp`].map((name) => at(join(dirname(file), name)));
      for (const name of beside) writeFileSync(name, 'x');
      await later(roll(60));
      writeFileSync(at(file), text);
      for (const name of beside) unlinkSync(name);
    },
    'removed and written anew': async (file, text) => {
      unlinkSync(at(file));
      await later(roll(40));
      writeFileSync(at(file), text);
    },
    'in pieces': async (file, text) => {
      const handle = openSync(at(file), 'w');
      const size = Math.ceil(text.length / 3);
      for (let from = 0; from < text.length; from += size) {
        writeSync(handle, text.slice(from, from + size));
        await later(roll(40));
      }
      closeSync(handle);
    },
  };

  const save = async (file, text, ways = Object.keys(saves)) => {
    const way = pick(ways);
    await saves[way](file, text);
    return `${file} saved ${way}`;
  };

  const without = (file) => { if (!broken.has(file)) broken.set(file, existsSync(at(file)) ? read(file) : null); };
  const whole = (files) => files.filter((file) => !broken.has(file));
  /** Other words of a file that is no chapter. It is never gone: a handbook without settings or terms is another one, and whole. */
  const replaced = (file, from, to) => {
    if (broken.has(file)) return null;
    return save(file, read(file).replace(from, to), ['in place', 'by a new file in its place', 'in pieces']);
  };

  const edits = {
    words: () => {
      const file = pick(whole(chapters()));
      return save(file, edited(read(file)));
    },
    wordsWatched: () => (broken.has(watched) ? null : save(watched, edited(read(watched)))),
    several: async () => {
      const files = [pick(whole(chapters())), pick(whole(chapters()))];
      for (const file of files) await save(file, edited(read(file)));
      return files.join(' and ');
    },
    touched: () => {
      const file = pick(filesOf(handbook));
      const now = new Date();
      utimesSync(at(file), now, now);
      return `${file} touched`;
    },
    rights: () => {
      const file = pick(filesOf(handbook));
      chmodSync(at(file), statSync(at(file)).mode ^ 0o040);
      return `rights of ${file}`;
    },
    same: () => {
      const file = pick(whole(chapters()));
      return save(file, read(file));
    },
    added: () => {
      const file = `${OWN}/${pick(['', 'uno/', 'due/', 'due/tre/'])}pagina-${number}.md`;
      write(file, `# Pagina ${number}\n\nVedi [[LG-04]].\n`);
      return `${file} added`;
    },
    addedFolder: () => {
      for (let page = 0; page < 5; page += 1) write(`${OWN}/cartella-${number}/pagina-${page}.md`, `# Pagina ${page}\n`);
      return `a folder of pages, ${number}`;
    },
    addedAndGone: () => {
      const file = `${OWN}/subito-${number}.md`;
      write(file, '# Subito\n');
      unlinkSync(at(file));
      return `${file} added and gone`;
    },
    renamed: () => {
      const file = pick(own());
      if (!file) return null;
      renameSync(at(file), at(`${OWN}/altro-nome-${number}.md`));
      return `${file} renamed`;
    },
    renamedFolder: () => {
      const folder = pick(ownFolders());
      if (!folder) return null;
      renameSync(at(folder), at(`${OWN}/cartella-nuova-${number}`));
      return `${folder} renamed`;
    },
    removed: () => {
      const file = pick(own());
      if (!file) return null;
      unlinkSync(at(file));
      return `${file} removed`;
    },
    removedFolder: () => {
      const folder = pick(ownFolders()) ?? OWN;
      rmSync(at(folder), { recursive: true, force: true });
      return `${folder} removed`;
    },
    styled: () => {
      const own = readFileSync(join(root, THEME, 'assets/style.css'), 'utf8');
      write(`${THEME}/assets/style.css`, `${own}\n:root { --prova: ${number}; }\n`);
      return `style ${number}`;
    },
    template: () => {
      const file = `${THEME}/templates/section.html`;
      if (broken.has(file)) return null;
      if (existsSync(at(file)) && roll(3) === 0) {
        unlinkSync(at(file));
        return `${file} removed`;
      }
      write(file, readFileSync(join(root, file), 'utf8').replace('{% endblock', `<!-- ${number} -->{% endblock`));
      return `${file} changed`;
    },
    image: () => replaced('prova.svg', /width="\d+"/, `width="${20 + (number % 30)}"`),
    settings: () => replaced('handbook.yaml', /^title: .*$/m, `title: Vademecum ${number}`),
    glossary: () => replaced('glossary.yaml', /definition: "(?:Voce \d+\. )?/, `definition: "Voce ${number}. `),
    act: () => replaced('acts/reg-2021-1060.yaml', /^(\s+it: )(?:Prova \d+ )?(\S)/m, `$1Prova ${number} $2`),
    vocabularies: () => replaced('vocabularies.yaml', /it: "Bandi[^"]*"/, `it: "Bandi ${number}"`),
    data: () => replaced('conoscenza/02-preavviso.csv', /,\d+$/m, `,${number}`),
    branch: async () => {
      await repair();
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message', `${number}`);
      const branch = `${git('branch', '--show-current')}`.trim() === 'uno' ? 'due' : 'uno';
      git('checkout', '--quiet', branch);
      return `branch ${branch}`;
    },
    broken: () => {
      const file = pick(whole(chapters()));
      without(file);
      const text = read(file);
      const way = pick(['link', 'metadata', 'bytes', 'gone', 'id']);
      if (way === 'link') write(file, `${text}\n[x](manca-${number}.md)\n`);
      else if (way === 'metadata') write(file, `---\nchiave-${number}: [\n---\n${text}`);
      else if (way === 'bytes') writeFileSync(at(file), Buffer.from([0xff, 0xfe, 0x41]));
      else if (way === 'id') write(file, `${text}\n## Doppio {#doppio}\n\n## Doppio {#doppio}\n`);
      else unlinkSync(at(file));
      return `${file} broken: ${way}`;
    },
    brokenOther: () => {
      const file = pick(whole(['handbook.yaml', 'glossary.yaml', 'vocabularies.yaml', `${THEME}/templates/term.html`, 'acts/reg-2014-240.yaml']));
      if (!file) return null;
      without(file);
      write(file, pick(file.endsWith('.html') ? ['{{ titel', '{% if %}'] : ['{', '- a: [', 'a: b: c']));
      return `${file} broken`;
    },
    mended: () => repair(),
  };
  /** How often each happens, where it is not once. */
  const weights = { words: 8, wordsWatched: 4, several: 2, added: 2, mended: 6 };
  const kinds = Object.keys(edits).flatMap((kind) => Array(weights[kind] ?? 1).fill(kind));

  async function repair() {
    const files = [...broken];
    for (const [file, text] of files) {
      if (text === null) rmSync(at(file), { force: true });
      else write(file, text);
      broken.delete(file);
      await later(roll(10));
    }
    return files.length > 0 ? `mended ${files.map(([file]) => file).join(', ')}` : null;
  }

  return {
    /** Makes the two branches; every chapter is another in each. */
    begin() {
      git('init', '--quiet', '--initial-branch', 'uno');
      git('add', '--all');
      git('commit', '--quiet', '--message', 'uno');
      git('checkout', '--quiet', '-b', 'due');
      for (const file of chapters()) write(file, `${read(file).trimEnd()}\n\nNell'altro ramo.\n`);
      git('commit', '--quiet', '--all', '--message', 'due');
      git('checkout', '--quiet', 'uno');
    },
    /** Does something, and says what. */
    async edit() {
      number += 1;
      for (;;) {
        const kind = pick(kinds);
        const done = await edits[kind]();
        if (done) return { kind, done };
      }
    },
    /** Mends all that is broken, and leaves a mark on the watched page. */
    async mark(words) {
      await repair();
      const text = read(watched).replace(/\n\nStato \d+\.\n/, '\n');
      const start = Date.now();
      write(watched, `${text.trimEnd()}\n\n${words}\n`);
      return start;
    },
    /** The number of the style that the handbook has. */
    style: () => (existsSync(at(`${THEME}/assets/style.css`)) ? /--prova: (\d+)/.exec(read(`${THEME}/assets/style.css`))[1] : ''),
  };
}
