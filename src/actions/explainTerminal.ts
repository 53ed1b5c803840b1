import type { Chats } from '../chat/chatPages.ts';
import { captureTerminalSelection } from '../context/terminalSelection.ts';
import { explainTerminal } from '../prompt/actions.ts';

/** Asks about what is selected in the terminal. Throws one sentence where that is nothing. */
export async function explainTerminalSelection(chats: Chats): Promise<void> {
  const attachment = await captureTerminalSelection();
  await chats.active.askAbout([{ attachment }], explainTerminal);
}
