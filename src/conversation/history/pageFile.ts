import { rm, utimes } from 'node:fs/promises';
import { asArray, asObject, asString, asText, parseJson } from '../../shared/json.ts';
import type { Attachment } from '../../prompt/context.ts';
import { readNow, writeAtomically } from './atomicFile.ts';
import { DebouncedWriter } from './debouncedWriter.ts';
import { readAttachment } from './recordParts.ts';

/** Largest page file in bytes; attachments are a few megabytes. */
const largestPage = 64 * 1024 * 1024;

/** The chat that a page shows, and its unsent draft. */
export interface PageRecord {
  /** Id of the conversation. */
  readonly conversation?: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

/** The file that restores a page after a reload, a crash or a restart. */
export class PageFile {
  readonly #path: string;
  readonly #writes: DebouncedWriter;
  #record: PageRecord | undefined;

  constructor(path: string) {
    this.#path = path;
    // If nothing can be written, saving the chats reports it.
    this.#writes = new DebouncedWriter(
      () => writeAtomically(path, `${JSON.stringify(this.#record, undefined, 2)}\n`),
      () => undefined,
    );
  }

  /** The last written state; undefined if unreadable. Also marks the page as in use. */
  read(): PageRecord {
    const fields = asObject(parseJson(readNow(this.#path, largestPage)?.text ?? ''));
    const now = new Date();
    utimes(this.#path, now, now).catch(() => undefined);
    const conversation = asText(fields?.['conversation']);
    const attachments = (asArray(fields?.['attachments']) ?? []).map(readAttachment);
    return {
      ...(conversation !== undefined && { conversation }),
      text: asString(fields?.['text']) ?? '',
      attachments: attachments.filter((attachment) => attachment !== undefined),
    };
  }

  /** Saves the page's state within a second. */
  write(record: PageRecord): void {
    this.#record = record;
    this.#writes.change();
  }

  /** Resolves when everything is written. */
  flush(): Promise<void> {
    return this.#writes.flush();
  }

  /** Deletes the file: the page is closed for good. */
  async remove(): Promise<void> {
    await this.#writes.forget();
    await rm(this.#path, { force: true });
  }
}
