import * as vscode from 'vscode';
import { parseJson } from '../shared/json.ts';
import { Conversation } from '../conversation/conversation.ts';
import { exportName } from '../conversation/history/exportName.ts';
import { findWords, groupHistory, type HistoryGroup } from '../conversation/history/groups.ts';
import { conversationMarkdown, readMarkdown } from '../conversation/history/markdown.ts';
import { readRecord } from '../conversation/history/record.ts';
import type { Obstacle } from '../conversation/history/conversationFolder.ts';
import { conversationText } from '../conversation/history/conversationText.ts';
import type { Library } from '../conversation/history/library.ts';
import { fold } from '../shared/characters.ts';
import type { ConversationStore } from '../conversation/history/store.ts';
import type { Summary } from '../conversation/history/summary.ts';
import type { ChatPages } from './chatPages.ts';
import { importedRecord } from './importedRecord.ts';
import { currentWorkspace } from './storage.ts';
import { showInformation } from '../window/notifications.ts';
import { askText, createPicker } from '../window/pickers.ts';
import { plural } from '../shared/plural.ts';

interface HistoryItem extends vscode.QuickPickItem {
  readonly summary?: Summary;
}

/** The list of chats and their actions. */
export class History {
  readonly #chats: ChatPages;
  readonly #store: ConversationStore;
  readonly #library: Library;

  constructor(chats: ChatPages, store: ConversationStore, library: Library) {
    this.#chats = chats;
    this.#store = store;
    this.#library = library;
  }

  /** Shows the list. Resolves when it is closed. */
  async show(): Promise<void> {
    const picker = new HistoryPicker(this.#library, this.#chats.answering, (button, summary) =>
      this.#press(button, summary),
    );
    const picked = await picker.run();
    if (picked?.obstacle) throw new Error(obstacleText(picked.title, picked.obstacle));
    if (picked) await this.#chats.open(picked.id);
  }

  /** Exports a chat, by default the shown one, to a file chosen by the user. */
  async export(id = this.#chats.active.session.conversation.id): Promise<void> {
    const record = await this.#store.record(id);
    if (!record) throw new Error(vscode.l10n.t("There's nothing to export yet. Ask a question first."));
    const conversation = new Conversation(record);
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const name = `${exportName(conversation.title)}.md`;
    const target = await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Export chat as Markdown or JSON'),
      filters: { Markdown: ['md'], JSON: ['json'] },
      ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
    });
    if (!target) return;
    const isJson = target.path.toLowerCase().endsWith('.json');
    const text = isJson ? conversationText(conversation) : conversationMarkdown(conversation, vscode.l10n.t);
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  }

  /** Imports exported chats and shows the last one. */
  async import(): Promise<void> {
    const files = await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Import chats exported by Askance'),
      canSelectMany: true,
      filters: { 'Markdown, JSON': ['md', 'json'] },
    });
    let last: string | undefined;
    for (const file of files ?? []) {
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
      const read = file.path.toLowerCase().endsWith('.json') ? readRecord(parseJson(text)) : readMarkdown(text);
      if (read.kind !== 'record') {
        throw new Error(
          vscode.l10n.t("{0} doesn't contain a chat exported by Askance.", vscode.workspace.asRelativePath(file)),
        );
      }
      const obstacle = await this.#library.import(importedRecord(read.record));
      if (obstacle) throw new Error(obstacleText(new Conversation(read.record).title, obstacle));
      last = read.record.id;
    }
    if (last !== undefined) await this.#chats.open(last);
  }

  /** Asks for a new title of a chat, by default the shown one. */
  async rename(id = this.#chats.active.session.conversation.id): Promise<void> {
    const record = await this.#store.record(id);
    if (!record) throw new Error(vscode.l10n.t("There's nothing to rename yet. Ask a question first."));
    const title = await askText({
      title: vscode.l10n.t('Rename chat'),
      prompt: vscode.l10n.t('Leave empty to use the first question as the name.'),
      value: new Conversation(record).title,
    });
    if (title !== undefined) await this.#change(id, (conversation) => conversation.rename(title));
  }

  /** Deletes a chat, by default the shown one; the notification offers Undo. */
  async delete(summary?: Summary): Promise<void> {
    const { id, title } = summary ?? this.#chats.active.session.conversation;
    // A new chat has no file yet.
    if (!summary && !(await this.#store.record(id))) return;
    this.#chats.close(id);
    const { undo, finish } = await this.#library.remove(id);
    void this.#offerUndo(title, undo, finish);
  }

  async #offerUndo(title: string, undo: () => Promise<void>, finish: () => Promise<void>): Promise<void> {
    const label = { title: vscode.l10n.t('Undo') };
    const answer = await showInformation(vscode.l10n.t('Deleted “{0}”.', title), label);
    await (answer === label ? undo() : finish());
  }

  /** @returns whether to close the list or show it again. */
  async #press(button: HistoryButton, summary: Summary): Promise<'stay' | 'again'> {
    const { id, pinned } = summary;
    switch (button) {
      case 'rename':
        await this.rename(id);
        return 'again';
      case 'pin':
        await this.#change(id, (conversation) => conversation.pin(!pinned));
        return 'stay';
      case 'export':
        await this.export(id);
        return 'again';
      case 'delete':
        await this.delete(summary);
        return 'stay';
      default:
        return button satisfies never;
    }
  }

  async #change(id: string, change: (conversation: Conversation) => void): Promise<void> {
    const open = this.#chats.conversation(id);
    if (!open) {
      await this.#library.change(id, change);
      return;
    }
    change(open);
    this.#chats.changed(open);
    await this.#store.flush();
  }
}

type HistoryButton = 'rename' | 'pin' | 'export' | 'delete';

/** A quick pick of the history that searches titles and texts. */
class HistoryPicker {
  readonly #library: Library;
  readonly #answering: ReadonlySet<string>;
  readonly #press: (button: HistoryButton, summary: Summary) => Promise<'stay' | 'again'>;
  readonly #pick = createPicker<HistoryItem>();
  readonly #buttons = new Map<vscode.QuickInputButton, HistoryButton>();
  #summaries: readonly Summary[] = [];
  #texts: Promise<ReadonlyMap<string, string>> | undefined;

  constructor(
    library: Library,
    answering: ReadonlySet<string>,
    press: (button: HistoryButton, summary: Summary) => Promise<'stay' | 'again'>,
  ) {
    this.#library = library;
    this.#answering = answering;
    this.#press = press;
  }

  /** Resolves when the list is closed, with the picked chat. */
  async run(): Promise<Summary | undefined> {
    const pick = this.#pick;
    pick.title = vscode.l10n.t('Chat history');
    pick.placeholder = vscode.l10n.t('Search titles, questions and answers');
    pick.busy = true;
    const { promise, resolve, reject } = Promise.withResolvers<Summary | undefined>();
    let leaving = false;
    pick.onDidAccept(() => resolve(pick.activeItems[0]?.summary));
    pick.onDidHide(() => {
      if (!leaving) resolve(undefined);
    });
    pick.onDidChangeValue(() => void this.#filter());
    pick.onDidTriggerItemButton(({ button, item }) => {
      const kind = this.#buttons.get(button);
      if (!kind || !item.summary) return;
      leaving = kind === 'rename' || kind === 'export';
      if (leaving) pick.hide();
      const pressed = async (summary: Summary): Promise<void> => {
        const then = await this.#press(kind, summary);
        leaving = false;
        await this.#load();
        if (then === 'again') pick.show();
      };
      pressed(item.summary).catch(reject);
    });
    pick.show();
    try {
      await this.#load();
      return await promise;
    } finally {
      pick.dispose();
    }
  }

  async #load(): Promise<void> {
    this.#texts = undefined;
    this.#summaries = await this.#library.list();
    await this.#filter();
    this.#pick.busy = false;
  }

  async #filter(): Promise<void> {
    const { value } = this.#pick;
    const words = fold(value)
      .split(/\s+/)
      .filter((word) => word !== '');
    if (words.length === 0) {
      this.#show(groupHistory(this.#summaries, currentWorkspace()?.uri, Date.now()), () => undefined);
      return;
    }
    this.#texts ??= this.#library.searchTexts(this.#summaries.map(({ id }) => id));
    const texts = await this.#texts;
    if (this.#pick.value !== value) return;
    const found = new Map<string, string>();
    for (const { id, title } of this.#summaries) {
      const part = findWords(`${title}\n${texts.get(id) ?? ''}`, words);
      if (part !== undefined) found.set(id, words.every((word) => fold(title).includes(word)) ? '' : part);
    }
    const summaries = this.#summaries.filter(({ id }) => found.has(id));
    this.#show(groupHistory(summaries, currentWorkspace()?.uri, Date.now()), ({ id }) => found.get(id));
  }

  /** @param found The excerpt with the searched words; undefined if nothing is searched. */
  #show(groups: readonly HistoryGroup[], found: (summary: Summary) => string | undefined): void {
    const active = this.#pick.activeItems[0]?.summary?.id;
    this.#buttons.clear();
    const items = groups.flatMap((group): HistoryItem[] => [
      { label: groupLabel(group), kind: vscode.QuickPickItemKind.Separator },
      ...group.summaries.map((summary) => this.#item(summary, found(summary))),
    ]);
    this.#pick.keepScrollPosition = true;
    this.#pick.items = items;
    const again = items.find(({ summary }) => summary?.id === active);
    if (active !== undefined && again) this.#pick.activeItems = [again];
  }

  #item(summary: Summary, found: string | undefined): HistoryItem {
    const { id, title, pinned, asked, questions, workspace, obstacle } = summary;
    const time = new Date(asked).toLocaleTimeString(vscode.env.language, { hour: 'numeric', minute: '2-digit' });
    const count = plural(questions, vscode.l10n.t('1 question'), vscode.l10n.t('{0} questions', questions));
    const isHere = workspace?.uri === currentWorkspace()?.uri;
    const facts = [time, obstacle ? obstacleLabel(obstacle) : count, ...(isHere || !workspace ? [] : [workspace.name])];
    return {
      summary,
      label: title,
      description: facts.join(' · '),
      ...(this.#answering.has(id) && { iconPath: new vscode.ThemeIcon('loading~spin') }),
      ...(found !== undefined && found !== '' && { detail: found }),
      // The search also covers text that the list doesn't show.
      alwaysShow: found !== undefined,
      buttons: obstacle
        ? [this.#button('delete', 'trash', vscode.l10n.t('Delete'))]
        : [
            this.#button('rename', 'edit', vscode.l10n.t('Rename')),
            pinned
              ? this.#button('pin', 'pinned', vscode.l10n.t('Unpin'))
              : this.#button('pin', 'pin', vscode.l10n.t('Pin')),
            this.#button('export', 'export', vscode.l10n.t('Export')),
            this.#button('delete', 'trash', vscode.l10n.t('Delete')),
          ],
    };
  }

  #button(kind: HistoryButton, icon: string, tooltip: string): vscode.QuickInputButton {
    const button = { iconPath: new vscode.ThemeIcon(icon), tooltip };
    this.#buttons.set(button, kind);
    return button;
  }
}

/** A short label for why the chat can't be opened. */
function obstacleLabel(obstacle: Obstacle): string {
  switch (obstacle) {
    case 'newer':
      return vscode.l10n.t('created by a newer version of Askance');
    case 'tooLarge':
      return vscode.l10n.t('too large to open');
    case 'damaged':
    case 'unreadable':
      return vscode.l10n.t("can't be read");
    default:
      return obstacle satisfies never;
  }
}

/** Why the chat can't be opened or written, and what to do. */
function obstacleText(title: string, obstacle: Obstacle): string {
  switch (obstacle) {
    case 'newer':
      return vscode.l10n.t('“{0}” was created by a newer version of Askance. Update Askance to open it.', title);
    case 'tooLarge':
      return vscode.l10n.t('“{0}” is too large to open.', title);
    case 'damaged':
    case 'unreadable':
      return vscode.l10n.t("The file of “{0}” can't be read. Check its permissions.", title);
    default:
      return obstacle satisfies never;
  }
}

function groupLabel({ place, daysAgo }: HistoryGroup): string {
  if (place === 'pinned') return vscode.l10n.t('Pinned');
  const day = dayLabel(daysAgo ?? 0);
  return place === 'here' ? day : vscode.l10n.t('Other workspaces · {0}', day);
}

function dayLabel(daysAgo: number): string {
  if (daysAgo === 0) return vscode.l10n.t('Today');
  if (daysAgo === 1) return vscode.l10n.t('Yesterday');
  const date = new Date();
  date.setDate(date.getDate() - daysAgo);
  return date.toLocaleDateString(vscode.env.language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
}
