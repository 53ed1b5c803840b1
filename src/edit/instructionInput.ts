import * as vscode from 'vscode';
import type { RecentInstructions } from './recentInstructions.ts';
import { createPicker } from '../window/pickers.ts';

/** The user's instruction, and where it goes. */
export type InstructionChoice =
  | { readonly kind: 'instruction' | 'chat'; readonly text: string }
  | { readonly kind: 'action'; readonly id: string };

/** An action that can be picked instead of typing. */
interface OfferedAction {
  readonly id: string;
  readonly title: string;
}

export interface InstructionQuestion {
  readonly title: string;
  readonly placeholder: string;
  /** Whether it can be sent to the chat instead. */
  readonly offersChat: boolean;
  readonly actions?: readonly OfferedAction[];
}

interface InstructionItem extends vscode.QuickPickItem {
  /** Undefined: the text of the input. */
  readonly instruction: string | undefined;
  readonly actionId?: string;
}

/** Asks what to change: free text or a recent instruction. Text that was typed but not sent is kept among those. */
export class InstructionInput {
  readonly #recent: RecentInstructions;
  #sendToChat: (() => void) | undefined;

  constructor(recent: RecentInstructions) {
    this.#recent = recent;
  }

  /** Resolves to undefined if cancelled. */
  async ask({
    title,
    placeholder,
    offersChat,
    actions = [],
  }: InstructionQuestion): Promise<InstructionChoice | undefined> {
    const picker = createPicker<InstructionItem>();
    const chatButton = { iconPath: new vscode.ThemeIcon('comment-discussion'), tooltip: toChat() };
    const removeButton = { iconPath: new vscode.ThemeIcon('close'), tooltip: vscode.l10n.t('Remove from list') };
    const { promise, resolve } = Promise.withResolvers<InstructionChoice | undefined>();
    const show = (): void => {
      picker.items = itemsFor(picker.value, offersChat, this.#recent.all, removeButton, actions);
    };
    const choose = (kind: 'instruction' | 'chat'): void => {
      const [picked] = picker.activeItems;
      if (kind === 'instruction' && picked?.actionId !== undefined) {
        resolve({ kind: 'action', id: picked.actionId });
        return picker.hide();
      }
      const text = picked?.instruction ?? picker.value;
      if (kind === 'instruction' && text.trim() === '') return;
      resolve({ kind, text: text.trim() });
      picker.hide();
    };
    Object.assign(picker, { title, placeholder, ignoreFocusOut: true, buttons: offersChat ? [chatButton] : [] });
    picker.onDidChangeValue(show);
    picker.onDidAccept(() => choose('instruction'));
    picker.onDidTriggerButton(() => choose('chat'));
    picker.onDidTriggerItemButton(async ({ item }) => {
      if (item.instruction !== undefined) await this.#recent.remove(item.instruction);
      show();
    });
    picker.onDidHide(() => resolve(undefined));
    if (offersChat) this.#sendToChat = () => choose('chat');
    void vscode.commands.executeCommand('setContext', 'askance.instructing', offersChat);
    show();
    picker.show();
    try {
      const choice = await promise;
      const written = choice && choice.kind !== 'action' ? choice.text : picker.value.trim();
      if (written !== '') await this.#recent.add(written);
      return choice;
    } finally {
      this.#sendToChat = undefined;
      void vscode.commands.executeCommand('setContext', 'askance.instructing', false);
      picker.dispose();
    }
  }

  /** Sends the text of the open input to the chat. */
  sendToChat(): void {
    this.#sendToChat?.();
  }
}

/** The typed text comes first, whatever it matches: Enter sends it unchanged. */
function itemsFor(
  value: string,
  offersChat: boolean,
  recent: readonly string[],
  removeButton: vscode.QuickInputButton,
  actions: readonly OfferedAction[],
): readonly InstructionItem[] {
  const typed: InstructionItem = {
    label: value.trim() === '' ? vscode.l10n.t('Enter an instruction, or pick a recent one') : value,
    description: offersChat ? toChat() : '',
    alwaysShow: true,
    instruction: undefined,
  };
  const separator = (label: string): InstructionItem => ({
    label,
    kind: vscode.QuickPickItemKind.Separator,
    instruction: undefined,
  });
  const used = recent.map((instruction) => ({
    label: instruction.replaceAll(/\s+/g, ' '),
    instruction,
    buttons: [removeButton],
  }));
  const offered = actions.map(({ id, title }) => ({ label: title, instruction: undefined, actionId: id }));
  return [
    typed,
    ...(used.length > 0 ? [separator(vscode.l10n.t('recent')), ...used] : []),
    ...(offered.length > 0 ? [separator(vscode.l10n.t('actions')), ...offered] : []),
  ];
}

function toChat(): string {
  return vscode.l10n.t('Ask in chat ({0})', chatKey());
}

/** The key as the user's keyboard names it. The extension host of a remote window runs on another machine. */
function chatKey(): string {
  const isLocal = vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop;
  if (!isLocal) return 'Ctrl+Enter, ⌘Enter';
  return process.platform === 'darwin' ? '⌘Enter' : 'Ctrl+Enter';
}
