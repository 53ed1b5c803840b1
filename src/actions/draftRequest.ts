import type { ChatController } from '../chat/chatPage.ts';
import type { Endpoints } from '../connections/endpoints.ts';
import type { RequestView } from '../connections/requestView.ts';
import type { LoadActions } from './actions.ts';

/** What a draft is shown with as it would be sent. */
export interface DraftRequestContext {
  readonly endpoints: Endpoints;
  readonly requests: RequestView;
  readonly actions: LoadActions;
}

/** Shows what would be sent if the draft were asked now; an action that it begins with is written out. */
export async function showDraftRequest(
  chat: ChatController,
  { endpoints, requests, actions }: DraftRequestContext,
): Promise<void> {
  const draft = await chat.freshDraft();
  const written = draft.text.startsWith('/') ? await (await actions()).writeOut(chat, draft.text) : undefined;
  if (written === 'cancelled') return;
  await requests.show(await chat.preview(endpoints, written ?? draft));
}
