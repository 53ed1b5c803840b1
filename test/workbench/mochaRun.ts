import type { Suite } from 'mocha';
import { format } from 'node:util';

export interface MochaReport {
  readonly passed: number;
  readonly failed: number;
  /** What mocha has to say about it: titles, failures with their stacks. */
  readonly text: string;
}

/** How the tests in a real VS Code run. There the machine has a word, too: what passes at the second try is told. */
export const inVsCode = { timeout: 120_000, retries: 1 } satisfies MochaOptions;

export interface MochaOptions {
  /** Milliseconds. */
  readonly timeout: number;
  /** How often a test may be tried again, 0 by default; each failure is told. */
  readonly retries?: number;
  /** Titles of tests or suites, whole, that are left out; one that is not there is an error. */
  readonly without?: readonly string[];
  /** Receives each line as it is written. */
  readonly onLine?: (line: string) => void;
}

/** Runs the test files in this process. Skipped tests count as failed: every test asserts something, everywhere. */
export async function runMocha(files: readonly string[], options: MochaOptions): Promise<MochaReport> {
  // Not in a statement above: an older Node hands CommonJS, as the host tests are bundled, a module without a default.
  const { default: Mocha } = await import('mocha');
  const lines: string[] = [];
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => {
    const line = format(...args);
    lines.push(line);
    options.onLine?.(line);
  };
  const { timeout, retries = 0, without = [] } = options;
  const mocha = new Mocha({ ui: 'bdd', timeout, retries, forbidOnly: true, forbidPending: true });
  for (const file of files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  leaveOut(mocha.suite, without);
  const { promise, resolve } = Promise.withResolvers<number>();
  const runner = mocha.run(resolve);
  // At once, too: the report is far away where tests take minutes.
  runner.on('fail', (_test, error) => options.onLine?.(format(error)));
  runner.on('retry', (test, error) => {
    const line = `Tried again: ${test.fullTitle()}: ${format(error)}`;
    lines.push(line);
    options.onLine?.(line);
  });
  const failed = await promise;
  return { passed: runner.stats?.passes ?? 0, failed, text: lines.join('\n') };
}

function leaveOut(suite: Suite, titles: readonly string[]): void {
  const missing = new Set(titles);
  const isWanted = (one: { fullTitle(): string }) => {
    missing.delete(one.fullTitle());
    return !titles.includes(one.fullTitle());
  };
  const prune = (parent: Suite) => {
    parent.tests = parent.tests.filter(isWanted);
    parent.suites = parent.suites.filter(isWanted);
    parent.suites.forEach(prune);
  };
  prune(suite);
  if (missing.size > 0) throw new Error(`There are no tests with these titles: ${[...missing].join('; ')}`);
}
