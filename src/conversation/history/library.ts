import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { asObject, parseJson } from '../../shared/json.ts';
import { Conversation } from '../conversation.ts';
import { fileStamp, isMissing, makeFolder, renameFile, writeAtomically } from './atomicFile.ts';
import type { ConversationFolder, FoundChat, Obstacle } from './conversationFolder.ts';
import { conversationText } from './conversationText.ts';
import { moveAside } from './damaged.ts';
import { withLock } from './fileLock.ts';
import { forEach } from './forEach.ts';
import { mergeRecords } from './merge.ts';
import { isConversationId, readRecord, type ConversationRecord } from './record.ts';
import type { ConversationStore } from './store.ts';
import { readSummary, searchText, summaryOf, type Summary } from './summary.ts';

/**
 * All chats of the history. The files are the truth; the index only saves reading them all and is rebuilt where it is
 * outdated, so several windows can share one history.
 */
export class Library {
  readonly #folder: ConversationFolder;
  readonly #store: ConversationStore;
  readonly #onDamaged: (paths: readonly string[]) => void;
  readonly #deleted = new Set<string>();

  /** @param onDamaged Gets the new paths of damaged files. */
  constructor(folder: ConversationFolder, store: ConversationStore, onDamaged: (paths: readonly string[]) => void) {
    this.#folder = folder;
    this.#store = store;
    this.#onDamaged = onDamaged;
  }

  /** All chats, newest first. An unreadable one doesn't hide the others. */
  async list(): Promise<readonly Summary[]> {
    await this.#store.flush();
    const index = await this.#readIndex();
    const read = new Map<string, IndexEntry>();
    const obstacles: Summary[] = [];
    const damaged: string[] = [];
    let changed = false;
    await forEach(await this.#ids(), async (id) => {
      const stamp = await fileStamp(this.#folder.fileOf(id)).catch(() => 'unknown');
      if (stamp === undefined) return;
      const known = index.get(id);
      if (known?.stamp === stamp) {
        read.set(id, known);
        return;
      }
      const found = await this.#folder.read(id);
      if (found.kind === 'missing') return;
      if (found.kind === 'record') {
        changed = true;
        read.set(id, { stamp, summary: summaryOf(found.record) });
        return;
      }
      const aside = found.kind === 'damaged' ? await this.#moveAside(id) : undefined;
      if (aside === undefined) obstacles.push(await this.#obstacle(id, found));
      else damaged.push(aside);
    });
    if (damaged.length > 0) this.#onDamaged(damaged);
    if (changed || index.size !== read.size) await this.#writeIndex(read);
    const summaries = [...Array.from(read.values(), ({ summary }) => summary), ...obstacles].toSorted(
      (a, b) => b.asked - a.asked,
    );
    return summaries;
  }

  /** The search texts of these chats, by id. */
  async searchTexts(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const texts = new Map<string, string>();
    await forEach(ids, async (id) => {
      const found = await this.#folder.read(id);
      if (found.kind === 'record') texts.set(id, searchText(found.record));
    });
    return texts;
  }

  /** Changes a chat in its file. */
  async change(id: string, change: (conversation: Conversation) => void): Promise<void> {
    const path = this.#folder.fileOf(id);
    await withLock(path, async (write) => {
      const found = await this.#folder.read(id);
      if (found.kind !== 'record') return;
      const conversation = new Conversation(found.record);
      change(conversation);
      await write(conversationText(conversation));
    });
  }

  /**
   * Imports a chat; an existing one is merged with it.
   * @returns why it can't be imported: the existing file is not overwritten.
   */
  async import(record: ConversationRecord): Promise<Obstacle | undefined> {
    await this.#store.reread(record.id);
    const path = this.#folder.fileOf(record.id);
    const inTheWay = await withLock(path, async (write) => {
      const present = await this.#readForImport(record.id);
      if (present.kind !== 'record' && present.kind !== 'missing') return present.kind;
      const whole = present.kind === 'record' ? mergeRecords(present.record, record) : record;
      await write(conversationText(new Conversation(whole)));
      return undefined;
    });
    await this.#store.reread(record.id);
    return inTheWay;
  }

  /** Deletes a chat and returns how to undo that. */
  async remove(id: string): Promise<Deleted> {
    await this.#store.forget(id);
    await makeFolder(this.#folder.deleted);
    await renameFile(this.#folder.fileOf(id), this.#kept(id)).catch(ignoreMissing);
    this.#deleted.add(id);
    return {
      undo: () => this.#restore(id),
      finish: () => this.#finish(id),
    };
  }

  /** Finishes this window's deletions, which nobody can undo any more. */
  async end(): Promise<void> {
    await Promise.all(Array.from(this.#deleted, (id) => this.#finish(id)));
  }

  async #restore(id: string): Promise<void> {
    this.#deleted.delete(id);
    const again = await fileStamp(this.#folder.fileOf(id));
    if (again === undefined) return renameFile(this.#kept(id), this.#folder.fileOf(id)).catch(ignoreMissing);
    // Another window had it open and has written it again.
    const kept = readRecord(parseJson(await readFile(this.#kept(id), 'utf8').catch(() => '')));
    if (kept.kind !== 'record' || (await this.import({ ...kept.record, id }))) return;
    await rm(this.#kept(id), { force: true });
  }

  async #finish(id: string): Promise<void> {
    this.#deleted.delete(id);
    await rm(this.#kept(id), { force: true });
  }

  #kept(id: string): string {
    return join(this.#folder.deleted, `${id}.json`);
  }

  async #ids(): Promise<readonly string[]> {
    const names = await readdir(this.#folder.path).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
    return names
      .filter((name) => name.endsWith('.json'))
      .map((name) => basename(name, '.json'))
      .filter(isConversationId);
  }

  async #readForImport(id: string): Promise<FoundChat> {
    const found = await this.#folder.read(id);
    if (found.kind !== 'damaged') return found;
    const aside = await this.#moveAside(id);
    if (aside === undefined) return found;
    this.#onDamaged([aside]);
    return { kind: 'missing' };
  }

  /** The list entry of a chat that can't be opened. */
  async #obstacle(id: string, found: Extract<FoundChat, { kind: Obstacle }>): Promise<Summary> {
    const asked = await stat(this.#folder.fileOf(id)).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    );
    const title = ('title' in found ? found.title : undefined) ?? id;
    return { id, title, pinned: false, workspace: undefined, asked, questions: 0, obstacle: found.kind };
  }

  /** Undefined if the file can't be moved, and stays. */
  #moveAside(id: string): Promise<string | undefined> {
    return moveAside(this.#folder, this.#folder.fileOf(id)).catch(() => undefined);
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

  /** Only an optimization, so failures are ignored. */
  async #writeIndex(entries: ReadonlyMap<string, IndexEntry>): Promise<void> {
    await writeAtomically(this.#index, JSON.stringify(Object.fromEntries(entries))).catch(() => undefined);
  }

  get #index(): string {
    return join(this.#folder.index, 'index.json');
  }
}

/** A recent deletion. */
export interface Deleted {
  /** Restores the chat. */
  readonly undo: () => Promise<void>;
  /** Makes the deletion final. */
  readonly finish: () => Promise<void>;
}

interface IndexEntry {
  readonly stamp: string;
  readonly summary: Summary;
}

function ignoreMissing(error: unknown): void {
  if (!isMissing(error)) throw error;
}
