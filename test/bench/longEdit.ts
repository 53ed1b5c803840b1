import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Window } from '../workbench/window.ts';
import type { BenchEndpoint } from './endpoint.ts';
import { endFrames, watched, watchFrames, type FrameGaps } from './watch.ts';

/** What a user would have noticed of a long replacement. */
export interface LongEdit extends FrameGaps {
  /** Milliseconds from the last byte to Keep and Undo. */
  readonly lastByteToReview: number;
}

const key = 'F9';

/** In a language that no language server marks errors in: what is measured is the editor and Askance. */
const file = 'long.py';

/** The key binding with which a replacement is asked for. */
export function editKey(instruction: string): object {
  return { key, command: 'askance.replaceSelection', args: { instruction } };
}

/** Replaces every line of a new file, which is written as fast as a line in 5 ms, and undoes it. */
export async function longEdit(window: Window, endpoint: BenchEndpoint, lines: number): Promise<LongEdit> {
  const { page, workspace } = window;
  const lens = (name: string) => page.locator('.codelens-decoration a', { hasText: name }).first();
  await writeFile(join(workspace, file), code(lines, 'before'));
  await window.openFile(file);
  await window.goToLine(lines);
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+ControlOrMeta+Home');
  await page.getByRole('button', { name: /selected\)$/ }).waitFor();
  const text = `\`\`\`python\n${code(lines, 'after')}\`\`\``;
  const answered = endpoint.answerWith({
    text,
    charactersPerDelta: Math.ceil(text.length / lines),
    deltasPerSecond: 200,
  });
  await page.evaluate(watchFrames);
  await page.keyboard.press(key);
  const { lastByte } = await answered;
  await lens('Keep').waitFor();
  const lastByteToReview = Date.now() - lastByte;
  await page.evaluate(endFrames);
  const gaps = await page.evaluate<FrameGaps>(watched);
  await lens('Undo').click();
  await lens('Keep').waitFor({ state: 'detached' });
  return { ...gaps, lastByteToReview };
}

function code(lines: number, word: string): string {
  return Array.from({ length: lines }, (_, index) => `value${index} = step(${index}, '${word}')\n`).join('');
}
