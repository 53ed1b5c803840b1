import * as vscode from 'vscode';
import { describeError } from '../api/describe.ts';
import { CompletionError } from '../api/errors.ts';
import { isLoopback } from '../network/proxy.ts';
import type { ErrorReport } from '../shared/protocol.ts';

/** What an error is called before the user; one that is no CompletionError is a mistake of Askance and says so. */
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

/** The error as it is told where there is room for a sentence alone. */
export function describedError(error: unknown): unknown {
  return error instanceof CompletionError ? new Error(reportError(error).message) : error;
}

/** Where a server on the own machine is looked for, if that may be another one than the user thinks of. */
function placeNote({ failure, url }: CompletionError): readonly string[] {
  const isRefused = failure.kind === 'cannotConnect' && failure.reason === 'refused';
  if (!isRefused || vscode.env.remoteName === undefined || url === undefined) return [];
  const target = new URL(url);
  return isLoopback(target)
    ? [vscode.l10n.t('{0} is the remote machine that your workspace is on.', target.hostname)]
    : [];
}
