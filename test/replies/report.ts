// `npm run replies`: how the reader does on the corpus and on the generated cases, shape by shape.
// `npm run replies -- <word>`: what fails whose name contains the word ("." is all), each with what differs.
import { createTwoFilesPatch } from 'diff';
import { allCases, generated } from './generator/generate.ts';
import { judge, readCase, shownExpected, shownOutcome, type Verdict } from './judge.ts';
import { loadAllCases, pendingNames, type SeveralCase } from './load.ts';

const columns: readonly (readonly [Verdict, string])[] = [
  ['written', 'written right'],
  ['asked', 'offered rightly'],
  ['needless', 'offered needlessly'],
  ['wrong', 'wrong file'],
  ['reason', 'another reason'],
];
/** Of a generated habit only so many failures are shown. */
const shownOfHabit = 5;

const [word] = process.argv.slice(2);
const pending = pendingNames();
const given = loadAllCases().map(resultOf);
const wrapped = allCases().map(resultOf);
type Result = (typeof given)[number];

if (word === undefined) printTable();
else printFailures(word);

function resultOf(example: SeveralCase) {
  const outcome = readCase(example);
  return { example, outcome, verdict: judge(example, outcome) };
}

function printTable(): void {
  const sums = [['all cases', given] as const, ['all generated', wrapped] as const];
  const rows = [...byShape(given), ...byShape(wrapped), ...sums];
  const width = Math.max(...rows.map(([shape]) => shape.length));
  console.log([' '.repeat(width), 'cases', ...columns.map(([, title]) => title)].join('  '));
  for (const [shape, results] of rows) {
    const counts = columns.map(([column, title]) => {
      const count = results.filter(({ verdict }) => verdict === column).length;
      return (count === 0 ? '·' : String(count)).padStart(title.length);
    });
    console.log([shape.padEnd(width), String(results.length).padStart('cases'.length), ...counts].join('  '));
  }
  console.log();
  for (const [title, results] of sums) {
    const certain = results.filter(({ example: { expected } }) => expected.kind === 'file' && !expected.orOffered);
    const written = certain.filter(({ verdict }) => verdict === 'written').length;
    const share = ((100 * written) / Math.max(1, certain.length)).toFixed(1);
    console.log(`${title}: ${written} of ${certain.length} certain files are written without asking (${share} %).`);
  }
  console.log(`${pending.size} cases and habits are pending.`);
}

function byShape(results: readonly Result[]): Map<string, Result[]> {
  return Map.groupBy(results, ({ example }) => example.shape);
}

function printFailures(part: string): void {
  const counts = new Map<string, number>();
  for (const { example, outcome, verdict } of [...given, ...wrapped]) {
    const { name, targets, reply } = example;
    if (verdict === 'written' || verdict === 'asked' || (part !== '.' && !name.includes(part))) continue;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    if (count > shownOfHabit) continue;
    console.log(`\n## ${name}: ${verdict} (${targets[0].languageId}${pending.has(name) ? ', pending' : ''})`);
    if (name.startsWith(generated)) console.log(`${reply}\n`);
    const [, , , , ...lines] = createTwoFilesPatch('', '', shownExpected(example), shownOutcome(outcome)).split('\n');
    console.log(lines.join('\n'));
  }
}
