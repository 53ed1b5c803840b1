import * as vscode from 'vscode';
import type { CodeAttachment } from '../prompt/context.ts';
import type { ReplyTarget } from '../reply/target.ts';
import { Anchor } from '../documents/anchor.ts';
import type { OffsetRange } from '../documents/offsets.ts';
import { replyTarget } from '../documents/replacement.ts';
import type { Captured } from '../context/selection.ts';

/** The code that a request changes: one range of a document, or several with the text between them. */
export class EditTarget implements vscode.Disposable {
  /** From the first to the last range, so that all changes are one edit and one undo step. */
  readonly anchor: Anchor;
  readonly #attachments: readonly [CodeAttachment, ...CodeAttachment[]];
  /** Relative to the anchor's text. */
  #places: readonly OffsetRange[];
  /** The anchor's text that the ranges refer to. */
  #text: string;

  /** @param captured All of one document, in order. */
  constructor(captured: readonly [Captured, ...Captured[]]) {
    const [{ document, range }] = captured;
    const all = captured.reduce((union, { range: other }) => union.union(other), range);
    this.anchor = new Anchor(document, all);
    this.#text = this.anchor.text;
    const { start } = this.anchor.offsets;
    this.#places = captured.map((one) => ({
      start: document.offsetAt(one.range.start) - start,
      end: document.offsetAt(one.range.end) - start,
    }));
    const [first, ...others] = captured;
    this.#attachments = [first.attachment, ...others.map(({ attachment }) => attachment)];
  }

  /** The first range as captured. */
  get attachment(): CodeAttachment {
    return this.#attachments[0];
  }

  get isSingle(): boolean {
    return this.#attachments.length === 1;
  }

  /** Whether the text is unchanged since it was captured or written. */
  get isAsWritten(): boolean {
    return this.anchor.text === this.#text;
  }

  /** The current code of the ranges, for the model. */
  get code(): readonly CodeAttachment[] {
    const { document, offsets } = this.anchor;
    return this.#current().map(({ start, end }, index) => {
      const [first, last] = [offsets.start + start, offsets.start + end].map((at) => document.positionAt(at));
      const range = new vscode.Range(first ?? this.anchor.range.start, last ?? this.anchor.range.end);
      const isBehindBreak = range.end.character === 0 && !range.isSingleLine;
      return {
        ...(this.#attachments[index] ?? this.attachment),
        startLine: range.start.line + 1,
        endLine: range.end.line + (isBehindBreak ? 0 : 1),
        text: document.getText(range),
      };
    });
  }

  /** Where a reply's code belongs. Read it before anything of the reply is written. */
  get replyTargets(): readonly ReplyTarget[] {
    const { document, offsets } = this.anchor;
    return this.#current().map(({ start, end }) =>
      replyTarget({ document, offsets: { start: offsets.start + start, end: offsets.start + end } }),
    );
  }

  /** The anchor's text with these texts in the ranges. */
  withTexts(texts: readonly string[]): string {
    return this.#joined(texts).text;
  }

  /** Records that the texts are now in the ranges. */
  written(texts: readonly string[]): void {
    const { text, places } = this.#joined(texts);
    this.#text = text;
    this.#places = places;
  }

  /** Takes a snapshot; call the result once that text is in the document again. */
  snapshot(): () => void {
    const [text, places] = [this.#text, this.#places];
    return () => {
      this.#text = text;
      this.#places = places;
    };
  }

  dispose(): void {
    this.anchor.dispose();
  }

  /** After a change by someone else the ranges are unknown, so the anchor becomes one range. */
  #current(): readonly OffsetRange[] {
    const { text } = this.anchor;
    if (text !== this.#text) {
      this.#text = text;
      this.#places = [{ start: 0, end: text.length }];
    }
    return this.#places;
  }

  #joined(texts: readonly string[]): { text: string; places: readonly OffsetRange[] } {
    const places: OffsetRange[] = [];
    let text = '';
    let at = 0;
    for (const [index, { start, end }] of this.#places.entries()) {
      text += this.#text.slice(at, start);
      const from = text.length;
      text += (texts[index] ?? '').replaceAll(/\r\n|\n/g, this.anchor.eol);
      places.push({ start: from, end: text.length });
      at = end;
    }
    return { text: text + this.#text.slice(at), places };
  }
}
