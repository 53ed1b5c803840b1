// @ts-check
// Writes THIRD-PARTY-NOTICES: the licences of the packages that end up in dist/.
import { build } from 'esbuild';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = import.meta.dirname;

/**
 * The text of THIRD-PARTY-NOTICES: each package that the bundler takes something from, with its licence texts.
 * @returns {Promise<string>}
 */
export async function notices() {
  const sections = await Promise.all((await bundledPackages()).map(notice));
  return ['Askance contains code of the packages below, each under its own licence.\n', ...sections].join(
    `\n${'-'.repeat(100)}\n\n`,
  );
}

/** @returns {Promise<string[]>} folders of packages below the project, sorted */
export async function bundledPackages() {
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
    logLevel: 'error',
  });
  // Also where packages nest, and with the scope where there is one.
  const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;
  return [...new Set(Object.keys(metafile.inputs).flatMap((path) => folder.exec(path)?.[0] ?? []))].sort();
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

if (import.meta.main) await writeFile(join(root, 'THIRD-PARTY-NOTICES'), await notices());
