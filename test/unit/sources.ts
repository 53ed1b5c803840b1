import { glob, readFile } from 'node:fs/promises';
import { posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** What a file of `src` imports. */
export interface Import {
  readonly file: string;
  /** A path below `src/`, the name of a package, or a module of Node. */
  readonly target: string;
  readonly isFile: boolean;
  readonly typeOnly: boolean;
}

export function readContributing(): Promise<string> {
  return readFile(`${project}/CONTRIBUTING.md`, 'utf8');
}

/** Paths below `src/`, with slashes on every system. */
export async function sourceFiles(): Promise<readonly string[]> {
  const files = await Array.fromAsync(glob('**/*.{ts,tsx}', { cwd: `${project}/src` }));
  return files.map((file) => file.replaceAll(sep, '/'));
}

/** All imports of the files, also those of types and those by `import()`. */
export async function sourceImports(files: readonly string[]): Promise<readonly Import[]> {
  return (await Promise.all(files.map(importsOf))).flat();
}

async function importsOf(file: string): Promise<readonly Import[]> {
  const code = await readFile(`${project}/src/${file}`, 'utf8');
  const statements =
    /^(?:(?:import|export)\s(?<clause>[^'"();=]*?)\sfrom|import)\s+'(?<from>[^']+)'|\bimport\('(?<lazy>[^']+)'\)/gm;
  return [...code.matchAll(statements)].map(({ groups = {} }) => {
    const specifier = groups['from'] ?? groups['lazy'] ?? '';
    const isFile = specifier.startsWith('.');
    const target = isFile ? posix.join(posix.dirname(file), specifier) : specifier;
    return { file, target, isFile, typeOnly: /^type\b/.test(groups['clause'] ?? '') };
  });
}
