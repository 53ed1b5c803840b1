// `npm run coverage`: how much of the plain rooms the unit tests run; below 95 % of lines or branches it fails.
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Complaint, main } from './workbench/complaint.ts';
import { output, project } from './workbench/paths.ts';
import { runNode } from './workbench/script.ts';

const wanted = 95;
const rooms = ['api', 'conversation', 'network', 'prompt', 'reply', 'shared'];

/** What istanbul's JSON report tells of a file, as far as it is used here. */
interface FileCoverage {
  /** A statement is a line here. */
  readonly statementMap: Readonly<Record<string, { readonly start: { readonly line: number } }>>;
  readonly s: Readonly<Record<string, number>>;
  readonly branchMap: Readonly<Record<string, { readonly loc: { readonly start: { readonly line: number } } }>>;
  readonly b: Readonly<Record<string, readonly number[]>>;
}

interface Count {
  readonly total: number;
  readonly covered: number;
}

interface Row {
  readonly name: string;
  readonly lines: Count;
  readonly branches: Count;
  /** Lines on which a branch was not taken. */
  readonly missed: readonly number[];
}

await main(async () => {
  const folder = join(output, 'coverage');
  const include = rooms.flatMap((room) => ['--include', `src/${room}/**`]);
  const mocha = [
    'node_modules/mocha/bin/mocha.js',
    '--reporter',
    'dot',
    '--timeout',
    '120000',
    'test/unit/**/*.test.ts',
  ];
  const report = ['--all', '--reporter', 'json', '--reports-dir', folder, '--temp-directory', join(folder, 'raw')];
  await runNode('node_modules/c8/bin/c8.js', ...report, ...include, process.execPath, ...mocha);
  const files: Record<string, FileCoverage> = JSON.parse(await readFile(join(folder, 'coverage-final.json'), 'utf8'));
  const rows = (await Promise.all(Object.entries(files).map(([path, file]) => rowOf(path, file)))).filter(
    (row) => row !== undefined,
  );
  const all = {
    name: 'all',
    lines: sum(rows.map(({ lines }) => lines)),
    branches: sum(rows.map(({ branches }) => branches)),
    missed: [],
  };
  console.log(`\n${'file'.padEnd(32)} lines %  branches %  not taken, at line`);
  for (const row of [...rows, all]) console.log(shown(row));
  if (percent(all.lines) < wanted || percent(all.branches) < wanted)
    throw new Complaint(`Less than ${wanted} % is covered.`);
});

/** Nothing for a file of types, which is none at run time. */
async function rowOf(path: string, { statementMap, s, branchMap, b }: FileCoverage): Promise<Row | undefined> {
  const source = (await readFile(path, 'utf8')).split('\n');
  if (!source.some((line) => /^(?:export )?(?:async )?(?:function|class|const|await)\b|^\w+\?*\./.test(line)))
    return undefined;
  // `default: return x satisfies never` is there for the compiler: no value leads there.
  const isReachable = (line: number): boolean =>
    [line - 1, line].every((at) => !source[at]?.includes('satisfies never'));
  const lines = Object.entries(statementMap)
    .filter(([, { start }]) => isReachable(start.line))
    .map(([id]) => (s[id] ?? 0) > 0);
  const branches = Object.entries(branchMap)
    .map(([id, { loc }]) => ({ line: loc.start.line, taken: (b[id] ?? []).some((times) => times > 0) }))
    .filter(({ line }) => isReachable(line));
  const missed = branches.filter(({ taken }) => !taken).map(({ line }) => line);
  return {
    name: relative(project, path),
    lines: count(lines),
    branches: count(branches.map(({ taken }) => taken)),
    missed: [...new Set(missed)],
  };
}

function count(covered: readonly boolean[]): Count {
  return { total: covered.length, covered: covered.filter(Boolean).length };
}

function sum(counts: readonly Count[]): Count {
  const add = (of: (one: Count) => number): number => counts.reduce((total, one) => total + of(one), 0);
  return { total: add(({ total }) => total), covered: add(({ covered }) => covered) };
}

function percent({ total, covered }: Count): number {
  return total === 0 ? 100 : (100 * covered) / total;
}

function shown({ name, lines, branches, missed }: Row): string {
  return `${name.padEnd(32)} ${percent(lines).toFixed(1).padStart(7)} ${percent(branches).toFixed(1).padStart(11)}  ${missed.join(' ')}`;
}
