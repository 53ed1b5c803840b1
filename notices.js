// @ts-check
// Writes THIRD-PARTY-NOTICES: the licences of the packages that end up in dist/.
import { build } from 'esbuild';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const root = import.meta.dirname;

/** How a WebAssembly module begins, as it is and in Base64. */
const webAssembly = /\0asm|AGFzb[Q-T]/;

/**
 * Code of others that a package holds as WebAssembly without naming its licence, by the folder it is in.
 * @type {Readonly<Record<string, string>>}
 */
const compiled = {
  'node_modules/undici/lib/llhttp': `llhttp (MIT), compiled into undici

Copyright Fedor Indutny, 2018.

Permission is hereby granted, free of charge, to any person obtaining a
copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including
without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the
following conditions:

The above copyright notice and this permission notice shall be included
in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS
OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN
NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE
USE OR OTHER DEALINGS IN THE SOFTWARE.
`,
};

/**
 * The text of THIRD-PARTY-NOTICES: each package that the bundler takes something from, with its licence texts.
 * @returns {Promise<string>}
 * @throws {Error} where a package brings no licence text, or WebAssembly whose licence is not known
 */
export async function notices() {
  const files = await bundledFiles();
  const sections = await Promise.all(packagesOf(files).map(notice));
  return [
    'Askance contains code of the packages below, each under its own licence.\n',
    ...sections,
    ...(await compiledNotices(files)),
  ].join(`\n${'-'.repeat(100)}\n\n`);
}

/** @returns {Promise<string[]>} folders of packages below the project, sorted */
export async function bundledPackages() {
  return packagesOf(await bundledFiles());
}

/** @returns {Promise<string[]>} paths from the project's folder of all files the bundler takes something from */
async function bundledFiles() {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/extension.ts', 'src/webview/main.tsx'],
    outdir: 'dist',
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    external: ['vscode'],
    loader: { '.svg': 'text' },
    jsx: 'automatic',
    jsxImportSource: 'preact',
    // As in esbuild.js.
    define: { esbuildDetection: 'true' },
    logLevel: 'error',
  });
  return Object.keys(metafile.inputs);
}

/** @param {readonly string[]} files */
function packagesOf(files) {
  // Also where packages nest, and with the scope where there is one.
  const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;
  return [...new Set(files.flatMap((path) => folder.exec(path)?.[0] ?? []))].sort();
}

/** @param {string} folder */
async function notice(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
  const files = (await readdir(join(root, folder)))
    .filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file))
    .sort();
  if (files.length === 0) throw new Error(`${name} ${version} brings no licence text`);
  const texts = await Promise.all(files.map((file) => readFile(join(root, folder, file), 'utf8')));
  return [
    `${name} ${version} (${license})\n`,
    ...texts.map((text) => `${text.replaceAll('\r\n', '\n').trim()}\n`),
  ].join('\n');
}

/** @param {readonly string[]} files */
async function compiledNotices(files) {
  /** @type {Set<string>} */
  const folders = new Set();
  for (const file of files.filter((path) => path.includes('node_modules/')))
    if (webAssembly.test(await readFile(join(root, file), 'latin1'))) folders.add(dirname(file));
  return [...folders].sort().map((folder) => {
    const text = compiled[folder];
    if (text === undefined) throw new Error(`${folder} holds WebAssembly, and notices.js does not know its licence`);
    return text;
  });
}

if (import.meta.main) await writeFile(join(root, 'THIRD-PARTY-NOTICES'), await notices());
