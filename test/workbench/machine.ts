import { spawnOwned } from './childProcess.ts';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** Where VS Code's server and its extension host run. */
export interface Machine {
  /** Its folder for temporary files, by its path here. */
  readonly temporary: string;
  /** How programs there name a path of this machine. */
  pathOf(path: string): string;
  startNode(args: readonly string[], options: NodeOptions): ChildProcess;
}

export interface NodeOptions {
  /** The file into which everything goes that is printed. */
  readonly output: string;
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly cwd?: string;
}

/** Starts a program that does not outlive this process. */
export function startWithOutput(command: string, args: readonly string[], options: NodeOptions): ChildProcess {
  const { output, env, cwd } = options;
  const file = openSync(output, 'w');
  try {
    return spawnOwned(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', file, file],
      ...(cwd === undefined ? {} : { cwd }),
    });
  } finally {
    closeSync(file);
  }
}
