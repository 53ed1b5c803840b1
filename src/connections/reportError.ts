import * as vscode from 'vscode';
import { describeError } from '../api/describe.ts';
import { CompletionError } from '../api/errors.ts';
import { isLoopback } from '../network/proxy.ts';
import type { ErrorReport } from '../shared/protocol.ts';

/** The error as shown to the user; anything but a CompletionError is a bug in Askance and says so. */
export function reportError(error: unknown): ErrorReport {
  if (error instanceof CompletionError) {
    const report = describeError(error, vscode.l10n.t);
    return { ...report, message: [report.message, ...placeNote(error)].join(' ') };
  }
  const cause = error instanceof Error ? error.message : String(error);
  return {
    message: vscode.l10n.t('Askance failed. Please report this. Cause: {0}', cause),
    actions: [{ id: 'retry', label: vscode.l10n.t('Retry') }],
  };
}

/** The error for places with room for one sentence. */
export function describedError(error: unknown): unknown {
  return error instanceof CompletionError ? new Error(reportError(error).message) : error;
}

/** Where a local server is searched for, if that may not be the machine the user thinks of. */
function placeNote({ failure, url }: CompletionError): readonly string[] {
  const isRefused = failure.kind === 'cannotConnect' && failure.reason === 'refused';
  if (!isRefused || vscode.env.remoteName === undefined || url === undefined) return [];
  const target = new URL(url);
  return isLoopback(target)
    ? [vscode.l10n.t('{0} is the remote machine that your workspace is on.', target.hostname)]
    : [];
}
