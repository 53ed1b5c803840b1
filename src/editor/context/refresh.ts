import * as vscode from 'vscode';
import type { Attachment, CodeAttachment } from '../../prompt/context.ts';
import type { Anchor } from '../anchor.ts';
import type { Captured } from '../selection.ts';
import { captureWhole, type CapturedContext } from './capture.ts';
import type { Exclusions } from './exclusions.ts';
import { foundAgain } from './foundAgain.ts';
import { linesOf } from './lines.ts';
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
  if (attachment.kind === 'code') return anchor ? refreshedCode(attachment, anchor) : foundAgain(attachment);
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
