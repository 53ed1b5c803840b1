import * as vscode from 'vscode';
import type { PageFile } from '../conversation/history/pageFile.ts';
import type { Session } from '../conversation/session.ts';
import type { Anchor } from '../documents/anchor.ts';
import type { Attachment } from '../prompt/context.ts';
import type { TokenEstimates } from '../prompt/tokens.ts';
import type { Settings } from '../settings/settings.ts';
import { checkParameter, type ParameterName } from '../shared/parameters.ts';
import type { AnswerView, Draft, ToPage } from '../shared/protocol.ts';
import type { Anchors } from './anchors.ts';
import { PageInput } from './pageInput.ts';
import { PageWebview, type PageMessage } from './pageWebview.ts';
import { QuestionBudgets } from './questionBudget.ts';
import { readinessOf } from './readiness.ts';
import { TurnCommands } from './turnCommands.ts';

export interface ChatPageOptions {
  /** Id of the page, by which it is restored. */
  readonly id: string;
  /** Where the draft and the shown conversation's id are saved. */
  readonly file: PageFile;
  /** The session that the page shows first. */
  readonly session: Session;
  readonly settings: Settings;
  readonly estimates: TokenEstimates;
  /** Locations of the attachments. */
  readonly anchors: Anchors;
  /** The folder of the built page. */
  readonly dist: vscode.Uri;
  newSession(): Session;
  /** Reveals the page and focuses it. */
  readonly reveal: () => PromiseLike<unknown>;
  /** Receives the page's messages that `ChatPage` doesn't handle itself. */
  readonly onMessage: (message: PageMessage) => void;
  /** Called when the page shows another conversation. */
  onSessionChange(): void;
  /** Called with the conversation's title. */
  onTitle(title: string): void;
}

/** One page of the chat: the conversation it shows, and its input. */
export class ChatPage implements vscode.Disposable {
  readonly webview: PageWebview;
  readonly input: PageInput;
  /** Edits, regenerates and continues existing turns. */
  readonly turnCommands: TurnCommands;
  /** Locations of the attachments. */
  readonly anchors: Anchors;
  readonly file: PageFile;
  readonly #options: ChatPageOptions;
  readonly #budgets: QuestionBudgets;
  readonly #settingsChange: vscode.Disposable;
  #session: Session;
  #unsubscribe: () => void;

  constructor(options: ChatPageOptions) {
    const { settings, anchors, file, dist } = options;
    this.#options = options;
    this.anchors = anchors;
    this.file = file;
    this.#session = options.session;
    this.#unsubscribe = options.session.subscribe((message) => this.#onSessionMessage(message));
    this.#budgets = new QuestionBudgets(settings, options.estimates);
    this.webview = new PageWebview(dist, {
      snapshot: () => this.#snapshot(),
      onMessage: options.onMessage,
      reveal: options.reveal,
    });
    const session = (): Session => this.#session;
    const { webview } = this;
    const budgets = this.#budgets;
    this.input = new PageInput({ settings, anchors, budgets, file, webview, session });
    this.turnCommands = new TurnCommands({
      session,
      budgets,
      putBack: (question) => this.input.putBack(question),
    });
    this.#settingsChange = settings.onChange(() => {
      webview.send({ type: 'readiness', readiness: readinessOf(settings) });
      webview.send({ type: 'fontSize', fontSize: settings.fontSize });
      this.input.update();
    });
    this.tellTitle();
  }

  /** The session of the shown conversation. */
  get session(): Session {
    return this.#session;
  }

  /** Shows another conversation; the draft stays. */
  show(session: Session): void {
    this.input.unqueue();
    this.#unsubscribe();
    this.#session = session;
    this.#unsubscribe = session.subscribe((message) => this.#onSessionMessage(message));
    this.refresh();
    this.input.keep();
    this.tellTitle();
    this.#options.onSessionChange();
  }

  /** Starts a new conversation; the draft and the earlier conversation stay. */
  newChat(): void {
    this.show(this.#options.newSession());
  }

  /** Shows the conversation again from its current state. */
  refresh(): void {
    this.webview.send(this.#snapshot({ attachments: this.input.view.attachments }));
  }

  tellTitle(): void {
    const { title } = this.#session.conversation;
    this.#options.onTitle(title === '' ? vscode.l10n.t('Chat') : title);
  }

  /** Shows a notice above the input. */
  notify(text: string): void {
    this.webview.send({ type: 'notice', text });
  }

  /** Sets one of the conversation's parameters. `null` or a value out of range restores the connection's value. */
  setParameter(name: ParameterName, value: number | null): void {
    const { activeConnection } = this.#options.settings;
    const range = activeConnection.kind === 'connection' ? activeConnection.connection.penaltyRange : 'wide';
    const isAllowed = value !== null && checkParameter(name, value, range, vscode.l10n.t) === undefined;
    this.#session.setParameter(name, isAllowed ? value : undefined);
  }

  /**
   * Shows a reply that wasn't written to the file, with the reason, so that the user can use its code.
   * @param anchor Owned by the chat from now on.
   */
  async offer(
    question: string,
    attachment: Attachment,
    anchor: Anchor,
    answer: AnswerView,
    reason: string,
  ): Promise<void> {
    this.anchors.adopt(attachment.id, anchor);
    this.#session.offer(question, [attachment], answer);
    await this.webview.show({ type: 'notice', text: reason });
  }

  /** An attachment of the draft or of an earlier question. */
  attachment(id: string): Attachment | undefined {
    return [...this.input.attached, ...this.#session.conversation.attachments].find((each) => each.id === id);
  }

  dispose(): void {
    this.#unsubscribe();
    this.input.dispose();
    this.#settingsChange.dispose();
    this.webview.dispose();
  }

  /** Handles a change of the session. */
  #onSessionMessage(message: ToPage): void {
    this.webview.send(message);
    if (message.type === 'answerUpdated') {
      this.#budgets.learn(message);
      this.input.answered(message.answer.status);
    }
    if (message.type === 'turns') this.tellTitle();
    const isEnd = message.type === 'answerUpdated' && !this.#session.answering;
    if (isEnd || message.type === 'turns' || message.type === 'parameters') this.input.tellBudget();
  }

  #snapshot(draft: Draft = this.input.view): ToPage {
    const { settings, id } = this.#options;
    const { queued } = this.input;
    // Counting a long conversation takes a moment, so show it first.
    setTimeout(() => this.input.update());
    return {
      type: 'snapshot',
      page: id,
      conversation: this.#session.conversation.id,
      turns: this.#session.turns,
      draft,
      ...(queued && { queued: queued.text }),
      readiness: readinessOf(settings),
      parameters: this.#session.conversation.parameters,
      fontSize: settings.fontSize,
      strings: stringBundle(),
    };
  }
}

/** Translations for VS Code's display language; empty in English. */
function stringBundle(): Readonly<Record<string, string>> {
  const bundle = vscode.l10n.bundle ?? {};
  return Object.fromEntries(
    Object.entries(bundle).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
