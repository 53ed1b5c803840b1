// `npm run bench`: what Askance costs beside VS Code's built-in chat, in the same windows, with the same endpoint and the
// same answers; a table in the terminal and in RESULTS.md. It judges nothing.
// `--runs 1` and `--only '20 KB'` (a part of the names of answers) make it shorter; then RESULTS.md stays as it is.
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { main } from '../workbench/complaint.ts';
import { project } from '../workbench/paths.ts';
import { question, runLimit } from './benchWindow.ts';
import { cases, firstQuestion, type Case } from './cases.ts';
import { BenchEndpoint } from './endpoint.ts';
import { Figures } from './figures.ts';
import { answersTable, spread } from './results.ts';
import { builtSizes, packageSize } from './sizes.ts';
import { askance, builtIn, type TimedChat } from './timedChats.ts';
import { Windows } from './windows.ts';

/** Milliseconds for the whole: no run begins after it that might not end in it. */
const benchLimit = 30 * 60_000;
const turns = 100;
const lines = 2000;
const longAnswers = 20;

const { values } = parseArgs({ options: { runs: { type: 'string', default: '3' }, only: { type: 'string' } } });
const { only = '' } = values;
const chosen = cases.filter(({ name }) => name.includes(only));
const start = performance.now();

await main(async () => {
  const size = await packageSize();
  await using endpoint = new BenchEndpoint(question);
  const baseUrl = await endpoint.listen();
  const figures = new Figures();
  let runs = 0;
  for (let longest = 0; runs < Number(values.runs) && performance.now() - start + longest < benchLimit; runs += 1) {
    const began = performance.now();
    await benchRun(new Windows(baseUrl, endpoint), figures, runs);
    longest = Math.max(longest, performance.now() - began);
    console.log(`Run ${runs + 1} of ${values.runs} took ${seconds(performance.now() - began)}.`);
  }
  const page = [
    '# Figures',
    `\`npm run bench\` makes this page anew: medians of ${runs} runs, smallest and largest in brackets. Measured on ` +
      `${new Date().toISOString().slice(0, 10)} with ${cpus().length} cores, in ${seconds(performance.now() - start)}, ` +
      "in VS Code 1.139 and Chromium without a graphics card. Both chats stand in the same window, ask the same endpoint and get the same answers, in turns; a run ends 60 s after Enter. VS Code's chat is in the mode in which it opens: as an agent, whose tools are most of what it sends.",
    '## Answers',
    answersTable(figures.rows, runLimit).join('\n'),
    'Bytes: the body of the request without the question. First byte, last byte: as the endpoint writes them. Frames: gaps between animation frames from the first text to the last. Script, tasks: time of the main thread of the window from Enter to the end. Heap: what the page holds more than before, after a collection.',
    '## Long conversations',
    `Scrolling through ${2 * turns} messages with ${lines} lines of code, to the beginning and back: ${spread(figures.scrollings.map(({ framesPerSecond }) => framesPerSecond))} frames a second, frames over 50 ms ${spread(figures.scrollings.map(({ longFrames }) => longFrames))}, the longest ${spread(figures.scrollings.map(({ longest }) => longest))} ms. After ${longAnswers} answers of 20 KB the scripts of the page hold ${spread(
      figures.heaps.map((bytes) => bytes / 1e6),
      1,
    )} MB more than with an empty chat.`,
    '## Long edits',
    `Replacing ${lines} lines of Python, each by another, as a model writes 200 lines a second: frames over 50 ms ${spread(figures.edits.map(({ over50 }) => over50))}, the longest ${spread(figures.edits.map(({ longest }) => longest))} ms; Keep and Undo stand there ${spread(figures.edits.map(({ lastByteToReview }) => lastByteToReview))} ms after the last byte.`,
    '## Decoding',
    '```\n' + (await decoding()) + '```',
    '## Start',
    `Loading Askance takes ${spread(figures.activations.map(({ load }) => load))} ms and activate() ${spread(figures.activations.map(({ activate }) => activate))} ms, as VS Code reports it. A conversation of ${2 * turns} messages opens in ${spread(figures.openings.map(({ seen }) => seen))} ms, from the click on Askance's icon to its end on the painted screen; all of it is in the page after ${spread(figures.openings.map(({ whole }) => whole))} ms.`,
    ['| file | KB |', '|---|---|', ...(await sizeRows(size))].join('\n'),
  ].join('\n\n');
  if (only === '' && runs >= 3) await writeFile(join(project, 'test', 'bench', 'RESULTS.md'), `${page}\n`);
  console.log(`\n${page}`);
});
process.exit();

/** One window, or more where one had to be given up, and each kind of answer once in each chat. */
async function benchRun(windows: Windows, figures: Figures, run: number): Promise<void> {
  await using _closing = windows;
  const ask = async (chat: TimedChat, { name, answer }: Case): Promise<void> => {
    const seen = await windows.attempt(name, (window) => window.ask(chat, answer));
    if (!seen) return;
    figures.add(name, chat.name, seen);
    const complete = seen.lastByteToComplete;
    console.log(
      `  ${name}, ${chat.name}: ${complete === Infinity ? '> 60 s' : `${complete.toFixed(0)} ms to complete`}`,
    );
    if (complete === Infinity) await windows.giveUp();
  };
  // Who comes first changes from run to run.
  const order = run % 2 === 0 ? [askance, builtIn] : [builtIn, askance];
  for (const item of [firstQuestion, ...chosen]) {
    for (const chat of item.sideBySide ? order : [askance]) await ask(chat, item);
  }
  if (only !== '') return;
  figures.openings.push(...((await windows.attempt('200 messages', (window) => window.openings(turns, 3))) ?? []));
  const scrolling = await windows.attempt('scrolling', (window) => window.scrolling(turns, lines / turns));
  if (scrolling) figures.scrollings.push(scrolling);
  const heap = await windows.attempt('memory', (window) => window.heapOfAnswers(longAnswers));
  if (heap !== undefined) figures.heaps.push(heap);
  const edit = await windows.attempt('long edit', (window) => window.longEdit(lines));
  if (edit) figures.edits.push(edit);
  const activation = await windows.attempt('activate()', (window) => window.activation());
  if (activation) figures.activations.push(activation);
}

/** What `decode.ts` says, in a process of its own. */
async function decoding(): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--expose-gc',
    join(project, 'test/bench/decode.ts'),
  ]);
  return stdout;
}

async function sizeRows(size: number): Promise<readonly string[]> {
  const files = [...(await builtSizes()), ['the package', size] as const];
  return files.map(([what, bytes]) => `| ${what} | ${(bytes / 1000).toFixed(1)} |`);
}

function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 1000)} s`;
}
