import type { LoadActions } from './actions/actions.ts';
import type { Chats } from './ask/chats.ts';
import type { Diagnosis } from './endpoint/diagnose.ts';
import type { Endpoints } from './endpoint/endpoints.ts';
import type { ProfileActions } from './endpoint/profileActions.ts';
import { openSettings } from './endpoint/activeProfile.ts';
import type { RequestView } from './endpoint/requestView.ts';
import type { Settings } from './settings.ts';

/** What the commands about endpoints act on. */
export interface EndpointContext {
  readonly settings: Settings;
  readonly endpoints: Endpoints;
  readonly chat: Chats;
  readonly profiles: ProfileActions;
  readonly diagnosis: Diagnosis;
  readonly requests: RequestView;
  readonly actions: LoadActions;
}

const loadSecrets = () => import('./endpoint/profileSecrets.ts');

/** Each command about endpoints, profiles and secrets, and what it does. */
export const endpointCommands = {
  'askance.connect': ({ profiles }) => profiles.add(),
  'askance.testConnection': ({ profiles }) => profiles.test(''),
  'askance.diagnoseConnection': ({ diagnosis }) => diagnosis.run(),
  'askance.selectProfile': ({ profiles }) => profiles.select('chat'),
  'askance.selectEditProfile': ({ profiles }) => profiles.select('edit'),
  'askance.setParameters': ({ profiles }) => profiles.setParameters(''),
  'askance.duplicateProfile': ({ profiles }) => profiles.duplicate(''),
  'askance.removeProfile': ({ profiles }) => profiles.remove(''),
  'askance.exportProfiles': ({ profiles }, file) => profiles.exportFile(file),
  'askance.importProfiles': ({ profiles }, file) => profiles.importFile(file),
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
