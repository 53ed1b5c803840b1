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

/** What a page says beyond the handling of its own messages. */
export interface MessageOfPage {
  readonly page: ChatPage;
  readonly message: PageMessage;
}

/**
 * The conversations that are open, and the pages that show them: the side bar's, and one for each editor tab. Several
 * pages may show one conversation. Commands go to the page that was used last.
 */
export class ChatPages implements vscode.Disposable {
  /** The places of all attachments. */
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

  /** The page in the side bar; what it showed last is read when it is needed first. */
  get view(): ChatPage {
    this.#view ??= this.#newPage('view', () => focusChatView());
    return this.#view;
  }

  /** The page that was used last. */
  get active(): ChatPage {
    return this.#active ?? this.view;
  }

  /** Opens the conversation of the page that was used last in an editor tab, here or in a window of its own. */
  async openIn(place: PanelPlace): Promise<void> {
    const { session } = this.active;
    const page = this.#openPanel(await createChatPanel(place), randomUUID());
    page.show(session);
    await page.webview.show();
  }

  /** Shows a conversation of the history in the page that was used last. */
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

  /** Conversations with an answer on its way. */
  get answering(): ReadonlySet<string> {
    return new Set([...this.#sessions].filter(([, session]) => session.answering).map(([id]) => id));
  }

  /** Something about an open conversation beside its turns has changed. */
  changed(conversation: Conversation): void {
    this.#options.storage.conversations.save(conversation);
    for (const page of this.#pages) if (page.session.conversation === conversation) page.tellTitle();
  }

  /** Lets go of a conversation that is about to be deleted. */
  close(id: string): void {
    const session = this.#sessions.get(id);
    session?.stop();
    for (const page of this.#pages) if (page.session === session) page.newChat();
  }

  /** Ends the answers that are on their way; resolves when everything is kept. */
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

  /** What was written in a tab and not sent goes to the side bar's input: a closed tab takes nothing along. */
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

  /** The open conversation with this id, or the one of the history. */
  async #session(id: string): Promise<Session | undefined> {
    const present = this.#sessions.get(id);
    if (present) return present;
    const conversation = await this.#options.storage.conversations.load(id);
    return conversation && (this.#sessions.get(id) ?? this.#begin(conversation));
  }

  /** The conversation that a page showed when it was last seen. */
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

  /** Another window has written into the conversation. */
  #refresh(id: string): void {
    for (const page of this.#pages) if (page.session.conversation.id === id) page.refresh();
  }

  #use(page: ChatPage): void {
    this.#active = page;
    this.#tellAnswering();
  }

  /** Lets go of conversations that nobody shows and that nothing comes for. */
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
