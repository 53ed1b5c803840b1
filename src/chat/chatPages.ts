import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { Conversation } from '../conversation/conversation.ts';
import type { PageFile } from '../conversation/history/pageFile.ts';
import { Session } from '../conversation/session.ts';
import { ChatPage } from './chatPage.ts';
import { Anchors } from './anchors.ts';
import type { Endpoints } from '../connections/endpoints.ts';
import type { PageMessage } from './pageWebview.ts';
import { createChatPanel, pageOf, registerChatPanels, showInPanel, type PanelPlace } from './chatPanel.ts';
import { focusChatView, registerChatView } from './chatView.ts';
import { TokenEstimates } from '../prompt/tokens.ts';
import type { Settings } from '../settings/settings.ts';
import type { ToPage } from '../shared/protocol.ts';
import { currentWorkspace, type Storage } from './storage.ts';

export interface ChatPagesOptions {
  readonly settings: Settings;
  readonly endpoints: Endpoints;
  readonly storage: Storage;
  readonly extensionUri: vscode.Uri;
}

/** A page's message that `ChatPage` doesn't handle itself. */
export interface MessageOfPage {
  readonly page: ChatPage;
  readonly message: PageMessage;
}

/**
 * The open conversations and their pages: one in the side bar, and one per editor tab. Several pages may show one
 * conversation. Commands go to the last used page.
 */
export class ChatPages implements vscode.Disposable {
  /** Locations of all attachments. */
  readonly anchors = new Anchors();
  readonly #options: ChatPagesOptions;
  readonly #messages = new vscode.EventEmitter<MessageOfPage>();
  readonly onMessage = this.#messages.event;
  readonly #estimates = new TokenEstimates();
  readonly #sessions = new Map<string, Session>();
  readonly #pages = new Set<ChatPage>();
  readonly #registrations: readonly vscode.Disposable[];
  #view: ChatPage | undefined;
  #active: ChatPage | undefined;

  constructor(options: ChatPagesOptions) {
    this.#options = options;
    this.#registrations = [
      registerChatView(() => this.view.webview),
      registerChatPanels((panel, state) => void this.#openPanel(panel, pageOf(state) ?? randomUUID())),
      options.storage.onMerge(({ id }) => this.#refresh(id)),
    ];
  }

  /** The side bar's page; its saved state is read on first use. */
  get view(): ChatPage {
    this.#view ??= this.#newPage('view', () => focusChatView());
    return this.#view;
  }

  /** The last used page. */
  get active(): ChatPage {
    return this.#active ?? this.view;
  }

  /** Opens the last used page's conversation in an editor tab, in this window or a new one. */
  async openIn(place: PanelPlace): Promise<void> {
    const { session } = this.active;
    const page = this.#openPanel(await createChatPanel(place), randomUUID());
    page.show(session);
    await page.webview.show();
  }

  /** Shows a conversation of the history in the last used page. */
  async open(id: string): Promise<void> {
    const page = this.active;
    const session = await this.#session(id);
    if (!session) throw new Error(vscode.l10n.t('This chat no longer exists.'));
    page.show(session);
    await page.webview.show();
  }

  /** The conversation with this id, if it is open. */
  conversation(id: string): Conversation | undefined {
    return this.#sessions.get(id)?.conversation;
  }

  /** Ids of conversations with a running answer. */
  get answering(): ReadonlySet<string> {
    return new Set([...this.#sessions].filter(([, session]) => session.answering).map(([id]) => id));
  }

  /** Notifies pages that an open conversation changed in something other than its turns. */
  changed(conversation: Conversation): void {
    this.#options.storage.conversations.save(conversation);
    for (const page of this.#pages) if (page.session.conversation === conversation) page.tellTitle();
  }

  /** Releases a conversation that is about to be deleted. */
  close(id: string): void {
    const session = this.#sessions.get(id);
    session?.stop();
    for (const page of this.#pages) if (page.session === session) page.newChat();
  }

  /** Stops running answers; resolves when everything is saved. */
  async flush(): Promise<void> {
    for (const session of this.#sessions.values()) session.stop(true);
    await Promise.all([
      this.#options.storage.conversations.flush(),
      ...Array.from(this.#pages, ({ file }) => file.flush()),
    ]);
  }

  dispose(): void {
    for (const session of this.#sessions.values()) session.stop(true);
    for (const page of this.#pages) page.dispose();
    for (const registration of this.#registrations) registration.dispose();
    this.#messages.dispose();
    this.anchors.dispose();
  }

  #openPanel(panel: vscode.WebviewPanel, id: string): ChatPage {
    const page = this.#newPage(id, async () => panel.reveal(), panel);
    const icon = vscode.Uri.joinPath(this.#options.extensionUri, 'media', 'askance.svg');
    showInPanel(page.webview, panel, icon, () => void this.#closePage(page));
    this.#use(page);
    panel.onDidChangeViewState(() => {
      if (panel.active) this.#use(page);
    });
    return page;
  }

  #newPage(id: string, reveal: () => PromiseLike<unknown>, panel?: vscode.WebviewPanel): ChatPage {
    const file = this.#options.storage.pageFile(id);
    const page: ChatPage = new ChatPage({
      id,
      file,
      settings: this.#options.settings,
      estimates: this.#estimates,
      anchors: this.anchors,
      dist: vscode.Uri.joinPath(this.#options.extensionUri, 'dist'),
      session: this.#storedSession(file) ?? this.#newSession(),
      newSession: () => this.#newSession(),
      reveal,
      onMessage: (message) => {
        this.#use(page);
        this.#messages.fire({ page, message });
      },
      onSessionChange: () => this.#sessionsChanged(),
      onTitle: (title) => {
        if (panel) panel.title = title;
      },
    });
    this.#pages.add(page);
    return page;
  }

  /** Moves a closed tab's unsent draft to the side bar's input. */
  async #closePage(page: ChatPage): Promise<void> {
    this.#pages.delete(page);
    if (this.#active === page) this.#active = undefined;
    this.view.input.adopt(page.input);
    page.dispose();
    this.#sessionsChanged();
    await page.file.remove();
  }

  #newSession(): Session {
    return this.#begin(Conversation.begin(currentWorkspace()));
  }

  /** The conversation with this id, open or from the history. */
  async #session(id: string): Promise<Session | undefined> {
    const present = this.#sessions.get(id);
    if (present) return present;
    const conversation = await this.#options.storage.conversations.load(id);
    return conversation && (this.#sessions.get(id) ?? this.#begin(conversation));
  }

  /** The conversation that a page showed when it was last saved. */
  #storedSession(file: PageFile): Session | undefined {
    const id = file.read().conversation;
    if (id === undefined) return undefined;
    const present = this.#sessions.get(id);
    if (present) return present;
    const conversation = this.#options.storage.conversations.loadNow(id);
    return conversation && this.#begin(conversation);
  }

  #begin(conversation: Conversation): Session {
    const session: Session = new Session(conversation, {
      openEndpoint: () => this.#options.endpoints.open('chat', { parameters: session.conversation.parameters }),
      report: async (error) => (await import('../connections/reportError.ts')).reportError(error),
    });
    session.subscribe((message) => this.#keep(session, message));
    this.#sessions.set(conversation.id, session);
    return session;
  }

  #keep(session: Session, { type }: ToPage): void {
    this.#options.storage.conversations.save(session.conversation);
    if (type !== 'answerDelta') this.#sessionsChanged();
  }

  /** Another window changed the conversation. */
  #refresh(id: string): void {
    for (const page of this.#pages) if (page.session.conversation.id === id) page.refresh();
  }

  #use(page: ChatPage): void {
    this.#active = page;
    this.#tellAnswering();
  }

  /** Releases conversations that no page shows and that have no running answer. */
  #sessionsChanged(): void {
    const shown = new Set(Array.from(this.#pages, ({ session }) => session));
    for (const [id, session] of this.#sessions) {
      if (session.answering || shown.has(session)) continue;
      this.#sessions.delete(id);
      void this.#options.storage.conversations.close(id);
      for (const attachment of session.conversation.attachments) this.anchors.remove(attachment.id);
    }
    this.#tellAnswering();
  }

  #tellAnswering(): void {
    void vscode.commands.executeCommand('setContext', 'askance.answering', this.active.session.answering);
  }
}
