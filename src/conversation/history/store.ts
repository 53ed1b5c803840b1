import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { asObject, parseJson } from '../../shared/json.ts';
import { fileStamp, isMissing, makeFolder, readNow, renameFile, writeAtomically } from './atomicFile.ts';
import { Conversation } from '../conversation.ts';
import { isConversationId, readRecord, type ConversationRecord, type ReadRecord } from './record.ts';
import { conversationText, StoredConversation } from './storedConversation.ts';
import { readSummary, searchText, summaryOf, type Summary } from './summary.ts';

export interface StoreHost {
  /** Files that could not be read were set aside under these paths. */
  onDamaged(paths: readonly string[]): void;
  /** Another window had written more into an open conversation, which has taken it up. */
  onMerge(conversation: Conversation): void;
  /** A conversation cannot be written; told once until it can. */
  onError(error: unknown): void;
}

/** Files read at a time. */
const atOnce = 32;
/** Milliseconds for which a deleted conversation can be brought back after a window was closed without asking. */
const keptDeleted = 24 * 60 * 60 * 1000;

/**
 * The history: one file for each conversation. The files are the truth; the index beside them spares reading them all
 * and is made anew from them wherever it is not up to date, so that several windows may use one history.
 */
export class ConversationStore {
  readonly #folder: string;
  readonly #host: StoreHost;
  readonly #open = new Map<string, StoredConversation>();
  #failing = false;

  /** @param folder Is made when something is to be written. */
  constructor(folder: string, host: StoreHost) {
    this.#folder = folder;
    this.#host = host;
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

  /** Resolves when everything is written. */
  async flush(): Promise<void> {
    await Promise.all(Array.from(this.#open.values(), (stored) => stored.flush()));
  }

  /** Opens a conversation for changes; absent: it is not there, or cannot be read, which the host is told. */
  async load(id: string): Promise<Conversation | undefined> {
    await this.close(id);
    const stamp = await fileStamp(this.#path(id));
    const record = await this.#read(id);
    if (record === undefined) return undefined;
    return this.#opened(record, stamp);
  }

  /** The same without a break, for what a window shows first. */
  loadNow(id: string): Conversation | undefined {
    if (!isConversationId(id)) return undefined;
    const file = readNow(this.#path(id));
    if (!file) return undefined;
    const read = readRecord(parseJson(file.text));
    if (read.kind === 'damaged') void this.#setAside(this.#path(id));
    return read.kind === 'record' ? this.#opened({ ...read.record, id }, file.stamp) : undefined;
  }

  /** All conversations, newest first. */
  async list(): Promise<readonly Summary[]> {
    const names = await this.#names();
    const index = await this.#readIndex();
    const entries = new Map<string, IndexEntry>();
    const damaged: string[] = [];
    let changed = index.size !== names.length;
    await forEach(names, async (id) => {
      const stamp = await fileStamp(this.#path(id));
      if (stamp === undefined) return;
      const known = index.get(id);
      if (known?.stamp === stamp) {
        entries.set(id, known);
        return;
      }
      changed = true;
      // One that this user may not read, or that is locked just now, hides none of the others.
      const read = await this.#readFile(id).catch(() => undefined);
      if (read?.kind === 'record') entries.set(id, { stamp, summary: summaryOf(read.record) });
      if (read?.kind === 'damaged') damaged.push(await this.#moveAside(this.#path(id)));
    });
    if (damaged.length > 0) this.#host.onDamaged(damaged);
    if (changed) await this.#writeIndex(entries);
    return Array.from(entries.values(), ({ summary }) => summary).toSorted((a, b) => b.asked - a.asked);
  }

  /** The texts of these conversations for a search. */
  async searchTexts(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const texts = new Map<string, string>();
    await forEach(ids, async (id) => {
      const read = await this.#readFile(id).catch(() => undefined);
      if (read?.kind === 'record') texts.set(id, searchText(read.record));
    });
    return texts;
  }

  /** Changes a conversation that is not open. */
  async change(id: string, change: (conversation: Conversation) => void): Promise<void> {
    const { withLock } = await import('./fileLock.ts');
    await withLock(this.#path(id), async (write) => {
      const record = await this.#read(id);
      if (!record) return;
      const conversation = new Conversation(record);
      change(conversation);
      await write(conversationText(conversation));
    });
  }

  /** What stands in a conversation's file. */
  async record(id: string): Promise<ConversationRecord | undefined> {
    await this.#open.get(id)?.flush();
    return this.#read(id);
  }

  /** Takes in a conversation from elsewhere; one that is here already takes up what is new in it. */
  async import(record: ConversationRecord): Promise<void> {
    const path = this.#path(record.id);
    const open = this.#open.get(record.id);
    await open?.flush();
    const { withLock } = await import('./fileLock.ts');
    await withLock(path, async (write) => {
      const present = await this.#read(record.id);
      const conversation = new Conversation(present ?? record);
      if (present) conversation.merge(record);
      await write(conversationText(conversation));
    });
    // One that is open takes up what stands in its file now.
    open?.change();
    await open?.flush();
  }

  /** Deletes a conversation, so that it can be brought back. */
  async remove(id: string): Promise<Deleted> {
    const stored = this.#open.get(id);
    this.#open.delete(id);
    await stored?.flush();
    await stored?.forget();
    const kept = join(this.#deleted, `${id}.json`);
    await makeFolder(this.#deleted);
    await renameFile(this.#path(id), kept).catch(ignoreMissing);
    return {
      undo: () => renameFile(kept, this.#path(id)).catch(ignoreMissing),
      finish: () => rm(kept, { force: true }),
    };
  }

  /** Makes final what was deleted in windows that were closed since. */
  async purge(now: number): Promise<void> {
    const names = await readdir(this.#deleted).catch(() => []);
    for (const name of names) {
      const path = join(this.#deleted, name);
      const { ctimeMs } = await stat(path);
      if (now - ctimeMs > keptDeleted) await rm(path, { force: true });
    }
  }

  get #deleted(): string {
    return join(this.#folder, 'deleted');
  }

  get #index(): string {
    return join(this.#folder, 'index', 'index.json');
  }

  #path(id: string): string {
    return join(this.#folder, `${id}.json`);
  }

  #opened(record: ConversationRecord, stamp: string | undefined): Conversation {
    const conversation = new Conversation(record);
    this.#stored(conversation, stamp);
    return conversation;
  }

  #stored(conversation: Conversation, stamp: string | undefined): StoredConversation {
    const { id } = conversation;
    const present = this.#open.get(id);
    if (present) return present;
    const stored = new StoredConversation(this.#path(id), conversation, stamp, {
      setAside: (path) => this.#setAside(path),
      onMerge: (merged) => this.#host.onMerge(merged),
      onError: (error) => this.#fail(error),
      onWritten: () => (this.#failing = false),
    });
    this.#open.set(id, stored);
    return stored;
  }

  #fail(error: unknown): void {
    if (!this.#failing) this.#host.onError(error);
    this.#failing = true;
  }

  async #names(): Promise<readonly string[]> {
    const names = await readdir(this.#folder).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
    return names
      .filter((name) => name.endsWith('.json'))
      .map((name) => basename(name, '.json'))
      .filter(isConversationId);
  }

  /** Absent: it is gone, or it cannot be read. A damaged one is set aside. */
  async #read(id: string): Promise<ConversationRecord | undefined> {
    const read = await this.#readFile(id);
    if (read?.kind === 'damaged') await this.#setAside(this.#path(id));
    return read?.kind === 'record' ? read.record : undefined;
  }

  /** The file's name is the id, so that a copied file is a conversation of its own. */
  async #readFile(id: string): Promise<ReadRecord | undefined> {
    if (!isConversationId(id)) return undefined;
    try {
      const read = readRecord(parseJson(await readFile(this.#path(id), 'utf8')));
      return read.kind === 'record' ? { ...read, record: { ...read.record, id } } : read;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async #setAside(path: string): Promise<void> {
    this.#host.onDamaged([await this.#moveAside(path)]);
  }

  /** @returns where the file is now. */
  async #moveAside(path: string): Promise<string> {
    const folder = join(this.#folder, 'damaged');
    await makeFolder(folder);
    const aside = join(folder, `${Date.now()}-${basename(path)}`);
    await renameFile(path, aside);
    return aside;
  }

  async #readIndex(): Promise<ReadonlyMap<string, IndexEntry>> {
    const text = await readFile(this.#index, 'utf8').catch(() => '');
    const entries = new Map<string, IndexEntry>();
    for (const [id, value] of Object.entries(asObject(parseJson(text)) ?? {})) {
      const entry = asObject(value);
      const summary = readSummary(entry?.['summary']);
      const stamp = entry?.['stamp'];
      if (summary && typeof stamp === 'string') entries.set(id, { stamp, summary });
    }
    return entries;
  }

  /** It spares time and nothing else, so that it may fail. */
  async #writeIndex(entries: ReadonlyMap<string, IndexEntry>): Promise<void> {
    await writeAtomically(this.#index, JSON.stringify(Object.fromEntries(entries))).catch(() => undefined);
  }
}

/** A conversation that was deleted a moment ago. */
export interface Deleted {
  /** Brings it back. */
  readonly undo: () => Promise<void>;
  /** Makes it final. */
  readonly finish: () => Promise<void>;
}

interface IndexEntry {
  readonly stamp: string;
  readonly summary: Summary;
}

async function forEach<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const worker = async (): Promise<void> => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

function ignoreMissing(error: unknown): void {
  if (!isMissing(error)) throw error;
}
