import { fileStamp } from './atomicFile.ts';
import { Conversation } from '../conversation.ts';
import type { ConversationFolder, FoundChat } from './conversationFolder.ts';
import type { ConversationRecord } from './record.ts';
import { StoredConversation, type StoredConversationHost } from './storedConversation.ts';

/** The open conversations, each kept as its file has it. */
export class ConversationStore {
  readonly #folder: ConversationFolder;
  readonly #host: StoredConversationHost;
  readonly #open = new Map<string, StoredConversation>();
  #failing = false;

  /** @param host Hears of an error once until something is written again. */
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

  /** Notes a change; it is written within a second. */
  save(conversation: Conversation): void {
    if (conversation.isEmpty && !this.#open.has(conversation.id)) return;
    this.#stored(conversation, undefined).change();
  }

  /** Lets go of a conversation that will not change any more. Resolves when it is written. */
  async close(id: string): Promise<void> {
    const stored = this.#open.get(id);
    await stored?.flush();
    if (stored && this.#open.get(id) === stored) this.#open.delete(id);
  }

  /** Lets go of a conversation whose file is about to be deleted. */
  async forget(id: string): Promise<void> {
    const stored = this.#open.get(id);
    this.#open.delete(id);
    await stored?.flush();
    await stored?.forget();
  }

  /** Resolves when everything is written, or is known not to be. */
  async flush(): Promise<void> {
    await Promise.all(Array.from(this.#open.values(), (stored) => stored.flush()));
  }

  /** Lets an open conversation take up what its file has now. */
  async reread(id: string): Promise<void> {
    const stored = this.#open.get(id);
    stored?.change();
    await stored?.flush();
  }

  /** Opens a conversation for changes; absent: it is not there, or cannot be read. */
  async load(id: string): Promise<Conversation | undefined> {
    await this.close(id);
    const stamp = await fileStamp(this.#folder.fileOf(id)).catch(() => undefined);
    return this.#opened(await this.#folder.read(id), id, stamp);
  }

  /** The same synchronously, for what a window shows first. */
  loadNow(id: string): Conversation | undefined {
    const { found, stamp } = this.#folder.readNow(id);
    return this.#opened(found, id, stamp);
  }

  /** What is in a conversation's file when it is written. */
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

  /** One that cannot be moved away stays, and is listed as damaged. */
  async #setAside(path: string): Promise<void> {
    try {
      await this.#host.onDamaged(path);
    } catch {
      // The list says so.
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
