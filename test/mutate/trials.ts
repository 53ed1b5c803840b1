import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Mutant } from './instrument.ts';

/** A mutant and what tries it. */
export interface Tried extends Mutant {
  readonly file: string;
  readonly key: string;
  /** Titles of the tests that come by. */
  readonly titles: readonly string[];
  /** Whether it is run while the files are loaded. */
  readonly isStatic: boolean;
}

/** A process that tries mutants, and another one when one of them did not end. */
export class Trials implements AsyncDisposable {
  readonly #group: string;
  readonly #patience: number;
  #process: Promise<ChildProcess> | undefined;

  /** @param patience Milliseconds after which a mutant that is still being tried has shown itself by never ending. */
  constructor(group: string, patience: number) {
    this.#group = group;
    this.#patience = patience;
  }

  async kills({ key, titles, isStatic }: Tried): Promise<boolean> {
    if (titles.length > 0) {
      this.#process ??= started(this.#group, this.#patience);
      if (await this.#try(await this.#process, key, titles)) return true;
    }
    // What is run while the files are loaded takes a process of its own, and all tests.
    return isStatic && this.#killsFromStart(key);
  }

  async #killsFromStart(key: string): Promise<boolean> {
    const worker = await started(this.#group, this.#patience, key).catch(() => undefined);
    if (!worker) return true;
    const killed = await this.#try(worker, key, []);
    worker.kill('SIGKILL');
    return killed;
  }

  async #try(worker: ChildProcess, key: string, titles: readonly string[]): Promise<boolean> {
    worker.send({ key, titles });
    const answer = await answerOf(worker, this.#patience);
    if (answer !== undefined) return answer.killed === true;
    worker.kill('SIGKILL');
    if (worker === (await this.#process)) this.#process = undefined;
    return true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    (await this.#process)?.kill('SIGKILL');
  }
}

/** A worker of its own: see there. */
export function forked(group: string, mode: 'cover' | 'try', mutant = ''): ChildProcess {
  const env = { ...process.env, ASKANCE_MUTANT: mutant };
  return fork(join(import.meta.dirname, 'worker.ts'), [group, mode], {
    env,
    stdio: ['ignore', 'ignore', mode === 'cover' ? 'inherit' : 'ignore', 'ipc'],
  });
}

/** Rejects where the files cannot even be loaded. */
async function started(group: string, patience: number, mutant = ''): Promise<ChildProcess> {
  const worker = forked(group, 'try', mutant);
  if (!(await answerOf(worker, patience))) {
    worker.kill('SIGKILL');
    throw new Error('It does not start.');
  }
  return worker;
}

/** The next message; nothing when the process ends or takes too long. */
async function answerOf(worker: ChildProcess, patience: number): Promise<{ killed?: boolean } | undefined> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), patience);
  const { signal } = over;
  const ended = once(worker, 'exit', { signal }).then(() => undefined);
  const answered = once(worker, 'message', { signal }).then(([message]) => message as { killed?: boolean });
  const answer = await Promise.race([answered, ended]).catch(() => undefined);
  clearTimeout(timer);
  over.abort();
  await Promise.allSettled([answered, ended]);
  return answer;
}
