import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { Conversation } from '../conversation/conversation.ts';
import type { PageFile } from '../conversation/history/pageFile.ts';
import { Session } from '../conversation/session.ts';
import type { Turn } from '../conversation/turn.ts';
import { ChatController, type AskArgument } from './chatPage.ts';
import type { Anchor } from '../documents/anchor.ts';
import { Anchors } from './anchors.ts';
import type { ContextSource } from '../context/source.ts';
import type { Endpoints } from '../connections/endpoints.ts';
import { reportError } from '../connections/reportError.ts';
import type { PageMessage } from './pageWebview.ts';
import { createChatPanel, pageOf, registerChatPanels, showInPanel, type PanelPlace } from './chatPanel.ts';
import { focusChatView, registerChatView } from './chatView.ts';
import type { Attachment, CodeAttachment } from '../prompt/context.ts';
import { TokenEstimates } from '../prompt/tokens.ts';
import type { Settings } from '../settings/settings.ts';
import type { AnswerView, ToPage } from '../shared/protocol.ts';
import { currentWorkspace, type Storage } from './storage.ts';

export interface ChatsHost {
  readonly settings: Settings;
  readonly endpoints: Endpoints;
  readonly storage: Storage;
  readonly extensionUri: vscode.Uri;
  /** Gets what a page says beyond the conversation. */
  onMessage(chat: ChatController, message: PageMessage): void;
}

/**
 * The conversations that are open, and the pages that show them: the side bar's, and one for each editor tab. Several
 * pages may show one conversation. Commands go to the page that was used last.
 */
export class Chats implements vscode.Disposable {
  readonly #host: ChatsHost;
  readonly #anchors = new Anchors();
  readonly #estimates = new TokenEstimates();
  readonly #sessions = new Map<string, Session>();
  readonly #pages = new Set<ChatController>();
  readonly #registrations: readonly vscode.Disposable[];
  #view: ChatController | undefined;
  #active: ChatController | undefined;

  constructor(host: ChatsHost) {
    this.#host = host;
    this.#registrations = [
      registerChatView(() => this.view.page),
      registerChatPanels((panel, state) => void this.#openPanel(panel, pageOf(state) ?? randomUUID())),
      host.storage.onMerge(({ id }) => this.#refresh(id)),
    ];
  }

  /** The page in the side bar; what it showed last is read when it is needed first. */
  get view(): ChatController {
    this.#view ??= this.#newPage('view', () => focusChatView());
    return this.#view;
  }

  /** The page that was used last. */
  get active(): ChatController {
    return this.#active ?? this.view;
  }

  /** Opens the page that was used last, with the focus in its input. */
  focus(): Promise<void> {
    return this.active.focus();
  }

  askAboutSelection(argument: AskArgument): Promise<void> {
    return this.active.askAboutSelection(argument);
  }

  /** Attaches more to the draft of the page that was used last. */
  attach(sources: readonly ContextSource[]): Promise<boolean> {
    return this.active.attach(sources);
  }

  newChat(): void {
    this.active.newChat();
  }

  stop(): void {
    this.active.stop();
  }

  /** Opens the conversation of the page that was used last in an editor tab, here or in a window of its own. */
  async openIn(place: PanelPlace): Promise<void> {
    const { session } = this.active;
    const page = this.#openPanel(await createChatPanel(place), randomUUID());
    page.show(session);
    await page.focus();
  }

  /** Shows a conversation of the history in the page that was used last. */
  async open(id: string): Promise<void> {
    const page = this.active;
    const session = await this.#session(id);
    if (!session) throw new Error(vscode.l10n.t('This conversation is gone.'));
    page.show(session);
    await page.focus();
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
    this.#host.storage.conversations.save(conversation);
    for (const page of this.#pages) if (page.session.conversation === conversation) this.#retitle(page);
  }

  /** Lets go of a conversation that is about to be deleted. */
  close(id: string): void {
    const session = this.#sessions.get(id);
    session?.stop();
    for (const page of this.#pages) if (page.session === session) page.newChat();
  }

  /**
   * Shows a reply that was not written to the file, with the reason, for the user to take code from.
   * @param anchor Is owned by the chat from now on.
   */
  offer(question: string, attachment: Attachment, anchor: Anchor, answer: AnswerView, reason: string): Promise<void> {
    return this.active.offer(question, attachment, anchor, answer, reason);
  }

  /** A turn of any open conversation. */
  turn(id: string): Turn | undefined {
    for (const session of this.#sessions.values()) {
      const turn = session.turn(id);
      if (turn) return turn;
    }
    return undefined;
  }

  anchor(attachmentId: string): Anchor | undefined {
    return this.#anchors.get(attachmentId);
  }

  /** The place of code that was asked about, also after a reload. Throws one sentence where it is gone. */
  findAnchor(attachment: CodeAttachment): Promise<Anchor> {
    return this.#anchors.find(attachment);
  }

  /** Says a word above the input of the page that was used last. */
  notify(text: string): void {
    this.active.notify(text);
  }

  /** Ends the answers that are on their way; resolves when everything is kept. */
  async flush(): Promise<void> {
    for (const session of this.#sessions.values()) session.stop(true);
    await Promise.all([this.#host.storage.conversations.flush(), ...Array.from(this.#pages, (page) => page.flush())]);
  }

  dispose(): void {
    for (const session of this.#sessions.values()) session.stop(true);
    for (const page of this.#pages) page.dispose();
    for (const registration of this.#registrations) registration.dispose();
    this.#anchors.dispose();
  }

  #openPanel(panel: vscode.WebviewPanel, id: string): ChatController {
    const page = this.#newPage(id, async () => panel.reveal(), panel);
    const icon = vscode.Uri.joinPath(this.#host.extensionUri, 'media', 'askance.svg');
    showInPanel(page.page, panel, icon, () => void this.#closePage(page));
    this.#use(page);
    panel.onDidChangeViewState(() => {
      if (panel.active) this.#use(page);
    });
    return page;
  }

  #newPage(id: string, reveal: () => PromiseLike<unknown>, panel?: vscode.WebviewPanel): ChatController {
    const file = this.#host.storage.pageFile(id);
    const page: ChatController = new ChatController({
      id,
      file,
      settings: this.#host.settings,
      estimates: this.#estimates,
      anchors: this.#anchors,
      dist: vscode.Uri.joinPath(this.#host.extensionUri, 'dist'),
      session: this.#storedSession(file) ?? this.#newSession(),
      newSession: () => this.#newSession(),
      reveal,
      onMessage: (message) => {
        this.#use(page);
        this.#host.onMessage(page, message);
      },
      onSessionChange: () => {
        this.#retitle(page);
        this.#sessionsChanged();
      },
      onTitle: (title) => {
        if (panel) panel.title = title;
      },
    });
    this.#pages.add(page);
    this.#retitle(page);
    return page;
  }

  /** What was written in a tab and not sent goes to the side bar's input: a closed tab takes nothing along. */
  async #closePage(page: ChatController): Promise<void> {
    this.#pages.delete(page);
    if (this.#active === page) this.#active = undefined;
    this.view.adoptDraft(page);
    page.dispose();
    this.#sessionsChanged();
    await page.forget();
  }

  #newSession(): Session {
    return this.#begin(Conversation.begin(currentWorkspace()));
  }

  /** The open conversation with this id, or the one of the history. */
  async #session(id: string): Promise<Session | undefined> {
    const present = this.#sessions.get(id);
    if (present) return present;
    const conversation = await this.#host.storage.conversations.load(id);
    return conversation && (this.#sessions.get(id) ?? this.#begin(conversation));
  }

  /** The conversation that a page showed when it was last seen. */
  #storedSession(file: PageFile): Session | undefined {
    const id = file.read().conversation;
    if (id === undefined) return undefined;
    const present = this.#sessions.get(id);
    if (present) return present;
    const conversation = this.#host.storage.conversations.loadNow(id);
    return conversation && this.#begin(conversation);
  }

  #begin(conversation: Conversation): Session {
    const session: Session = new Session(conversation, {
      openEndpoint: () => this.#host.endpoints.open('chat', { parameters: session.conversation.parameters }),
      report: reportError,
      onChange: (message) => this.#told(session, message),
    });
    this.#sessions.set(conversation.id, session);
    return session;
  }

  #told(session: Session, message: ToPage): void {
    this.#host.storage.conversations.save(session.conversation);
    for (const page of this.#pages) {
      if (page.session !== session) continue;
      page.tell(message);
      if (message.type === 'turns') this.#retitle(page);
    }
    if (message.type !== 'answerDelta') this.#sessionsChanged();
  }

  /** Another window has written into the conversation. */
  #refresh(id: string): void {
    for (const page of this.#pages) if (page.session.conversation.id === id) page.refresh();
  }

  #retitle(page: ChatController): void {
    page.tellTitle();
  }

  #use(page: ChatController): void {
    this.#active = page;
    this.#tellAnswering();
  }

  /** Lets go of conversations that nobody shows and that nothing comes for. */
  #sessionsChanged(): void {
    const shown = new Set(Array.from(this.#pages, ({ session }) => session));
    for (const [id, session] of this.#sessions) {
      if (session.answering || shown.has(session)) continue;
      this.#sessions.delete(id);
      void this.#host.storage.conversations.close(id);
      for (const attachment of session.conversation.attachments) this.#anchors.remove(attachment.id);
    }
    this.#tellAnswering();
  }

  #tellAnswering(): void {
    void vscode.commands.executeCommand('setContext', 'askance.answering', this.active.session.answering);
  }
}
