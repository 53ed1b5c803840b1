// `npm run bench`: what Askance costs, in a real VS Code; a table in the terminal and in RESULTS.md. It judges nothing.
import { main } from '../workbench/complaint.ts';
import { project } from '../workbench/paths.ts';
import { runNode } from '../workbench/script.ts';
import { BenchEndpoint, type Timed } from './endpoint.ts';
import { BenchWindow, type Seen } from './window.ts';
import { stat, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';

const runs = 3;

interface Case {
  readonly name: string;
  readonly answer: Timed;
}

const paced = { charactersPerDelta: 4, deltasPerSecond: 185 };
const unpaced = { charactersPerDelta: 4, deltasPerSecond: Infinity };
const cases: readonly Case[] = [
  { name: '2 KB, 185 deltas a second', answer: { text: answerText(2_000), ...paced } },
  { name: '20 KB, 185 deltas a second', answer: { text: answerText(20_000), ...paced } },
  { name: '20 KB, unpaced', answer: { text: answerText(20_000), ...unpaced } },
  { name: '100 KB, unpaced', answer: { text: answerText(100_000), ...unpaced } },
  { name: '400 KB, unpaced', answer: { text: answerText(400_000), ...unpaced } },
];

await main(async () => {
  await runNode('esbuild.js', '--production');
  const lines = [
    `Measured on ${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus().length} cores.`,
  ];
  lines.push('', ...(await sizes()), '');
  await using endpoint = new BenchEndpoint();
  const baseUrl = await endpoint.listen();
  const seen = new Map<string, Seen[]>(cases.map(({ name }) => [name, []]));
  const first: Seen[] = [];
  const activation: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    await using window = await BenchWindow.open(baseUrl, endpoint);
    first.push(await window.ask({ text: answerText(500), ...unpaced }));
    for (const { name, answer } of cases) seen.get(name)?.push(await window.ask(answer));
    activation.push(await window.activationTime());
    console.log(`Run ${run + 1} of ${runs} done.`);
  }
  lines.push(`activate(): ${spread(activation)} ms, as VS Code counts it.`, '', ...table(first, seen));
  const text = `# Figures\n\n\`npm run bench\` makes this page anew. Medians of ${runs} windows, smallest and largest in brackets.\n\n${lines.join('\n')}\n`;
  await writeFile(join(project, 'test', 'bench', 'RESULTS.md'), text);
  console.log(text);
});
process.exit();

async function sizes(): Promise<readonly string[]> {
  const names = ['extension.cjs', 'page.js', 'page.css', 'undici.cjs', 'diff.cjs'];
  const rows = names.map(async (name) => {
    const { size } = await stat(join(project, 'dist', name));
    return `| dist/${name} | ${(size / 1000).toFixed(1)} |`;
  });
  return ['| file | KB |', '|---|---|', ...(await Promise.all(rows))];
}

function table(first: readonly Seen[], all: ReadonlyMap<string, readonly Seen[]>): readonly string[] {
  const row = (name: string, seen: readonly Seen[]): string => {
    const column = (pick: (one: Seen) => number): string => spread(seen.map(pick));
    return `| ${name} | ${[
      column((one) => one.enterToRequest),
      column((one) => one.overheadBytes),
      column((one) => one.firstByteToText),
      column((one) => one.lastByteToComplete),
      column((one) => one.longFrames),
      column((one) => one.longFramesSum),
    ].join(' | ')} |`;
  };
  return [
    '| answer | Enter to request, ms | bytes beside the question | first byte to first text, ms | last byte to complete, ms | frames over 50 ms | their sum, ms |',
    '|---|---|---|---|---|---|---|',
    row("a window's first question, 500 B", first),
    ...Array.from(all, ([name, seen]) => row(name, seen)),
  ];
}

/** `median (smallest–largest)` */
function spread(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b).map((value) => Math.round(value));
  return `${sorted[Math.floor(sorted.length / 2)]} (${sorted[0]}–${sorted.at(-1)})`;
}

/** Markdown of about so many characters: paragraphs, lists, a table and code, as answers are. */
function answerText(length: number): string {
  const parts: string[] = [];
  for (let size = 0, index = 1; size < length; index += 1) {
    const part = [
      `## Part ${index}\n\nThe function \`step${index}\` takes **two** values and returns *one*; see [the manual](https://example.com/${index}) for the rest.`,
      `- first, it checks its input\n- then it asks \`store\` for item ${index}\n- at last it returns what it got`,
      `\`\`\`ts\nfunction step${index}(a: number, b: number): number {\n  if (a > b) return a - b;\n  return a * ${index} + b;\n}\n\`\`\``,
      `| name | value |\n|---|---|\n| a | ${index} |\n| b | ${index * 2} |`,
    ].join('\n\n');
    parts.push(part);
    size += part.length + 2;
  }
  return parts.join('\n\n').slice(0, length);
}
