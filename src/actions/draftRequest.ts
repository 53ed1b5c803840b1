import type { ChatPage } from '../chat/chatPage.ts';
import type { Endpoints } from '../connections/endpoints.ts';
import type { RequestView } from '../connections/requestView.ts';
import type { Lazy } from '../shared/lazy.ts';
import type { Actions } from './actions.ts';

/** Dependencies of the request preview. */
export interface DraftRequestContext {
  readonly endpoints: Endpoints;
  readonly requests: RequestView;
  readonly actions: Lazy<Actions>;
}

/** Previews the request that the draft would send, with a leading action expanded. */
export async function showDraftRequest(
  page: ChatPage,
  { endpoints, requests, actions }: DraftRequestContext,
): Promise<void> {
  const draft = await page.input.freshDraft();
  const written = draft.text.startsWith('/')
    ? await (await actions.load()).slash.writeOut(page, draft.text)
    : undefined;
  if (written === 'cancelled') return;
  await requests.show(await page.input.preview(endpoints, written ?? draft));
}
