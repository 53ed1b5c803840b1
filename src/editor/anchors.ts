import type * as vscode from 'vscode';
import { Anchor } from './anchor.ts';
import type { Captured } from './selection.ts';

/** The places of the attachments of one conversation, by attachment id. It owns the anchors. */
export class Anchors implements vscode.Disposable {
  readonly #anchors = new Map<string, Anchor>();

  add({ attachment, document, range }: Captured): void {
    this.adopt(attachment.id, new Anchor(document, range));
  }

  /** Takes over an anchor that someone else made. */
  adopt(id: string, anchor: Anchor): void {
    this.remove(id);
    this.#anchors.set(id, anchor);
  }

  get(id: string): Anchor | undefined {
    return this.#anchors.get(id);
  }

  remove(id: string): void {
    this.#anchors.get(id)?.dispose();
    this.#anchors.delete(id);
  }

  /** Removes all but these. */
  retain(ids: readonly string[]): void {
    for (const id of this.#anchors.keys()) if (!ids.includes(id)) this.remove(id);
  }

  dispose(): void {
    this.retain([]);
  }
}
