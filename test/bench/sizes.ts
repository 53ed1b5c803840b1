import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { project } from '../workbench/paths.ts';

const run = promisify(execFile);

const dist = join(project, 'dist');

/** Bytes of what was built: what VS Code loads at start, the larger files by name, and the rest together. */
export async function builtSizes(): Promise<readonly (readonly [what: string, bytes: number])[]> {
  const atStart = new Set(await startUpFiles(dist));
  const names = (await readdir(dist)).filter((name) => /\.(?:[cm]?js|css|wasm)$/.test(name) && !atStart.has(name));
  const later = await Promise.all(names.sort().map(async (name) => [name, await sizeOf(name)] as const));
  const large = later.filter(([, bytes]) => bytes >= 10_000);
  const small = later.filter(([, bytes]) => bytes < 10_000);
  return [
    [`loaded at start (${atStart.size} files)`, sum(await Promise.all(Array.from(atStart, sizeOf)))],
    ...large.map(([name, bytes]) => [`\`dist/${name.replace(/-[0-9A-Z]{8}\./, '.')}\``, bytes] as const),
    [`${small.length} smaller files`, sum(small.map(([, bytes]) => bytes))],
  ];
}

/** The file in `main` of a built extension, and those that it imports at once. */
export async function startUpFiles(folder: string): Promise<readonly string[]> {
  const found = new Set(['extension.js']);
  for (const name of found) {
    const code = await readFile(join(folder, name), 'utf8');
    for (const [, imported = ''] of code.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+)["']/g)) found.add(imported);
  }
  return [...found];
}

/** Bytes of the package that users install. Builds for production. */
export async function packageSize(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'askance-size-'));
  try {
    const file = join(folder, 'askance.vsix');
    const vsce = join(project, 'node_modules', '@vscode', 'vsce', 'vsce');
    const flags = ['--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository'];
    await run(process.execPath, [vsce, 'package', ...flags, '--out', file], { cwd: project });
    return (await stat(file)).size;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function sizeOf(name: string): Promise<number> {
  return (await stat(join(dist, name))).size;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
