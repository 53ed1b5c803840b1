import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { project } from '../workbench/paths.ts';

/** Sources that are mutated together, and the tests that should notice. */
export interface Group {
  readonly sources: readonly string[];
  readonly tests: readonly string[];
}

export const groups = {
  api: {
    sources: ['src/api/**/*.ts', 'src/network/*.ts'],
    tests: ['test/unit/api/**/*.test.ts', 'test/unit/network/*.test.ts'],
  },
  reply: {
    sources: ['src/reply/reply.ts'],
    tests: ['test/unit/{prompt,reply}/{corpus,unsure,partial,generated,offered}.test.ts'],
  },
} as const satisfies Readonly<Record<string, Group>>;

export function isGroup(name: string): name is keyof typeof groups {
  return Object.hasOwn(groups, name);
}

/** Absolute paths, sorted. */
export async function filesOf(patterns: readonly string[]): Promise<readonly string[]> {
  const files = await Array.fromAsync(glob([...patterns], { cwd: project }));
  return files.sort().map((file) => join(project, file));
}
