import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { project } from '../workbench/paths.ts';

const run = promisify(execFile);

/** Bytes of what was built, file by file. */
export async function builtSizes(): Promise<readonly (readonly [name: string, bytes: number])[]> {
  const names = (await readdir(join(project, 'dist'))).filter((name) => /\.(?:[cm]?js|css|wasm)$/.test(name)).sort();
  return Promise.all(names.map(async (name) => [name, (await stat(join(project, 'dist', name))).size] as const));
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
