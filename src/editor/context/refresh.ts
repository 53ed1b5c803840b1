import * as vscode from 'vscode';
import type { Attachment, CodeAttachment } from '../../prompt/context.ts';
import type { Anchor } from '../anchor.ts';
import type { Captured } from '../selection.ts';
import { captureWhole, type CapturedContext } from './capture.ts';
import type { Exclusions } from './exclusions.ts';
import { sourceOf } from './source.ts';

/**
 * The attachment as it is now, under the same id; undefined: it has not changed, or it is none that changes.
 * Throws one sentence where it is gone.
 */
export async function refreshed(
  attachment: Attachment,
  anchor: Anchor | undefined,
  exclusions: Exclusions,
): Promise<CapturedContext | undefined> {
  if (attachment.kind === 'code') return anchor && refreshedCode(attachment, anchor);
  const source = sourceOf(attachment);
  if (!source) return undefined;
  const fresh = await captureWhole(source, exclusions);
  return fresh.text === attachment.text ? undefined : { attachment: { ...fresh, id: attachment.id } };
}

function refreshedCode(attachment: CodeAttachment, anchor: Anchor): Captured | undefined {
  // What happened to a file that was closed is not known.
  if (anchor.state === 'closed') return undefined;
  const { document, range, text } = anchor;
  if (text.trim() === '' && attachment.text.trim() !== '') {
    throw new Error(vscode.l10n.t('This code was deleted; it is sent as it was.'));
  }
  const [startLine, endLine] = linesOf(range);
  if (text === attachment.text && startLine === attachment.startLine) return undefined;
  return { attachment: { ...attachment, startLine, endLine, text }, document, range };
}

/** First and last line, from 1. A range that ends before the first character of a line does not mean that line. */
export function linesOf({ start, end }: vscode.Range): readonly [number, number] {
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return [start.line + 1, last + 1];
}
