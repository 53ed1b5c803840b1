import * as vscode from 'vscode';
import type { Session } from './chat/session.ts';
import { attachmentView, type Turn } from './chat/turn.ts';
import type { Anchor } from './editor/anchor.ts';
import type { Anchors } from './editor/anchors.ts';
import { captureContext, type Captured } from './editor/selection.ts';
import { ChatPage, type PageMessage } from './panel/chatPage.ts';
import { attachmentLabel, type Attachment } from './prompt/context.ts';
import type { Settings } from './settings.ts';
import type { AnswerView, Draft, ToPage } from './shared/protocol.ts';

/** The argument of `askance.askAboutSelection`. */
export interface AskArgument {
  /** Put into the input. */
  readonly question?: string;
  /** true: the question is sent at once. */
  readonly send?: boolean;
}

/** What the pages of the chat share. */
export interface ChatControllerHost {
  readonly settings: Settings;
  /** The places of the attachments. */
  readonly anchors: Anchors;
  /** The folder of the built page. */
  readonly dist: vscode.Uri;
  newSession(): Session;
  /** Brings the page into view, with the focus. */
  reveal(): PromiseLike<unknown>;
  /** Gets what the page says beyond the conversation. */
  onMessage(message: PageMessage): void;
  /** Told when the page shows another conversation. */
  onSessionChange(): void;
}

/** One page of the chat: its draft, the conversation that it shows, and what it says and is told. */
export class ChatController implements vscode.Disposable {
  readonly page: ChatPage;
  readonly #host: ChatControllerHost;
  readonly #settingsChange: vscode.Disposable;
  #session: Session;
  #text = '';
  #attachments: readonly Attachment[] = [];

  constructor(host: ChatControllerHost) {
    const { settings } = host;
    this.#host = host;
    this.#session = host.newSession();
    this.page = new ChatPage(host.dist, {
      snapshot: () => this.#snapshot(),
      onMessage: (message) => host.onMessage(message),
      reveal: () => host.reveal(),
    });
    this.#settingsChange = settings.onChange(() => {
      this.page.send({ type: 'readiness', readiness: settings.readiness });
      this.page.send({ type: 'fontSize', fontSize: settings.fontSize });
    });
  }

  /** The conversation that the page shows. */
  get session(): Session {
    return this.#session;
  }

  /** Shows another conversation; the draft stays. */
  show(session: Session): void {
    this.#session = session;
    this.page.send(this.#snapshot({ attachments: this.#draft.attachments }));
    this.#host.onSessionChange();
  }

  /** Opens the chat with the focus in its input. */
  async focus(): Promise<void> {
    await this.page.show();
  }

  /**
   * Attaches what the user means in the editor and puts the question into the input, or asks it.
   * Resolves when the question stands there, or has been sent.
   */
  async askAboutSelection({ question, send = false }: AskArgument): Promise<void> {
    const capture = await captureContext(vscode.window.activeTextEditor);
    if (capture.kind === 'nothing') {
      if (question !== undefined && !send) this.#appendToDraft(question);
      await this.page.show(this.#draftMessage(question !== undefined), { type: 'notice', text: capture.reason });
      return;
    }
    if (send && question !== undefined && !this.#session.answering) {
      for (const captured of capture.captured) this.#host.anchors.add(captured);
      await this.page.show();
      void this.#session.ask(
        question,
        capture.captured.map(({ attachment }) => attachment),
      );
      return;
    }
    this.#attach(capture.captured);
    if (question !== undefined) this.#appendToDraft(question);
    await this.page.show(this.#draftMessage(question !== undefined));
  }

  /** Asks the question with what is attached to the draft; the page has emptied its input. */
  ask(question: string): void {
    if (this.#session.answering || question.trim() === '') {
      this.#text = question;
      this.page.send(this.#draftMessage(true));
      return;
    }
    const attachments = this.#attachments;
    this.#text = '';
    this.#attachments = [];
    this.page.send(this.#draftMessage(false));
    void this.#session.ask(question.trim(), attachments);
  }

  stop(): void {
    this.#session.stop();
  }

  retry(turnId: string): void {
    void this.#session.retry(turnId);
  }

  /** Starts a new conversation; the draft stays, and so does the earlier conversation. */
  newChat(): void {
    this.show(this.#host.newSession());
  }

  /**
   * Shows a reply that was not written to the file, with the reason, for the user to take code from.
   * @param anchor Is owned by the chat from now on.
   */
  async offer(
    question: string,
    attachment: Attachment,
    anchor: Anchor,
    answer: AnswerView,
    reason: string,
  ): Promise<void> {
    this.#host.anchors.adopt(attachment.id, anchor);
    this.#session.offer(question, [attachment], answer);
    await this.page.show({ type: 'notice', text: reason });
  }

  turn(id: string): Turn | undefined {
    return this.#session.turn(id);
  }

  anchor(attachmentId: string): Anchor | undefined {
    return this.#host.anchors.get(attachmentId);
  }

  /** Says a word above the input. */
  notify(text: string): void {
    this.page.send({ type: 'notice', text });
  }

  /** The user typed; the page has it already. */
  draftChanged(text: string): void {
    this.#text = text;
  }

  removeAttachment(id: string): void {
    this.#attachments = this.#attachments.filter((attachment) => attachment.id !== id);
    this.#host.anchors.remove(id);
    this.page.send(this.#draftMessage(false));
  }

  dispose(): void {
    for (const { id } of this.#attachments) this.#host.anchors.remove(id);
    this.#settingsChange.dispose();
    this.page.dispose();
  }

  /** The same code attached again takes the place of the earlier chip. */
  #attach(captured: readonly Captured[]): void {
    const isSame = (a: Attachment, b: Attachment): boolean =>
      a.uri === b.uri && attachmentLabel(a) === attachmentLabel(b) && a.description === b.description;
    for (const item of captured) {
      const earlier = this.#attachments.find((attachment) => isSame(attachment, item.attachment));
      if (earlier) this.#host.anchors.remove(earlier.id);
      this.#host.anchors.add(item);
      this.#attachments = [...this.#attachments.filter((attachment) => attachment !== earlier), item.attachment];
    }
  }

  /** What the user wrote before is kept. */
  #appendToDraft(question: string): void {
    this.#text =
      this.#text.trim() === '' || this.#text === question ? question : `${this.#text.trimEnd()}\n${question}`;
  }

  get #draft(): Required<Draft> {
    return { text: this.#text, attachments: this.#attachments.map(attachmentView) };
  }

  /** @param withText Only where the host changed the text: the page may hold newer keystrokes than it has told. */
  #draftMessage(withText: boolean): ToPage {
    const { text, attachments } = this.#draft;
    return { type: 'draft', ...(withText && { text }), attachments, focus: true };
  }

  #snapshot(draft: Draft = this.#draft): ToPage {
    return {
      type: 'snapshot',
      turns: this.#session.turns,
      draft,
      readiness: this.#host.settings.readiness,
      fontSize: this.#host.settings.fontSize,
      strings: stringBundle(),
    };
  }
}

/** The texts of VS Code's display language; none in English. */
function stringBundle(): Readonly<Record<string, string>> {
  const bundle = vscode.l10n.bundle ?? {};
  return Object.fromEntries(
    Object.entries(bundle).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
