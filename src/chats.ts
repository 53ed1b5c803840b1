import * as vscode from 'vscode';
import { Conversation } from './chat/conversation.ts';
import { Session } from './chat/session.ts';
import type { Turn } from './chat/turn.ts';
import { ChatController, type AskArgument } from './chatController.ts';
import type { Anchor } from './editor/anchor.ts';
import { Anchors } from './editor/anchors.ts';
import type { ContextSource } from './editor/context/source.ts';
import { reportError, type Endpoints } from './endpoints.ts';
import type { PageMessage } from './panel/chatPage.ts';
import { createChatPanel, registerChatPanels, showInPanel, type PanelPlace } from './panel/chatPanel.ts';
import { focusChatView, registerChatView } from './panel/chatView.ts';
import type { Attachment } from './prompt/context.ts';
import { TokenEstimates } from './prompt/tokens.ts';
import type { Settings } from './settings.ts';
import type { AnswerView, ToPage } from './shared/protocol.ts';

export interface ChatsHost {
  readonly settings: Settings;
  readonly endpoints: Endpoints;
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
  readonly #view: ChatController;
  readonly #pages = new Set<ChatController>();
  readonly #registrations: readonly vscode.Disposable[];
  #active: ChatController;

  constructor(host: ChatsHost) {
    this.#host = host;
    this.#view = this.#newPage(() => focusChatView());
    this.#active = this.#view;
    this.#registrations = [
      registerChatView(this.#view.page),
      registerChatPanels((panel) => void this.#openPanel(panel)),
    ];
  }

  /** The page that was used last. */
  get active(): ChatController {
    return this.#active;
  }

  /** Opens the page that was used last, with the focus in its input. */
  focus(): Promise<void> {
    return this.#active.focus();
  }

  askAboutSelection(argument: AskArgument): Promise<void> {
    return this.#active.askAboutSelection(argument);
  }

  /** Attaches more to the draft of the page that was used last. */
  attach(sources: readonly ContextSource[]): Promise<void> {
    return this.#active.attach(sources);
  }

  newChat(): void {
    this.#active.newChat();
  }

  stop(): void {
    this.#active.stop();
  }

  /** Opens the conversation of the page that was used last in an editor tab, here or in a window of its own. */
  async openIn(place: PanelPlace): Promise<void> {
    const { session } = this.#active;
    const page = this.#openPanel(await createChatPanel(place));
    page.show(session);
    await page.focus();
  }

  /**
   * Shows a reply that was not written to the file, with the reason, for the user to take code from.
   * @param anchor Is owned by the chat from now on.
   */
  offer(question: string, attachment: Attachment, anchor: Anchor, answer: AnswerView, reason: string): Promise<void> {
    return this.#active.offer(question, attachment, anchor, answer, reason);
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

  /** Says a word above the input of the page that was used last. */
  notify(text: string): void {
    this.#active.notify(text);
  }

  dispose(): void {
    for (const session of this.#sessions.values()) session.stop();
    for (const page of this.#pages) page.dispose();
    for (const registration of this.#registrations) registration.dispose();
    this.#anchors.dispose();
  }

  #openPanel(panel: vscode.WebviewPanel): ChatController {
    const page = this.#newPage(async () => panel.reveal());
    const icon = vscode.Uri.joinPath(this.#host.extensionUri, 'media', 'askance.svg');
    showInPanel(page.page, panel, icon, () => this.#closePage(page));
    this.#use(page);
    panel.onDidChangeViewState(() => {
      if (panel.active) this.#use(page);
    });
    return page;
  }

  #newPage(reveal: () => PromiseLike<unknown>): ChatController {
    const page: ChatController = new ChatController({
      settings: this.#host.settings,
      estimates: this.#estimates,
      anchors: this.#anchors,
      dist: vscode.Uri.joinPath(this.#host.extensionUri, 'dist'),
      newSession: () => this.#newSession(),
      reveal,
      onMessage: (message) => {
        this.#use(page);
        this.#host.onMessage(page, message);
      },
      onSessionChange: () => this.#sessionsChanged(),
    });
    this.#pages.add(page);
    return page;
  }

  #closePage(page: ChatController): void {
    this.#pages.delete(page);
    if (this.#active === page) this.#use(this.#view);
    page.dispose();
    this.#sessionsChanged();
  }

  #newSession(): Session {
    const session: Session = new Session(new Conversation(), {
      openEndpoint: () => this.#host.endpoints.open(),
      report: reportError,
      onChange: (message) => this.#told(session, message),
    });
    this.#sessions.set(session.conversation.id, session);
    return session;
  }

  #told(session: Session, message: ToPage): void {
    for (const page of this.#pages) if (page.session === session) page.tell(message);
    if (message.type !== 'answerDelta') this.#sessionsChanged();
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
      for (const attachment of session.conversation.attachments) this.#anchors.remove(attachment.id);
    }
    this.#tellAnswering();
  }

  #tellAnswering(): void {
    void vscode.commands.executeCommand('setContext', 'askance.answering', this.#active.session.answering);
  }
}
