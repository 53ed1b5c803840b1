import type { LoadActions } from './actions/actions.ts';
import type { Chats } from './chat/chatPages.ts';
import type { Diagnosis } from './connections/diagnose.ts';
import type { Endpoints } from './connections/endpoints.ts';
import type { ConnectionActions } from './connections/connectionActions.ts';
import { openSettings } from './connections/activeConnection.ts';
import type { RequestView } from './connections/requestView.ts';
import type { Settings } from './settings/settings.ts';

/** What the commands about endpoints act on. */
export interface EndpointContext {
  readonly settings: Settings;
  readonly endpoints: Endpoints;
  readonly chat: Chats;
  readonly connections: ConnectionActions;
  readonly diagnosis: Diagnosis;
  readonly requests: RequestView;
  readonly actions: LoadActions;
}

const loadSecrets = () => import('./connections/connectionSecrets.ts');

/** Each command about endpoints, connections and secrets, and what it does. */
export const endpointCommands = {
  'askance.connect': ({ connections }) => connections.add(),
  'askance.testConnection': ({ connections }) => connections.test(''),
  'askance.diagnoseConnection': ({ diagnosis }) => diagnosis.run(),
  'askance.selectConnection': ({ connections }) => connections.select('chat'),
  'askance.selectEditConnection': ({ connections }) => connections.select('edit'),
  'askance.setParameters': ({ connections }) => connections.setParameters(''),
  'askance.duplicateConnection': ({ connections }) => connections.duplicate(''),
  'askance.removeConnection': ({ connections }) => connections.remove(''),
  'askance.exportConnections': ({ connections }, file) => connections.exportFile(file),
  'askance.importConnections': ({ connections }, file) => connections.importFile(file),
  'askance.setApiKey': async ({ settings }) => void (await (await loadSecrets()).setApiKey(settings)),
  'askance.forgetApiKey': async ({ settings }) => (await loadSecrets()).forgetApiKey(settings),
  'askance.setSecret': async ({ settings }) => void (await (await loadSecrets()).setSecret(settings)),
  'askance.showRequest': async (context) => {
    const { showDraftRequest } = await import('./actions/draftRequest.ts');
    await showDraftRequest(context.chat.active, context);
  },
  'askance.copyRequestAsCurl': ({ requests }) => requests.copyAsCurl(),
  'askance.openSettings': () => openSettings(),
} satisfies Record<string, (context: EndpointContext, argument: unknown) => unknown>;
