import * as vscode from 'vscode';
import { Session } from './chat/session.ts';
import { attachmentView, type Turn } from './chat/turn.ts';
import type { Anchor } from './editor/anchor.ts';
import { Anchors } from './editor/anchors.ts';
import { captureContext, type Captured } from './editor/selection.ts';
import { reportError, type Endpoints } from './endpoints.ts';
import { ChatView, type PageMessage } from './panel/chatView.ts';
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

/** The conversation in the chat's view: the draft, the session, and what the page says and is told. */
export class ChatController implements vscode.Disposable {
  readonly #settings: Settings;
  readonly #endpoints: Endpoints;
  readonly #view: ChatView;
  readonly #settingsChange: vscode.Disposable;
  #session = this.#newSession();
  readonly #anchors = new Anchors();
  #text = '';
  #attachments: readonly Attachment[] = [];

  /**
   * @param dist The folder of the built page.
   * @param onMessage Gets what the page says beyond the conversation.
   */
  constructor(settings: Settings, endpoints: Endpoints, dist: vscode.Uri, onMessage: (message: PageMessage) => void) {
    this.#settings = settings;
    this.#endpoints = endpoints;
    this.#view = new ChatView(dist, { snapshot: () => this.#snapshot(), onMessage });
    this.#settingsChange = settings.onChange(() => {
      this.#view.send({ type: 'readiness', readiness: settings.readiness });
      this.#view.send({ type: 'fontSize', fontSize: settings.fontSize });
    });
  }

  /** Opens the chat with the focus in its input. */
  async focus(): Promise<void> {
    await this.#view.show();
  }

  /**
   * Attaches what the user means in the editor and puts the question into the input, or asks it.
   * Resolves when the question stands there, or has been sent.
   */
  async askAboutSelection({ question, send = false }: AskArgument): Promise<void> {
    const capture = await captureContext(vscode.window.activeTextEditor);
    if (capture.kind === 'nothing') {
      if (question !== undefined && !send) this.#appendToDraft(question);
      await this.#view.show(this.#draftMessage(question !== undefined), { type: 'notice', text: capture.reason });
      return;
    }
    if (send && question !== undefined && !this.#session.answering) {
      for (const captured of capture.captured) this.#anchors.add(captured);
      await this.#view.show();
      void this.#ask(
        question,
        capture.captured.map(({ attachment }) => attachment),
      );
      return;
    }
    this.#attach(capture.captured);
    if (question !== undefined) this.#appendToDraft(question);
    await this.#view.show(this.#draftMessage(question !== undefined));
  }

  /** Asks the question with what is attached to the draft; the page has emptied its input. */
  ask(question: string): void {
    if (this.#session.answering || question.trim() === '') {
      this.#text = question;
      this.#view.send(this.#draftMessage(true));
      return;
    }
    const attachments = this.#attachments;
    this.#text = '';
    this.#attachments = [];
    this.#view.send(this.#draftMessage(false));
    void this.#ask(question.trim(), attachments);
  }

  stop(): void {
    this.#session.stop();
  }

  retry(turnId: string): void {
    void this.#answering(this.#session.retry(turnId));
  }

  /** Starts a new conversation; the draft stays. */
  newChat(): void {
    this.#session.stop();
    this.#session = this.#newSession();
    const kept = this.#attachments.map(({ id }) => id);
    this.#anchors.retain(kept);
    this.#setAnswering(false);
    this.#view.send(this.#snapshot({ attachments: this.#draft.attachments }));
  }

  /**
   * Shows a reply that was not written to the file, with the reason, for the user to take code from.
   * @param anchor Is owned by the conversation from now on.
   */
  async offer(
    question: string,
    attachment: Attachment,
    anchor: Anchor,
    answer: AnswerView,
    reason: string,
  ): Promise<void> {
    this.#anchors.adopt(attachment.id, anchor);
    this.#session.offer(question, [attachment], answer);
    await this.#view.show({ type: 'notice', text: reason });
  }

  turn(id: string): Turn | undefined {
    return this.#session.turn(id);
  }

  anchor(attachmentId: string): Anchor | undefined {
    return this.#anchors.get(attachmentId);
  }

  /** Says a word above the input. */
  notify(text: string): void {
    this.#view.send({ type: 'notice', text });
  }

  /** The user typed; the page has it already. */
  draftChanged(text: string): void {
    this.#text = text;
  }

  removeAttachment(id: string): void {
    this.#attachments = this.#attachments.filter((attachment) => attachment.id !== id);
    this.#anchors.remove(id);
    this.#view.send(this.#draftMessage(false));
  }

  dispose(): void {
    this.#session.stop();
    this.#settingsChange.dispose();
    this.#anchors.dispose();
    this.#view.dispose();
  }

  #newSession(): Session {
    const session: Session = new Session({
      openEndpoint: () => this.#endpoints.open(),
      report: reportError,
      onChange: (message) => {
        if (session === this.#session) this.#view.send(message);
      },
    });
    return session;
  }

  #ask(question: string, attachments: readonly Attachment[]): Promise<void> {
    return this.#answering(this.#session.ask(question, attachments));
  }

  async #answering(answered: Promise<void>): Promise<void> {
    const session = this.#session;
    this.#setAnswering(session.answering);
    await answered;
    if (session === this.#session) this.#setAnswering(session.answering);
  }

  #setAnswering(answering: boolean): void {
    void vscode.commands.executeCommand('setContext', 'askance.answering', answering);
  }

  /** The same code attached again takes the place of the earlier chip. */
  #attach(captured: readonly Captured[]): void {
    const isSame = (a: Attachment, b: Attachment): boolean =>
      a.uri === b.uri && attachmentLabel(a) === attachmentLabel(b) && a.description === b.description;
    for (const item of captured) {
      const earlier = this.#attachments.find((attachment) => isSame(attachment, item.attachment));
      if (earlier) this.#anchors.remove(earlier.id);
      this.#anchors.add(item);
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
      readiness: this.#settings.readiness,
      fontSize: this.#settings.fontSize,
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
