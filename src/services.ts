import type { Actions } from './actions/actions.ts';
import type { ChatPages } from './chat/chatPages.ts';
import type { History } from './chat/history.ts';
import type { ConnectionActions } from './connections/connectionActions.ts';
import type { Diagnosis } from './connections/diagnose.ts';
import type { Endpoints } from './connections/endpoints.ts';
import type { RequestView } from './connections/requestView.ts';
import type { ContextCompletions } from './context/contextCompletions.ts';
import type { Terminals } from './documents/terminals.ts';
import type { EditTools } from './edit/editTools.ts';
import type { Settings } from './settings/settings.ts';
import type { Lazy } from './shared/lazy.ts';

/** The objects that commands and page messages use. */
export interface Services {
  readonly settings: Settings;
  readonly endpoints: Endpoints;
  readonly connections: ConnectionActions;
  readonly diagnosis: Diagnosis;
  readonly requests: RequestView;
  readonly chats: ChatPages;
  readonly terminals: Terminals;
  readonly completions: Lazy<ContextCompletions>;
  readonly history: Lazy<History>;
  readonly actions: Lazy<Actions>;
  readonly edits: Lazy<EditTools>;
}
