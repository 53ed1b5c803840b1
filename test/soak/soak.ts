// `npm run soak`: 500 questions and 200 edits in one window (`--questions 50 --edits 20` for less). Prints what the
// extension host and the page hold after each fifth part of a hundred, and by how much it grows from question to question; more than 5 KB a question, or
// any socket, signal or timer a question, fails.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { CDPSession } from 'playwright-core';
import { Complaint, main } from '../workbench/complaint.ts';
import { installFromSource } from '../workbench/userSettings.ts';
import { buildExtension } from '../workbench/script.ts';
import { Window } from '../workbench/window.ts';
import { ExtensionHost, type HostState } from '../workbench/extensionHost.ts';

/** Bytes a question by which memory may grow. */
const allowed = 5000;
/** Questions after which a new conversation is begun. */
const conversation = 20;
/** Questions between two looks. */
const step = 20;

interface Sample extends HostState {
  readonly question: number;
  /** Bytes. */
  readonly page: number;
  readonly listeners: number;
  readonly nodes: number;
  /** Milliseconds from Enter to the end of the answer, mean since the sample before. */
  readonly time: number;
}

await main(async () => {
  const { values } = parseArgs({
    options: { questions: { type: 'string', default: '500' }, edits: { type: 'string', default: '200' } },
  });
  const [questions, edits] = [Number(values.questions), Number(values.edits)];
  await buildExtension();
  await using window = await Window.open({ demo: { pace: { deltasPerSecond: Infinity } }, install });
  await window.openFile('wrap.py');
  await window.runCommand('Askance: Focus chat');
  await window.question.waitFor();
  const session = await window.page.context().newCDPSession(window.page);
  await session.send('Performance.enable');
  using meter = await ExtensionHost.of(await window.extensionHost());
  const samples: Sample[] = [];
  let time = 0;
  for (let question = 1; question <= questions; question += 1) {
    if (question % conversation === 0) await newChat(window);
    const start = performance.now();
    await ask(window, question);
    time += performance.now() - start;
    if ((question * edits) % questions < edits) await edit(window, question);
    if (question % step > 0) continue;
    samples.push({ question, time: time / step, ...(await meter.read()), ...(await pageState(session)) });
    console.log(shown(samples.at(-1)!));
    time = 0;
  }
  const later = samples.filter(({ question }) => question > questions / 5);
  const grow = (of: (sample: Sample) => number): number => slope(later.map((sample) => [sample.question, of(sample)]));
  const memory = grow(({ heap, page }) => heap + page);
  const objects = grow(({ sockets, signals, timers }) => sockets + signals + timers);
  const listeners = grow((sample) => sample.listeners);
  console.log(
    `A question adds ${memory.toFixed(0)} bytes (host ${grow(({ heap }) => heap).toFixed(0)}, page ${grow(({ page }) => page).toFixed(0)}), ` +
      `${objects.toFixed(3)} sockets, signals and timers, ${listeners.toFixed(3)} listeners of the page, ${grow((sample) => sample.time).toFixed(2)} ms.`,
  );
  if (memory > allowed || objects > 0.1 || listeners > 0.1)
    throw new Complaint('Something grows from question to question.');
});
process.exit();

async function newChat(window: Window): Promise<void> {
  await window.runCommand('Askance: New chat');
  await window.chat.getByRole('article', { name: 'Answer' }).first().waitFor({ state: 'detached' });
}

async function ask(window: Window, question: number): Promise<void> {
  const answers = window.chat.getByRole('article', { name: 'Answer' });
  const before = await answers.count();
  window.demo.reset();
  await window.ask(`Question ${question}: what does \`wrap\` do?`);
  await answers.nth(before).and(window.chat.locator('[aria-busy="false"]')).waitFor();
}

/** Replaces a comment by another, with a key of its own, and keeps it. */
async function edit(window: Window, number: number): Promise<void> {
  await window.openFile('wrap.py');
  await window.selectLines(1, 1);
  window.demo.enqueue({ kind: 'text', text: `\`\`\`python\n"""Edit ${number}."""\n\`\`\`` });
  await window.page.keyboard.press('F9');
  try {
    await window.editor.getByText(`Edit ${number}.`).waitFor();
  } catch (error) {
    await window.screenshot('failed-soak');
    throw error;
  }
}

/** The key stands there before VS Code starts: it may not notice a file that is written later. */
async function install(dataDir: string): Promise<void> {
  await installFromSource(dataDir);
  const binding = { key: 'f9', command: 'askance.replaceSelection', args: { instruction: 'Change it.', keep: true } };
  await writeFile(join(dataDir, 'User', 'keybindings.json'), JSON.stringify([binding]));
}

async function pageState(session: CDPSession): Promise<Pick<Sample, 'page' | 'listeners' | 'nodes'>> {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const value = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return { page: value('JSHeapUsedSize'), listeners: value('JSEventListeners'), nodes: value('Nodes') };
}

/** Of the straight line that is nearest to the points, by least squares. */
function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (of: (point: readonly [number, number]) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean(([each]) => each), mean(([, each]) => each)];
  return mean(([px, py]) => (px - x) * (py - y)) / mean(([px]) => (px - x) ** 2);
}

function shown(sample: Sample): string {
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;
  const { question, heap, page, sockets, signals, timers, listeners, nodes, time } = sample;
  return `${question}: host ${megabytes(heap)}, page ${megabytes(page)}, ${sockets} sockets, ${signals} signals, ${timers} timers, ${listeners} listeners, ${nodes} nodes, ${time.toFixed(0)} ms a question`;
}
