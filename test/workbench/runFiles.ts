import { runMocha, type MochaOptions, type MochaReport } from './mochaRun.ts';
import { project } from './paths.ts';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';

/** Runs the project's test files that match the pattern, in the order of their names, and prints as they go. */
export async function runFiles(pattern: string, options: Omit<MochaOptions, 'onLine'>): Promise<MochaReport> {
  const files = await Array.fromAsync(glob(pattern, { cwd: project }));
  return runMocha(
    files.sort().map((file) => join(project, file)),
    { ...options, onLine: (line) => console.log(line) },
  );
}
