import * as vscode from 'vscode';
import type { Attachment, CodeAttachment, WholeAttachment } from '../prompt/context.ts';
import type { Anchor } from '../documents/anchor.ts';
import type { Captured } from './selection.ts';
import { captureWhole, type CapturedContext } from './capture.ts';
import { isApproved } from './approved.ts';
import { changedFiles } from './changedFiles.ts';
import { displayPath } from './displayPath.ts';
import type { Exclusions } from './exclusions.ts';
import { relocate } from './relocate.ts';
import { sourceOf } from './source.ts';
import { lineNumbers } from './selection.ts';

/**
 * The attachment's current state under the same id; undefined if it is unchanged or never changes. Throws one sentence
 * if it is gone, or if its content now needs confirmation.
 */
export async function refreshed(
  attachment: Attachment,
  anchor: Anchor | undefined,
  exclusions: Exclusions,
): Promise<CapturedContext | undefined> {
  if (attachment.kind === 'code') return anchor ? refreshedCode(attachment, anchor) : relocate(attachment);
  const source = sourceOf(attachment);
  if (!source) return undefined;
  const fresh = await captureWhole(source, exclusions);
  if (fresh.text === attachment.text) return undefined;
  await refuseOtherTarget(source.uri, exclusions);
  const secret = await newSecret(attachment, fresh, exclusions);
  if (secret !== undefined) {
    throw new Error(
      vscode.l10n.t('{0} also changed and may contain secrets. Attach the changes again to include it.', secret),
    );
  }
  return { attachment: { ...fresh, id: attachment.id } };
}

/** Throws one sentence if the name now leads out of the workspace. */
async function refuseOtherTarget(uri: vscode.Uri, exclusions: Exclusions): Promise<void> {
  const doubt = await exclusions.doubt(uri);
  if (!doubt?.target || (doubt.reason !== 'excluded' && doubt.reason !== 'outside')) return;
  if (isApproved(uri, doubt.target)) return;
  throw new Error(vscode.l10n.t('{0} now links to another file. Attach it again to send that file.', displayPath(uri)));
}

/** A possibly secret file that joined the changes after the user saw their file list. */
async function newSecret(
  before: WholeAttachment,
  { kind, uri, text }: WholeAttachment,
  exclusions: Exclusions,
): Promise<string | undefined> {
  if ((kind !== 'stagedChanges' && kind !== 'workingChanges') || uri === undefined) return undefined;
  const known = new Set(changedFiles(before.text));
  for (const path of changedFiles(text)) {
    const file = vscode.Uri.joinPath(vscode.Uri.parse(uri), path);
    if (!known.has(path) && (await exclusions.isExcluded(file))) return path;
  }
  return undefined;
}

function refreshedCode(attachment: CodeAttachment, anchor: Anchor): Captured | undefined {
  // It is unknown what happened to a closed file.
  if (anchor.state === 'closed') return undefined;
  const { document, range, text } = anchor;
  if (text.trim() === '' && attachment.text.trim() !== '') {
    throw new Error(vscode.l10n.t("This code was deleted. It's sent as it was."));
  }
  const [startLine, endLine] = lineNumbers(range);
  if (text === attachment.text && startLine === attachment.startLine) return undefined;
  return { attachment: { ...attachment, startLine, endLine, text }, document, range };
}
