import type * as vscode from 'vscode';
import type { CodeAttachment } from '../prompt/context.ts';
import { Anchor } from '../documents/anchor.ts';
import type { Captured } from '../context/selection.ts';

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

  /** The place of code that was attached, looked for where nobody follows it. Throws one sentence where it is gone. */
  async find(attachment: CodeAttachment): Promise<Anchor> {
    const known = this.#anchors.get(attachment.id);
    if (known) return known;
    const { foundAgain } = await import('../context/relocate.ts');
    const { document, range } = await foundAgain(attachment);
    const anchor = new Anchor(document, range);
    this.adopt(attachment.id, anchor);
    return anchor;
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
