import { Coalesced } from './debouncedWriter.ts';
import type { Conversation } from '../conversation.ts';

export interface StoredConversationHost {
  /** A file is damaged. Called before it is written to, and waited for: it should be moved away. */
  onDamaged(path: string): Promise<void> | void;
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
    const { writeConversation } = await import('./writeConversation.ts');
    const { stamp, merged } = await writeConversation(this.#path, this.#conversation, this.#stamp, (path) =>
      this.#host.onDamaged(path),
    );
    this.#stamp = stamp;
    this.#host.onWritten();
    if (merged) this.#host.onMerge(this.#conversation);
  }
}
