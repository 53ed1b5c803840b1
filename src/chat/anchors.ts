import type * as vscode from 'vscode';
import type { CodeAttachment } from '../prompt/context.ts';
import { Anchor } from '../documents/anchor.ts';
import type { Captured } from '../context/selection.ts';

/** Anchors of all attachments, by attachment id. Owns and disposes them. */
export class Anchors implements vscode.Disposable {
  readonly #anchors = new Map<string, Anchor>();

  add({ attachment, document, range }: Captured): void {
    this.adopt(attachment.id, new Anchor(document, range));
  }

  /** Takes ownership of an existing anchor. */
  adopt(id: string, anchor: Anchor): void {
    this.remove(id);
    this.#anchors.set(id, anchor);
  }

  get(id: string): Anchor | undefined {
    return this.#anchors.get(id);
  }

  /** The anchor of attached code; searches for the code if it isn't tracked. Throws one sentence if it is gone. */
  async find(attachment: CodeAttachment): Promise<Anchor> {
    const known = this.#anchors.get(attachment.id);
    if (known) return known;
    const { relocate } = await import('../context/relocate.ts');
    const { document, range } = await relocate(attachment);
    const anchor = new Anchor(document, range);
    this.adopt(attachment.id, anchor);
    return anchor;
  }

  remove(id: string): void {
    this.#anchors.get(id)?.dispose();
    this.#anchors.delete(id);
  }

  /** Disposes all anchors except these. */
  retain(ids: readonly string[]): void {
    for (const id of this.#anchors.keys()) if (!ids.includes(id)) this.remove(id);
  }

  dispose(): void {
    this.retain([]);
  }
}
