import { rm, utimes } from 'node:fs/promises';
import { asArray, asObject, asString, asText, parseJson } from '../../shared/json.ts';
import type { Attachment } from '../../prompt/context.ts';
import { readNow, writeAtomically } from './atomicFile.ts';
import { Coalesced } from './debouncedWriter.ts';
import { readAttachment } from './recordParts.ts';

/** Largest file of a page, in bytes; attachments are a few megabytes. */
const largestPage = 64 * 1024 * 1024;

/** What a page of the chat shows and what was written there and not sent. */
export interface PageRecord {
  /** Id of the conversation. */
  readonly conversation?: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

/** The file that brings a page back after a reload, a crash or a restart. */
export class PageFile {
  readonly #path: string;
  readonly #writes: Coalesced;
  #record: PageRecord | undefined;

  constructor(path: string) {
    this.#path = path;
    // The conversations tell when nothing can be written.
    this.#writes = new Coalesced(
      () => writeAtomically(path, `${JSON.stringify(this.#record, undefined, 2)}\n`),
      () => undefined,
    );
  }

  /** What was written last; what cannot be read is nothing. Notes that the page is in use. */
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

  /** Notes the state of the page; it is written within a second. */
  write(record: PageRecord): void {
    this.#record = record;
    this.#writes.change();
  }

  /** Resolves when everything is written. */
  flush(): Promise<void> {
    return this.#writes.flush();
  }

  /** The page is gone for good. */
  async remove(): Promise<void> {
    await this.#writes.forget();
    await rm(this.#path, { force: true });
  }
}
