import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJson } from '../../shared/json.ts';
import { isMissing, readNow } from './atomicFile.ts';
import { isConversationId, readRecord, type ConversationRecord, type ReadRecord } from './record.ts';

/** Why a chat's file can't be opened. Such a file is never overwritten. */
export type Obstacle = 'newer' | 'damaged' | 'tooLarge' | 'unreadable';

/** The result of looking up a chat. */
export type FoundChat =
  | { readonly kind: 'record'; readonly record: ConversationRecord }
  | { readonly kind: 'missing' }
  | { readonly kind: 'newer'; readonly title?: string }
  | { readonly kind: Exclude<Obstacle, 'newer'> };

/** Largest chat file in bytes: reading 128 MB blocks the extension host for about a second. */
export const largestChat = 128 * 1024 * 1024;

/** The history folder, one file per chat. The file name is the id, so a copied file is another chat. */
export class ConversationFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  get deleted(): string {
    return join(this.path, 'deleted');
  }

  get damaged(): string {
    return join(this.path, 'damaged');
  }

  get index(): string {
    return join(this.path, 'index');
  }

  fileOf(id: string): string {
    return join(this.path, `${id}.json`);
  }

  async read(id: string): Promise<FoundChat> {
    if (!isConversationId(id)) return { kind: 'missing' };
    try {
      const path = this.fileOf(id);
      if ((await stat(path)).size > largestChat) return { kind: 'tooLarge' };
      return named(readRecord(parseJson(await readFile(path, 'utf8'))), id);
    } catch (error) {
      // For example another user's file, or one that is locked at the moment.
      return { kind: isMissing(error) ? 'missing' : 'unreadable' };
    }
  }

  /** Reads synchronously and returns the stamp of what was read. */
  readNow(id: string): { readonly found: FoundChat; readonly stamp?: string } {
    const file = isConversationId(id) ? readNow(this.fileOf(id), largestChat) : undefined;
    if (!file) return { found: { kind: 'missing' } };
    return { found: named(readRecord(parseJson(file.text)), id), stamp: file.stamp };
  }
}

function named(read: ReadRecord, id: string): FoundChat {
  return read.kind === 'record' ? { kind: 'record', record: { ...read.record, id } } : read;
}
