import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installFromSource } from '../workbench/userSettings.ts';
import { Window } from '../workbench/window.ts';
import { lastWord, longAnswer, shortAnswer } from './cases.ts';
import type { BenchEndpoint, Moments, Timed } from './endpoint.ts';
import { fillChat, heapOfAnswers, scrollChat } from './longChat.ts';
import { editKey, longEdit, type LongEdit } from './longEdit.ts';
import { PageMeter } from './pageCost.ts';
import { askance, type TimedChat } from './timedChats.ts';
import {
  watchAnswer,
  watched as watchedByPage,
  watchOpening,
  type Opening,
  type Scrolling,
  type Watched,
} from './watch.ts';

/** What a user would have noticed of one answer. Times in milliseconds; infinite where the time limit came first. */
export interface Seen {
  readonly enterToRequest: number;
  /** Size of the request's body without the question. */
  readonly overheadBytes: number;
  readonly firstByteToText: number;
  readonly lastByteToComplete: number;
  readonly longFrames: number;
  readonly longFramesSum: number;
  /** Seconds of the page's main thread. */
  readonly script: number;
  readonly task: number;
  /** Bytes that the page holds more than before. */
  readonly heap: number;
}

/** What waking Askance up takes, in milliseconds. */
export interface Activation {
  /** Loading its code. */
  readonly load: number;
  /** `activate()`. */
  readonly activate: number;
}

export const question = 'Time this.';

/** Milliseconds from Enter after which a run ends. */
export const runLimit = 60_000;

/** Milliseconds in which the page must say something of itself, or it is given up. */
const patience = 20_000;

/** A window of VS Code with Askance and the built-in chat, both set to the same endpoint. */
export class BenchWindow implements AsyncDisposable {
  readonly #window: Window;
  readonly #endpoint: BenchEndpoint;
  readonly #meter: PageMeter;

  private constructor(window: Window, endpoint: BenchEndpoint, meter: PageMeter) {
    this.#window = window;
    this.#endpoint = endpoint;
    this.#meter = meter;
  }

  static async open(baseUrl: string, endpoint: BenchEndpoint): Promise<BenchWindow> {
    const settings = {
      'askance.connections': [{ name: 'bench', baseUrl, model: 'bench' }],
      'chat.disableAIFeatures': false,
    };
    const install = async (dataDir: string): Promise<void> => {
      await installFromSource(dataDir);
      await setUpBuiltInChat(dataDir, baseUrl);
      await writeFile(join(dataDir, 'User', 'keybindings.json'), JSON.stringify([editKey(question)]));
    };
    const window = await Window.open({ settings, install });
    await window.page.evaluate(enableBuiltInChat);
    await window.reload();
    return new BenchWindow(window, endpoint, await PageMeter.of(window.page));
  }

  /** Asks in a new chat and watches the answer to its end, or to the time limit. */
  async ask(chat: TimedChat, answer: Timed): Promise<Seen> {
    const { page } = this.#window;
    await chat.prepare(this.#window, question);
    const before = await this.#meter.read();
    const answered = this.#endpoint.answerWith(answer);
    await page.evaluate(watchAnswer(chat, lastWord, runLimit));
    await page.keyboard.press('Enter');
    const watched = await within(runLimit + patience, page.evaluate<Watched>(watchedByPage));
    if (watched?.complete) {
      const moments = await answered;
      const after = await this.#meter.read();
      return {
        ...seenOf(moments, watched),
        lastByteToComplete: watched.complete - moments.lastByte,
        script: after.script - before.script,
        task: after.task - before.task,
        heap: after.heap - before.heap,
      };
    }
    const nothing = { script: Number.NaN, task: Number.NaN, heap: Number.NaN };
    const moments = await within(0, answered);
    if (!moments || !watched) return { ...unseen, ...nothing };
    return { ...seenOf(moments, watched), lastByteToComplete: Infinity, ...nothing };
  }

  /** Fills Askance's chat with so many questions and answers, and opens it again and again: milliseconds of each time. */
  async openings(turns: number, times: number): Promise<readonly Opening[]> {
    const { page } = this.#window;
    await fillChat(this.#window, this.#endpoint, { question, turns, answer: shortAnswer });
    const bar = page.locator('.activitybar');
    const opened: Opening[] = [];
    for (let time = 0; time < times; time += 1) {
      await bar.getByRole('tab', { name: /^Explorer/ }).click();
      await page.getByRole('treeitem').first().waitFor();
      await page.evaluate(watchOpening(askance, turns, lastWord));
      await bar.getByRole('tab', { name: 'Askance' }).click();
      const never = { seen: Infinity, whole: Infinity };
      opened.push((await within(runLimit, page.evaluate<Opening>(watchedByPage))) ?? never);
    }
    return opened;
  }

  /** Fills Askance's chat with so many questions, each answered with so many lines of code, and scrolls through it. */
  scrolling(turns: number, linesEach: number): Promise<Scrolling> {
    return scrollChat(this.#window, this.#endpoint, question, turns, linesEach);
  }

  /** Bytes that the page holds after so many long answers more than with none. */
  heapOfAnswers(turns: number): Promise<number> {
    return heapOfAnswers(this.#window, this.#endpoint, this.#meter, question, turns, longAnswer);
  }

  /** Replaces so many lines of a file. */
  longEdit(lines: number): Promise<LongEdit> {
    return longEdit(this.#window, this.#endpoint, lines);
  }

  /** From VS Code's own report on its start. */
  async activation(): Promise<Activation> {
    const { page, editor } = this.#window;
    await this.#window.runCommand('Developer: Startup Performance');
    await editor.getByText('System Info').waitFor();
    // VS Code writes the report in parts, and the extensions come late: what is selected meanwhile is gone again.
    for (let time = 0; time < 40; time += 1) {
      await editor.click();
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.press('ControlOrMeta+C');
      // | extension | eager | load code | call activate | finish activate | event | by |
      const row = /^\|\s*askance\.askance\s*\|[^|]*\|\s*(\d+)[^|]*\|\s*(\d+)[^|]*\|/m.exec(
        await this.#window.clipboard(),
      );
      if (row) return { load: Number(row[1]), activate: Number(row[2]) };
      await page.waitForTimeout(500);
    }
    throw new Error("VS Code's report says nothing of Askance.");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#window[Symbol.asyncDispose]();
  }
}

const unseen = {
  enterToRequest: Infinity,
  overheadBytes: Number.NaN,
  firstByteToText: Infinity,
  lastByteToComplete: Infinity,
  longFrames: Number.NaN,
  longFramesSum: Number.NaN,
};

function seenOf(moments: Moments, watched: Watched): Omit<Seen, 'lastByteToComplete' | 'script' | 'task' | 'heap'> {
  return {
    enterToRequest: moments.request - watched.enter,
    overheadBytes: moments.requestBytes - question.length,
    firstByteToText: watched.firstText ? watched.firstText - moments.firstByte : Infinity,
    longFrames: watched.longFrames,
    longFramesSum: watched.longFramesSum,
  };
}

/** What the promise resolves to; nothing after so many milliseconds. */
async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), milliseconds);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
    promise.catch(() => undefined);
  }
}

async function setUpBuiltInChat(dataDir: string, baseUrl: string): Promise<void> {
  const model = {
    id: 'm',
    name: 'M',
    toolCalling: true,
    vision: false,
    maxInputTokens: 100_000,
    maxOutputTokens: 8000,
  };
  const provider = {
    vendor: 'customendpoint',
    name: 'Local',
    apiType: 'chat-completions',
    apiKey: 'k',
    models: [{ ...model, url: `${baseUrl}/v1/chat/completions` }],
  };
  await mkdir(join(dataDir, 'User'), { recursive: true });
  await writeFile(join(dataDir, 'User', 'chatLanguageModels.json'), JSON.stringify([provider]));
}

/** On a fresh connection the extension behind the built-in chat is disabled; the next load of the window has it. */
const enableBuiltInChat = `new Promise((resolve, reject) => {
  const opening = indexedDB.open('vscode-web-state-db-global');
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const writing = opening.result.transaction('ItemTable', 'readwrite');
    writing.objectStore('ItemTable').put('[]', 'extensionsIdentifiers/disabled');
    writing.onerror = () => reject(writing.error);
    writing.oncomplete = () => { opening.result.close(); resolve(); };
  };
})`;
