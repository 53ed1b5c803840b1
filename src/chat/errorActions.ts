import type { ChatController } from './chatPage.ts';
import type { Diagnosis } from '../connections/diagnose.ts';
import type { Endpoints } from '../connections/endpoints.ts';
import type { ConnectionActions } from '../connections/connectionActions.ts';
import { raiseLimit } from './turnActions.ts';
import { openSettings } from '../connections/activeConnection.ts';
import { setApiKey, setSecret } from '../connections/connectionSecrets.ts';
import type { RequestView } from '../connections/requestView.ts';
import type { Settings } from '../settings/settings.ts';
import type { ErrorActionId, ErrorReport } from '../shared/protocol.ts';

/** What the ways out of an error act on. */
export interface ErrorActionContext {
  readonly settings: Settings;
  readonly endpoints: Endpoints;
  /** The page that shows the error. */
  readonly chat: ChatController;
  readonly connections: ConnectionActions;
  readonly diagnosis: Diagnosis;
  readonly requests: RequestView;
}

/** Does what a button below an error says. Where that puts right what was wrong, the question is asked again. */
export async function runErrorAction(
  { settings, endpoints, chat, connections, diagnosis, requests }: ErrorActionContext,
  turnId: string,
  action: ErrorActionId,
): Promise<void> {
  switch (action) {
    case 'retry':
      return chat.again.retry(turnId);
    case 'retryAdapted':
      await remember(settings, chat, turnId);
      return chat.again.retry(turnId);
    case 'waitAndRetry':
      return chat.again.retry(turnId, errorOf(chat, turnId)?.retryAt);
    case 'raiseLimit':
      if (await raiseLimit({ chat, settings })) await chat.again.retry(turnId);
      return undefined;
    case 'setApiKey':
      if (await setApiKey(settings)) await chat.again.retry(turnId);
      return undefined;
    case 'setSecret':
      if (await setSecret(settings, errorOf(chat, turnId)?.secret)) await chat.again.retry(turnId);
      return undefined;
    case 'openSettings':
      return openSettings();
    case 'selectConnection':
      return connections.select('chat');
    case 'showRequest':
      return requests.show(await chat.again.request(turnId, endpoints));
    case 'diagnose':
      return diagnosis.run();
    default:
      return action satisfies never;
  }
}

/** For the connection and the model that refused the field, whichever are selected now. */
async function remember(settings: Settings, chat: ChatController, turnId: string): Promise<void> {
  const answer = chat.turn(turnId)?.answer;
  const refused = errorOf(chat, turnId)?.refused;
  if (answer && refused) await settings.rememberRefusal({ name: answer.connection, model: answer.model }, refused);
}

function errorOf(chat: ChatController, turnId: string): ErrorReport | undefined {
  const status = chat.turn(turnId)?.answer.status;
  return status?.kind === 'failed' ? status.error : undefined;
}
