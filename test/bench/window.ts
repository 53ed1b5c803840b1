import type { Frame } from 'playwright-core';
import { Window } from '../workbench/window.ts';
import type { BenchEndpoint, Timed } from './endpoint.ts';

/** What a user would have noticed of one answer. Times in milliseconds. */
export interface Seen {
  readonly enterToRequest: number;
  /** Size of the request's body without the question. */
  readonly overheadBytes: number;
  readonly firstByteToText: number;
  readonly lastByteToComplete: number;
  /** Gaps between animation frames of more than 50 ms, from the first text to completeness. */
  readonly longFrames: number;
  readonly longFramesSum: number;
}

/** What the page saw, in milliseconds since 1970. */
interface Watched {
  readonly enter: number;
  readonly firstText: number;
  readonly complete: number;
  readonly longFrames: number;
  readonly longFramesSum: number;
}

const question = 'Time this.';

/** A window of VS Code whose chat is timed. */
export class BenchWindow implements AsyncDisposable {
  readonly #window: Window;
  readonly #endpoint: BenchEndpoint;

  private constructor(window: Window, endpoint: BenchEndpoint) {
    this.#window = window;
    this.#endpoint = endpoint;
  }

  static async open(baseUrl: string, endpoint: BenchEndpoint): Promise<BenchWindow> {
    const settings = { 'askance.profiles': [{ name: 'bench', baseUrl, model: 'bench' }] };
    const window = await Window.open({ settings });
    await window.page.getByRole('tab', { name: 'Askance' }).waitFor();
    await window.runCommand('Askance: Focus chat');
    await window.question.waitFor();
    return new BenchWindow(window, endpoint);
  }

  /** Asks in a new chat and watches the answer to its end. */
  async ask(answer: Timed): Promise<Seen> {
    const { page, question: input } = this.#window;
    await this.#window.runCommand('Askance: New chat');
    await input.fill(question);
    const answered = this.#endpoint.answerWith({ ...answer, text: `${answer.text}\n\nTheveryend.` });
    const frame = await this.#chatFrame();
    const watching = frame.evaluate<Watched>(watchAnswer);
    await input.press('Enter');
    const [moments, watched] = await Promise.all([answered, watching]);
    await page.bringToFront();
    return {
      enterToRequest: moments.request - watched.enter,
      overheadBytes: moments.requestBytes - question.length,
      firstByteToText: watched.firstText - moments.firstByte,
      lastByteToComplete: watched.complete - moments.lastByte,
      longFrames: watched.longFrames,
      longFramesSum: watched.longFramesSum,
    };
  }

  /** Milliseconds of activate(), from VS Code's list of running extensions, which stays open. */
  async activationTime(): Promise<number> {
    const { page } = this.#window;
    await this.#window.runCommand('Developer: Show Running Extensions');
    const row = page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'Askance' });
    const text = await row.locator('.activation-time').innerText();
    return Number(/(\d+)\s*ms/.exec(text)?.[1] ?? Number.NaN);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#window[Symbol.asyncDispose]();
  }

  async #chatFrame(): Promise<Frame> {
    const handle = await this.#window.question.elementHandle();
    const frame = await handle?.ownerFrame();
    if (!frame) throw new Error('The chat has no page.');
    return frame;
  }
}

/** Runs in the page: an expression whose promise resolves when the answer's last word is on the screen. */
const watchAnswer = `new Promise((resolve) => {
  const now = () => performance.timeOrigin + performance.now();
  const seen = { enter: 0, firstText: 0, complete: 0, longFrames: 0, longFramesSum: 0 };
  document.addEventListener('keydown', () => { seen.enter ||= now(); }, { capture: true, once: true });
  let last = 0;
  const frame = () => {
    const at = now();
    const turn = document.querySelector('[data-turn]:last-of-type') ?? document.body;
    const text = turn.textContent;
    if (!seen.firstText && seen.enter && text.includes('Part 1')) { seen.firstText = at; last = at; }
    if (seen.firstText) {
      if (at - last > 50) { seen.longFrames += 1; seen.longFramesSum += at - last; }
      last = at;
      if (text.endsWith('Theveryend.') || text.slice(-400).includes('Theveryend.')) { seen.complete = at; resolve(seen); return; }
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})`;
