import * as vscode from 'vscode';
import { capture, type CapturedContext, type OneSource } from './capture.ts';
import { changedFiles } from './changedFiles.ts';
import { Exclusions, type ExclusionReason } from './exclusions.ts';
import { openEditors } from './openEditors.ts';
import type { ContextSource } from './source.ts';
import { attachmentLabel, type Attachment } from '../prompt/context.ts';
import type { Settings } from '../settings/settings.ts';
import { askInDialog } from '../window/notifications.ts';

/** What was read of what was to be attached, and a sentence for each that could not be. */
export interface Gathered {
  readonly captured: readonly CapturedContext[];
  readonly problems: readonly string[];
}

/** Reads what is to be attached. What is secret or ignored by git is left out, unless the user says so once more. */
export async function gatherContext(sources: readonly ContextSource[], settings: Settings): Promise<Gathered> {
  const exclusions = new Exclusions(settings.exclude);
  const results = await Promise.allSettled(sources.flatMap(single).map((source) => capture(source, exclusions)));
  const captured = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  return {
    captured: await confirmed(captured, exclusions),
    problems: results.flatMap((result) => (result.status === 'rejected' ? [sentence(result.reason)] : [])),
  };
}

function single(source: ContextSource): readonly OneSource[] {
  return source.kind === 'openEditors' ? openEditors().map((uri) => ({ kind: 'file', uri })) : [source];
}

/** What of it may be sent: what may hold secrets is asked about first. */
export async function confirmed<Item extends CapturedContext>(
  captured: readonly Item[],
  exclusions: Exclusions,
): Promise<readonly Item[]> {
  const reasons = await Promise.all(captured.map(({ attachment }) => reasonAgainst(attachment, exclusions)));
  const doubtful = captured.filter((_, index) => reasons[index] !== undefined);
  if (doubtful.length === 0) return captured;
  const names = doubtful.map(({ attachment }) => attachmentLabel(attachment)).join(', ');
  const attach = { title: vscode.l10n.t('Attach anyway') };
  const detail = reasons.includes('excluded')
    ? vscode.l10n.t(
        'It is listed in askance.exclude, because it may hold secrets. The question takes it to the endpoint.',
      )
    : vscode.l10n.t('It is ignored by git. The question takes it to the endpoint.');
  const answer = await askInDialog(vscode.l10n.t('Attach {0}?', names), detail, attach);
  return answer === attach ? captured : captured.filter((item) => !doubtful.includes(item));
}

/** Code that the user chose in an editor is asked about only where it may be secret. */
async function reasonAgainst(attachment: Attachment, exclusions: Exclusions): Promise<ExclusionReason | undefined> {
  if (attachment.uri === undefined) return undefined;
  const uri = vscode.Uri.parse(attachment.uri);
  switch (attachment.kind) {
    case 'code':
      return (await exclusions.reason(uri)) === 'excluded' ? 'excluded' : undefined;
    case 'stagedChanges':
    case 'workingChanges': {
      const files = changedFiles(attachment.text).map((path) => vscode.Uri.joinPath(uri, path));
      const reasons = await Promise.all(files.map((file) => exclusions.reason(file)));
      return reasons.find((reason) => reason === 'excluded');
    }
    default:
      return exclusions.reason(uri, attachment.kind === 'folder');
  }
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
