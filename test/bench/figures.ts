import type { LongEdit } from './longEdit.ts';
import type { Opening, Scrolling } from './watch.ts';
import type { Activation, Seen } from './benchWindow.ts';
import type { Row } from './results.ts';

/** All that was measured so far. */
export class Figures {
  readonly #seen = new Map<string, Map<string, Seen[]>>();
  readonly activations: Activation[] = [];
  /** Of a long conversation. */
  readonly openings: Opening[] = [];
  readonly scrollings: Scrolling[] = [];
  /** Bytes that the page holds after long answers. */
  readonly heaps: number[] = [];
  readonly edits: LongEdit[] = [];

  add(answer: string, chat: string, seen: Seen): void {
    const ofAnswer = this.#seen.get(answer) ?? new Map<string, Seen[]>();
    this.#seen.set(answer, ofAnswer);
    ofAnswer.set(chat, [...(ofAnswer.get(chat) ?? []), seen]);
  }

  /** By answer, then by chat, in the order of their first figures. */
  get rows(): readonly Row[] {
    return [...this.#seen].flatMap(([answer, chats]) => [...chats].map(([chat, seen]) => ({ answer, chat, seen })));
  }
}
