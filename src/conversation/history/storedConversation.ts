import { DebouncedWriter } from './debouncedWriter.ts';
import type { Conversation } from '../conversation.ts';

export interface StoredConversationHost {
  /** Called and awaited before a damaged file would be overwritten: move the file away. */
  onDamaged(path: string): Promise<void> | void;
  /** Another window's changes were read from the file and merged into the conversation. */
  onMerge(conversation: Conversation): void;
  onError(error: unknown): void;
  onWritten(): void;
}

/** Keeps a conversation's file up to date. */
export class StoredConversation {
  readonly #path: string;
  readonly #conversation: Conversation;
  readonly #host: StoredConversationHost;
  readonly #writes: DebouncedWriter;
  /** Stamp of the file state that the conversation includes. */
  #stamp: string | undefined;

  /** @param stamp Of the file from which the conversation was read; undefined if there was none. */
  constructor(path: string, conversation: Conversation, stamp: string | undefined, host: StoredConversationHost) {
    this.#path = path;
    this.#conversation = conversation;
    this.#stamp = stamp;
    this.#host = host;
    this.#writes = new DebouncedWriter(
      () => this.#write(),
      (error) => host.onError(error),
    );
  }

  /** Call after each change of the conversation. */
  change(): void {
    this.#writes.change();
  }

  /** Writes pending changes. Never rejects: errors go to the host. */
  flush(): Promise<void> {
    return this.#writes.flush();
  }

  /** Discards pending changes. */
  forget(): Promise<void> {
    return this.#writes.forget();
  }

  async #write(): Promise<void> {
    const { writeConversation } = await import('./writeConversation.ts');
    const { stamp, merged } = await writeConversation(this.#path, this.#conversation, this.#stamp, (path) =>
      this.#host.onDamaged(path),
    );
    this.#stamp = stamp;
    this.#host.onWritten();
    if (merged) this.#host.onMerge(this.#conversation);
  }
}
