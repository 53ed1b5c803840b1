import type { Window } from '../workbench/window.ts';
import { codeAnswer } from './cases.ts';
import type { BenchEndpoint, Timed } from './endpoint.ts';
import type { PageMeter } from './pageCost.ts';
import { askance } from './timedChats.ts';
import { watched, watchScrolling, type Scrolling } from './watch.ts';

/** Asks the question so often in a new chat, and gets the same answer each time. */
export async function fillChat(
  window: Window,
  endpoint: BenchEndpoint,
  { question, turns, answer }: { question: string; turns: number; answer: Timed },
): Promise<void> {
  const { chat, question: input } = window;
  await askance.prepare(window, question);
  for (let turn = 0; turn < turns; turn += 1) {
    const answered = endpoint.answerWith(answer);
    await input.fill(question);
    await input.press('Enter');
    await answered;
    await chat.locator(`${askance.answers}[aria-busy="false"]`).nth(turn).waitFor();
  }
}

/** What a user would have noticed of scrolling through so many questions, each answered with so many lines of code. */
export async function scrollChat(
  window: Window,
  endpoint: BenchEndpoint,
  question: string,
  turns: number,
  lines: number,
): Promise<Scrolling> {
  await fillChat(window, endpoint, { question, turns, answer: codeAnswer(lines) });
  await window.page.evaluate(watchScrolling(askance));
  return window.page.evaluate<Scrolling>(watched);
}

/** Bytes that the page holds after so many answers more than with none. */
export async function heapOfAnswers(
  window: Window,
  endpoint: BenchEndpoint,
  meter: PageMeter,
  question: string,
  turns: number,
  answer: Timed,
): Promise<number> {
  await askance.prepare(window, question);
  const { heap } = await meter.read();
  await fillChat(window, endpoint, { question, turns, answer });
  return (await meter.read()).heap - heap;
}
