import type { ChatPage } from './chatPage.ts';
import type { Diagnosis } from '../connections/diagnose.ts';
import type { Endpoints } from '../connections/endpoints.ts';
import type { ConnectionActions } from '../connections/connectionActions.ts';
import { raiseLimit } from './turnActions.ts';
import { setApiKey, setSecret } from '../connections/connectionSecrets.ts';
import type { RequestView } from '../connections/requestView.ts';
import type { Settings } from '../settings/settings.ts';
import type { ErrorActionId, ErrorReport } from '../shared/protocol.ts';

/** Dependencies of recovery actions. */
export interface ErrorActionContext {
  readonly settings: Settings;
  readonly endpoints: Endpoints;
  /** The page that shows the error. */
  readonly page: ChatPage;
  readonly connections: ConnectionActions;
  readonly diagnosis: Diagnosis;
  readonly requests: RequestView;
}

/** Runs a recovery action of an error, and retries the question if that fixed it. */
export async function runErrorAction(
  { settings, endpoints, page, connections, diagnosis, requests }: ErrorActionContext,
  turnId: string,
  action: ErrorActionId,
): Promise<void> {
  switch (action) {
    case 'retry':
      return page.turnCommands.retry(turnId);
    case 'retryAdapted':
      await remember(settings, page, turnId);
      return page.turnCommands.retry(turnId);
    case 'waitAndRetry':
      return page.turnCommands.retry(turnId, errorOf(page, turnId)?.retryAt);
    case 'raiseLimit':
      if (await raiseLimit({ page, settings })) await page.turnCommands.retry(turnId);
      return undefined;
    case 'setApiKey':
      if (await setApiKey(settings)) await page.turnCommands.retry(turnId);
      return undefined;
    case 'setSecret':
      if (await setSecret(settings, errorOf(page, turnId)?.secret)) await page.turnCommands.retry(turnId);
      return undefined;
    case 'openSettings':
      return connections.openSettings();
    case 'moveConnection':
      if (await connections.move(page.session.turn(turnId)?.answer.connection)) await page.turnCommands.retry(turnId);
      return undefined;
    case 'selectConnection':
      return connections.select('chat');
    case 'showRequest':
      return requests.show(await page.turnCommands.request(turnId, endpoints));
    case 'diagnose':
      return diagnosis.run();
    default:
      return action satisfies never;
  }
}

/** For the connection and model that rejected the field, even if others are selected now. */
async function remember(settings: Settings, page: ChatPage, turnId: string): Promise<void> {
  const answer = page.session.turn(turnId)?.answer;
  const refused = errorOf(page, turnId)?.refused;
  if (!answer || !refused) return;
  const { connection: name, model, wire } = answer;
  await settings.rememberRefusal({ name, model, wire }, refused);
}

function errorOf(page: ChatPage, turnId: string): ErrorReport | undefined {
  const status = page.session.turn(turnId)?.answer.status;
  return status?.kind === 'failed' ? status.error : undefined;
}
