import * as vscode from 'vscode';
import { capture, type CapturedContext, type OneSource } from './capture.ts';
import { changedFiles } from './changedFiles.ts';
import { approve, isApproved } from './approved.ts';
import { Exclusions, type Doubt } from './exclusions.ts';
import { openEditors } from './openEditors.ts';
import { sameUri } from './sameUri.ts';
import type { ContextSource } from './source.ts';
import { attachmentLabel, type Attachment } from '../prompt/context.ts';
import type { Settings } from '../settings/settings.ts';
import { askInDialog } from '../window/notifications.ts';

/** The attachments that were read, and one sentence for each source that couldn't be. */
export interface Gathered {
  readonly captured: readonly CapturedContext[];
  readonly problems: readonly string[];
}

/**
 * Who requested the attachment. `page`: a script in the page could name any file on the machine; `askance`: sources
 * that Askance finds by itself may be planted by a repository.
 */
export type NamedBy = 'user' | 'page' | 'askance';

/** Reads the sources. Those that need confirmation are left out unless the user agrees. */
export async function gatherContext(
  sources: readonly ContextSource[],
  settings: Settings,
  namedBy: NamedBy,
): Promise<Gathered> {
  const exclusions = new Exclusions(settings.exclude);
  const results = await Promise.allSettled(sources.flatMap(single).map((source) => capture(source, exclusions)));
  const captured = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  return {
    captured: await confirmed(captured, exclusions, namedBy),
    problems: results.flatMap((result) => (result.status === 'rejected' ? [sentence(result.reason)] : [])),
  };
}

function single(source: ContextSource): readonly OneSource[] {
  return source.kind === 'openEditors' ? openEditors().map((uri) => ({ kind: 'file', uri })) : [source];
}

/** Filters what may be sent: asks the user about anything that may contain secrets or isn't in the workspace. */
export async function confirmed<Item extends { readonly attachment: Attachment }>(
  captured: readonly Item[],
  exclusions: Exclusions,
  namedBy: NamedBy = 'user',
): Promise<readonly Item[]> {
  const doubts = await Promise.all(captured.map(({ attachment }) => doubtAbout(attachment, exclusions, namedBy)));
  const doubtful = captured.filter((_, index) => doubts[index] !== undefined);
  if (doubtful.length === 0) return captured;
  const names = doubtful.map(({ attachment }) => attachmentLabel(attachment)).join(', ');
  const attach = { title: vscode.l10n.t('Attach anyway') };
  const details = new Set(doubts.flatMap((doubt) => (doubt ? [detailOf(doubt)] : [])));
  const detail = [...details, vscode.l10n.t('Attaching it sends it to the endpoint.')].join('\n');
  const answer = await askInDialog(vscode.l10n.t('Attach {0}?', names), detail, attach);
  if (answer !== attach) return captured.filter((item) => !doubtful.includes(item));
  for (const [index, { attachment }] of captured.entries()) {
    if (doubts[index] && attachment.uri !== undefined) approve(vscode.Uri.parse(attachment.uri), doubts[index].target);
  }
  return captured;
}

async function doubtAbout(
  attachment: Attachment,
  exclusions: Exclusions,
  namedBy: NamedBy,
): Promise<Doubt | undefined> {
  if (attachment.uri === undefined) return undefined;
  const uri = vscode.Uri.parse(attachment.uri);
  switch (attachment.kind) {
    case 'stagedChanges':
    case 'workingChanges': {
      const files = changedFiles(attachment.text).map((path) => vscode.Uri.joinPath(uri, path));
      const areExcluded = await Promise.all(files.map((file) => exclusions.isExcluded(file)));
      return areExcluded.includes(true) ? { reason: 'excluded' } : undefined;
    }
    default: {
      // The user sees the code in an editor, so it may come from anywhere.
      if (attachment.kind === 'code' && namedBy === 'user') return exclusions.secrecy(uri);
      const doubt = await exclusions.doubt(uri, attachment.kind === 'folder');
      if (doubt?.reason === 'excluded') return doubt;
      if (doubt?.reason === 'ignored' && namedBy === 'askance') return undefined;
      if (doubt?.reason === 'outside' && isApproved(uri, doubt.target)) return undefined;
      const isStrange = namedBy === 'page' && !isKnown(uri) && !isApproved(uri);
      return doubt ?? (isStrange ? { reason: 'outside' } : undefined);
    }
  }
}

/** Whether the file is in the workspace or open in an editor. */
function isKnown(uri: vscode.Uri): boolean {
  return vscode.workspace.getWorkspaceFolder(uri) !== undefined || openEditors().some((opened) => sameUri(opened, uri));
}

function detailOf({ reason, target }: Doubt): string {
  switch (reason) {
    case 'excluded':
      return target
        ? vscode.l10n.t('It links to {0}, which matches askance.exclude because it may contain secrets.', shown(target))
        : vscode.l10n.t('It matches askance.exclude because it may contain secrets.');
    case 'outside':
      return target
        ? vscode.l10n.t('It links to {0}, outside the workspace.', shown(target))
        : vscode.l10n.t("It's outside the workspace.");
    case 'ignored':
      return vscode.l10n.t("It's ignored by Git.");
    case 'unchecked':
      return vscode.l10n.t("There are too many ignore patterns to check whether it's ignored.");
    default:
      return reason satisfies never;
  }
}

function shown(uri: vscode.Uri): string {
  return uri.scheme === 'file' ? uri.fsPath : uri.toString(true);
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
