import { fileStamp } from './atomicFile.ts';
import { Conversation } from '../conversation.ts';
import type { ConversationFolder, FoundChat } from './conversationFolder.ts';
import type { ConversationRecord } from './record.ts';
import { StoredConversation, type StoredConversationHost } from './storedConversation.ts';

/** The open conversations, each saved to its file. */
export class ConversationStore {
  readonly #folder: ConversationFolder;
  readonly #host: StoredConversationHost;
  readonly #open = new Map<string, StoredConversation>();
  #failing = false;

  /** @param host Gets an error once, until a write succeeds again. */
  constructor(folder: ConversationFolder, host: StoredConversationHost) {
    this.#folder = folder;
    this.#host = {
      onDamaged: (path) => host.onDamaged(path),
      onMerge: (conversation) => host.onMerge(conversation),
      onError: (error) => {
        if (!this.#failing) host.onError(error);
        this.#failing = true;
      },
      onWritten: () => {
        this.#failing = false;
        host.onWritten();
      },
    };
  }

  /** Saves a change within a second. */
  save(conversation: Conversation): void {
    if (conversation.isEmpty && !this.#open.has(conversation.id)) return;
    this.#stored(conversation, undefined).change();
  }

  /** Releases a conversation that won't change any more. Resolves when it is written. */
  async close(id: string): Promise<void> {
    const stored = this.#open.get(id);
    await stored?.flush();
    if (stored && this.#open.get(id) === stored) this.#open.delete(id);
  }

  /** Releases a conversation whose file is about to be deleted. */
  async forget(id: string): Promise<void> {
    const stored = this.#open.get(id);
    this.#open.delete(id);
    await stored?.flush();
    await stored?.forget();
  }

  /** Resolves when all writes are done or have failed. */
  async flush(): Promise<void> {
    await Promise.all(Array.from(this.#open.values(), (stored) => stored.flush()));
  }

  /** Merges the current file into an open conversation. */
  async reread(id: string): Promise<void> {
    const stored = this.#open.get(id);
    stored?.change();
    await stored?.flush();
  }

  /** Opens a conversation for changes; undefined if it doesn't exist or can't be read. */
  async load(id: string): Promise<Conversation | undefined> {
    await this.close(id);
    const stamp = await fileStamp(this.#folder.fileOf(id)).catch(() => undefined);
    return this.#opened(await this.#folder.read(id), id, stamp);
  }

  /** The same synchronously, for the first paint of a window. */
  loadNow(id: string): Conversation | undefined {
    const { found, stamp } = this.#folder.readNow(id);
    return this.#opened(found, id, stamp);
  }

  /** The conversation's record, once pending changes are written. */
  async record(id: string): Promise<ConversationRecord | undefined> {
    await this.#open.get(id)?.flush();
    const found = await this.#folder.read(id);
    return found.kind === 'record' ? found.record : undefined;
  }

  #opened(found: FoundChat, id: string, stamp: string | undefined): Conversation | undefined {
    if (found.kind === 'damaged') void this.#setAside(this.#folder.fileOf(id));
    if (found.kind !== 'record') return undefined;
    const conversation = new Conversation(found.record);
    this.#stored(conversation, stamp);
    return conversation;
  }

  /** A file that can't be moved stays and is listed as damaged. */
  async #setAside(path: string): Promise<void> {
    try {
      await this.#host.onDamaged(path);
    } catch {
      // The list shows it.
    }
  }

  #stored(conversation: Conversation, stamp: string | undefined): StoredConversation {
    const { id } = conversation;
    const present = this.#open.get(id);
    if (present) return present;
    const stored = new StoredConversation(this.#folder.fileOf(id), conversation, stamp, this.#host);
    this.#open.set(id, stored);
    return stored;
  }
}
