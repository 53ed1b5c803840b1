import * as vscode from 'vscode';
import type { Connection } from '../api/connection/connection.ts';
import { requireConnection } from '../connections/requireConnection.ts';
import { reportError } from '../connections/reportError.ts';
import { setApiKey, setSecret } from '../connections/connectionSecrets.ts';
import { rewriteMessages, type RewriteExchange } from '../prompt/rewriteMessages.ts';
import type { ErrorActionId, ErrorReport } from '../shared/protocol.ts';
import type { EditContext } from './editContext.ts';
import { askInDialog, showError } from '../window/notifications.ts';

/** An edit, or a further version of one, that failed before anything was written. */
export interface FailedEdit {
  readonly error: unknown;
  /** Name of the connection; undefined: the one for edits. */
  readonly connection: string | undefined;
  /** The request, with the earlier requests and replies. */
  readonly content: string;
  readonly earlier: readonly RewriteExchange[];
}

/**
 * Shows why an edit failed, with recovery actions as buttons, and runs the chosen one.
 * @returns whether to retry the edit.
 */
export async function showFailedEdit(context: EditContext, failed: FailedEdit): Promise<boolean> {
  const report = reportError(failed.error);
  const items = report.actions.filter(({ id }) => isPossible(id)).map(({ id, label }) => ({ id, title: label }));
  const facts = [report.said, report.detail].filter((text) => text !== undefined).join('\n\n');
  const details = { id: 'details', title: vscode.l10n.t('Details') } as const;
  const pressed = await showError<typeof details | (typeof items)[number]>(
    report.message,
    ...items,
    ...(facts === '' ? [] : [details]),
  );
  const chosen = pressed?.id === 'details' ? await askInDialog(report.message, facts, ...items) : pressed;
  if (!chosen) return false;
  try {
    return await act(context, failed, report, chosen.id);
  } catch (error) {
    void showError(error instanceof Error ? error.message : String(error));
    return false;
  }
}

async function act(
  { settings, endpoints, connections, diagnosis, requests }: EditContext,
  { connection: name, content, earlier }: FailedEdit,
  { refused, secret }: ErrorReport,
  action: ErrorActionId,
): Promise<boolean> {
  const connection = (): Connection => requireConnection(settings, 'edit', name);
  switch (action) {
    case 'retry':
      return true;
    case 'retryAdapted':
      if (refused) await settings.rememberRefusal(connection(), refused);
      return true;
    case 'setApiKey':
      return setApiKey(settings, connection());
    case 'setSecret':
      return setSecret(settings, secret, connection());
    case 'openSettings':
      await connections.openSettings();
      return false;
    case 'moveConnection':
      return connections.move(connection().name);
    case 'selectConnection':
      await connections.select('edit');
      return false;
    case 'showRequest': {
      const messages = (systemPrompt: string) => rewriteMessages(systemPrompt, earlier, content);
      await requests.show(await endpoints.preview(messages, { purpose: 'edit', connection: name }));
      return false;
    }
    case 'diagnose':
      await diagnosis.run(connection());
      return false;
    case 'waitAndRetry':
    case 'raiseLimit':
      return false;
    default:
      return action satisfies never;
  }
}

/** Waiting and raising limits only apply to chats. */
function isPossible(id: ErrorActionId): boolean {
  return id !== 'waitAndRetry' && id !== 'raiseLimit';
}
