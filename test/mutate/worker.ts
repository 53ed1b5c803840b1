// A process in which the mutants of a group are tried one after the other; mutate.ts ends it where one never does.
// Arguments: the group, and `cover` to tell which tests come by which mutant, or `try`. `ASKANCE_MUTANT` names a mutant
// that is active while the files are loaded.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import Mocha from 'mocha';
import { filesOf, groups, isGroup } from './groups.ts';
import { instrument } from './instrument.ts';

const [group = '', mode] = process.argv.slice(2);
if (!isGroup(group)) throw new Error(`There is no group ${group}.`);
const sources = new Set(await filesOf(groups[group].sources));
const tests = await filesOf(groups[group].tests);

/** Key of a mutant -> titles of the tests that came by; `''`: it was loaded. */
const visits = new Map<string, Set<string>>();
let test = '';
let active = process.env['ASKANCE_MUTANT'] ?? '';

Object.assign(globalThis, {
  $mutant: (file: string, index: number): boolean => {
    const key = `${file} ${index}`;
    if (mode !== 'cover') return key === active;
    const seen = visits.get(key);
    if (seen) seen.add(test);
    else visits.set(key, new Set([test]));
    return false;
  },
});

registerHooks({
  load(url, context, next) {
    const path = url.startsWith('file:') ? fileURLToPath(url) : '';
    if (!sources.has(path)) return next(url, context);
    return { format: 'module', source: instrument(path, readFileSync(path, 'utf8')).code, shortCircuit: true };
  },
});

const isTried = mode === 'try';
// What a mutant leaves undone surfaces anywhere; the test that waits for it notices.
if (isTried) for (const event of ['unhandledRejection', 'uncaughtException'] as const) process.on(event, () => {});

const mocha = new Mocha({ timeout: isTried ? 10_000 : 120_000, bail: isTried, reporter: Mocha.reporters.Base });
mocha.cleanReferencesAfterRun(false);
for (const file of tests) mocha.addFile(file);
await mocha.loadFilesAsync();
mocha.suite.beforeEach(function () {
  test = this.currentTest?.fullTitle() ?? '';
});
mocha.suite.afterEach(() => {
  test = '';
});

if (isTried) {
  process.on('message', (task: Task) => void tryMutant(task));
  process.send?.({ ready: true });
} else {
  const failures: string[] = [];
  await run(failures);
  const told = { failures, visits: Array.from(visits, ([key, titles]) => [key, [...titles]]) };
  process.send?.(told, undefined, undefined, () => process.exit());
}

/** A mutant to be tried by these tests. */
interface Task {
  readonly key: string;
  /** None: all. */
  readonly titles: readonly string[];
}

async function tryMutant({ key, titles }: Task): Promise<void> {
  active = key;
  mocha.grep(
    titles.length === 0 ? /(?:)/ : new RegExp(`^(?:${titles.map((title) => RegExp.escape(title)).join('|')})$`),
  );
  const failures = await run();
  process.send?.({ key, killed: failures > 0 });
}

/** @param failed Takes what failed, and how. @returns how many. */
function run(failed: string[] = []): Promise<number> {
  return new Promise((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('fail', (failing, error: unknown) => failed.push(`${failing.fullTitle()}: ${String(error)}`));
  });
}
