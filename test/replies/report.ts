// `npm run replies`: how the reader does on the corpus, shape by shape. `npm run replies -- <word>`: the cases that fail and whose
// name contains the word ("." for all), each with what differs.
import { createTwoFilesPatch } from 'diff';
import { judge, readCase, shownExpected, shownOutcome, type Verdict } from './judge.ts';
import { loadAllCases, pendingNames } from './load.ts';

const columns = ['written', 'asked', 'needless', 'wrong', 'reason'] as const satisfies readonly Verdict[];
const titles = {
  written: 'written right',
  asked: 'offered rightly',
  needless: 'offered needlessly',
  wrong: 'wrong file',
};

const [word] = process.argv.slice(2);
const pending = pendingNames();
const results = loadAllCases().map((example) => {
  const outcome = readCase(example);
  return { example, outcome, verdict: judge(example, outcome) };
});

if (word === undefined) printTable();
else printFailures(word);

function printTable(): void {
  const rows = [...Map.groupBy(results, ({ example }) => example.shape), ['all', results] as const];
  const width = Math.max(...rows.map(([shape]) => shape.length));
  console.log(`${' '.repeat(width)}  cases  ${Object.values(titles).join('  ')}  another reason`);
  const all = { ...titles, reason: 'another reason' };
  for (const [shape, examples] of rows) {
    const counts = columns.map((column) => {
      const count = examples.filter(({ verdict }) => verdict === column).length;
      return (count === 0 ? '·' : String(count)).padStart(all[column].length);
    });
    console.log(`${shape.padEnd(width)}  ${String(examples.length).padStart(5)}  ${counts.join('  ')}`);
  }
  const wanted = results.filter(({ example: { expected } }) => expected.kind === 'file' && !expected.orOffered);
  const written = wanted.filter(({ verdict }) => verdict === 'written').length;
  console.log(
    `\n${written} of ${wanted.length} files that are certain are written without asking (${percent(written, wanted.length)}).`,
  );
  console.log(`${pending.size} cases are pending.`);
}

function printFailures(part: string): void {
  for (const { example, outcome, verdict } of results) {
    if (verdict === 'written' || verdict === 'asked') continue;
    if (part !== '.' && !example.name.includes(part)) continue;
    console.log(`\n## ${example.name}: ${verdict}${pending.has(example.name) ? ' (pending)' : ''}`);
    const [, , , , ...lines] = createTwoFilesPatch('', '', shownExpected(example), shownOutcome(outcome)).split('\n');
    console.log(lines.join('\n'));
  }
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
}
