import { readFile } from 'node:fs/promises';
import { parseJson } from '../../shared/json.ts';
import { fileStamp } from './atomicFile.ts';
import { Coalesced } from './debouncedWriter.ts';
import type { Conversation } from '../conversation.ts';
import { readRecord } from './record.ts';

export interface StoredConversationHost {
  /** The file was damaged by someone else, and is about to be written anew. */
  setAside(path: string): Promise<void>;
  /** Another window had written more into the file, which the conversation has taken up. */
  onMerge(conversation: Conversation): void;
  onError(error: unknown): void;
  onWritten(): void;
}

/** Keeps one conversation's file as the conversation is. */
export class StoredConversation {
  readonly #path: string;
  readonly #conversation: Conversation;
  readonly #host: StoredConversationHost;
  readonly #writes: Coalesced;
  /** The state of the file that the conversation knows. */
  #stamp: string | undefined;

  /** @param stamp Of the file from which the conversation was read; absent: there was none. */
  constructor(path: string, conversation: Conversation, stamp: string | undefined, host: StoredConversationHost) {
    this.#path = path;
    this.#conversation = conversation;
    this.#stamp = stamp;
    this.#host = host;
    this.#writes = new Coalesced(
      () => this.#write(),
      (error) => host.onError(error),
    );
  }

  /** The conversation has changed. */
  change(): void {
    this.#writes.change();
  }

  /** Writes what is not written yet. Never rejects: errors go to the host. */
  flush(): Promise<void> {
    return this.#writes.flush();
  }

  /** Writes nothing of what changed until now. */
  forget(): Promise<void> {
    return this.#writes.forget();
  }

  async #write(): Promise<void> {
    const { withLock } = await import('./fileLock.ts');
    await withLock(this.#path, async (write) => {
      const merged = await this.#takeUp();
      await write(conversationText(this.#conversation));
      this.#stamp = await fileStamp(this.#path);
      this.#host.onWritten();
      if (merged) this.#host.onMerge(this.#conversation);
    });
  }

  /** Takes up what another window wrote since. */
  async #takeUp(): Promise<boolean> {
    const stamp = await fileStamp(this.#path);
    if (stamp === undefined || stamp === this.#stamp) return false;
    const read = readRecord(parseJson(await readFile(this.#path, 'utf8')));
    switch (read.kind) {
      case 'record':
        this.#conversation.merge(read.record);
        return true;
      case 'damaged':
        await this.#host.setAside(this.#path);
        return false;
      case 'newer':
        throw new Error('A later version of Askance has written this conversation.');
      default:
        return read satisfies never;
    }
  }
}

/** A turn's text is kept as long as its answer is the same, so that a long conversation costs no more than its last turn. */
const turnTexts = new WeakMap<object, { readonly turn: string; readonly text: string }>();

/** The text of a conversation's file: JSON for people to read. */
export function conversationText(conversation: Conversation): string {
  const { turns, ...rest } = conversation.record;
  const texts = turns.map((turn) => {
    const identity = `${turn.id} ${turn.parent}`;
    const known = turnTexts.get(turn.answer);
    if (known?.turn === identity) return known.text;
    const text = `    ${JSON.stringify(turn, undefined, 2).replaceAll('\n', '\n    ')}`;
    turnTexts.set(turn.answer, { turn: identity, text });
    return text;
  });
  const head = JSON.stringify(rest, undefined, 2).slice(0, -2);
  return `${head},\n  "turns": [${texts.length === 0 ? '' : `\n${texts.join(',\n')}\n  `}]\n}\n`;
}
