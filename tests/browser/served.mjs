// What the browser tests and tools share: the program, the browser, and a host that serves a built site as a good one does.

import { spawn } from 'node:child_process';
import { cpSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const program = process.env.VADEMECUM ?? join(root, 'target', 'debug', 'vademecum');
export const browserPath = process.env.CHROME_PATH ?? '/usr/bin/chromium';
/** No name but that of this machine leads anywhere. */
export const browserFlags = [
  '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

export const launch = () => chromium.launch({ executablePath: browserPath, args: browserFlags });

const types = {
  '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.svg': 'image/svg+xml',
  '.xml': 'application/xml', '.txt': 'text/plain', '.md': 'text/plain', '.csv': 'text/csv', '.wasm': 'application/wasm',
};

/** Copies the handbook as it is being written, to change it: without its editions, the root of the site is the text itself. */
export function copyOfHandbook(to) {
  const editions = join(root, 'content', 'editions');
  cpSync(join(root, 'content'), to, { recursive: true, filter: (file) => file !== editions });
}

/** The headers that a built site asks its host to send with every answer, as its file `_headers` says. */
export function headersOf(site) {
  const [, ofAll] = /^\/\*\n((?: {2}.*\n)+)/.exec(readFileSync(join(site, '_headers'), 'utf8'));
  return Object.fromEntries(ofAll.trimEnd().split('\n').map((line) => line.trim().split(/: (.*)/, 2)));
}

/** Serves a built site on a port of its own, with gzip and the site's own headers; its 404 page where there is nothing. */
export async function serve(site) {
  const published = headersOf(site);
  const read = (path) => {
    const file = join(site, path);
    return statSync(file).isDirectory() ? readFileSync(join(file, 'index.html')) : readFileSync(file);
  };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname).replace(/\/$/, '/index.html');
    let status = 200;
    let body;
    try {
      body = read(path);
    } catch {
      [status, body] = [404, read('404.html')];
    }
    const type = types[status === 404 ? '.html' : extname(path)];
    const headers = {
      ...published, 'Content-Type': type ? `${type}; charset=utf-8` : 'application/octet-stream', 'Cache-Control': 'max-age=600',
    };
    const zipped = type && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    if (zipped) headers['Content-Encoding'] = 'gzip';
    response.writeHead(status, headers).end(zipped ? gzipSync(body) : body);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    /** The address of a file of the site, as readers see it. */
    url: (file) => `${origin}/${file.replace(/(^|\/)index\.html$/, '$1')}`,
    close: () => { server.closeAllConnections(); server.close(); },
  };
}

/** Previews a handbook with `serve`: on any free port, or on this one. */
export async function preview(handbook, port = 0) {
  const child = spawn(program, ['serve', handbook, '--lang', 'it', '--port', `${port}`], { stdio: ['ignore', 'ignore', 'pipe'] });
  const said = [];
  const origin = await new Promise((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line);
      const found = /http:\/\/[^/]+/.exec(line);
      if (found) resolve(found[0]);
    }).on('close', () => reject(new Error(said.join('\n'))));
  });
  return {
    origin,
    port: Number(new URL(origin).port),
    pid: child.pid,
    /** What the terminal has said, line by line. */
    said,
    stop: () => new Promise((ended) => { child.on('exit', ended); child.kill('SIGTERM'); }),
  };
}
