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
  /** Name of the page, under which it is found again. */
  readonly id: string;
  /** What the page was when it was last seen, and will be. */
  readonly file: PageFile;
  /** The session of the conversation that the page shows first. */
  readonly session: Session;
  readonly settings: Settings;
  readonly estimates: TokenEstimates;
  /** The places of the attachments. */
  readonly anchors: Anchors;
  /** The folder of the built page. */
  readonly dist: vscode.Uri;
  newSession(): Session;
  /** Brings the page into view, with the focus. */
  readonly reveal: () => PromiseLike<unknown>;
  /** Gets what the page says beyond the handling of its own messages. */
  readonly onMessage: (message: PageMessage) => void;
  /** Called when the page shows another conversation. */
  onSessionChange(): void;
  /** Gets the name of the conversation. */
  onTitle(title: string): void;
}

/** One page of the chat: the conversation that it shows, and its input. */
export class ChatPage implements vscode.Disposable {
  readonly webview: PageWebview;
  readonly input: PageInput;
  /** What asks about a turn that is there. */
  readonly turnCommands: TurnCommands;
  /** The places of the attachments. */
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
    this.#unsubscribe = options.session.subscribe((message) => this.#tell(message));
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

  /** The session of the conversation that the page shows. */
  get session(): Session {
    return this.#session;
  }

  /** Shows another conversation; the draft stays. */
  show(session: Session): void {
    this.input.unqueue();
    this.#unsubscribe();
    this.#session = session;
    this.#unsubscribe = session.subscribe((message) => this.#tell(message));
    this.refresh();
    this.input.keep();
    this.tellTitle();
    this.#options.onSessionChange();
  }

  /** Starts a new conversation; the draft stays, and so does the earlier conversation. */
  newChat(): void {
    this.show(this.#options.newSession());
  }

  /** Shows the conversation anew. */
  refresh(): void {
    this.webview.send(this.#snapshot({ attachments: this.input.view.attachments }));
  }

  tellTitle(): void {
    const { title } = this.#session.conversation;
    this.#options.onTitle(title === '' ? vscode.l10n.t('Chat') : title);
  }

  /** Says a word above the input. */
  notify(text: string): void {
    this.webview.send({ type: 'notice', text });
  }

  /** Sets one of the conversation's parameters. `null`, and what is out of range: the connection's value holds. */
  setParameter(name: ParameterName, value: number | null): void {
    const { activeConnection } = this.#options.settings;
    const range = activeConnection.kind === 'connection' ? activeConnection.connection.penaltyRange : 'wide';
    const isAllowed = value !== null && checkParameter(name, value, range, vscode.l10n.t) === undefined;
    this.#session.setParameter(name, isAllowed ? value : undefined);
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
    this.anchors.adopt(attachment.id, anchor);
    this.#session.offer(question, [attachment], answer);
    await this.webview.show({ type: 'notice', text: reason });
  }

  /** Something that is attached to the draft or was to a question. */
  attachment(id: string): Attachment | undefined {
    return [...this.input.attached, ...this.#session.conversation.attachments].find((each) => each.id === id);
  }

  dispose(): void {
    this.#unsubscribe();
    this.input.dispose();
    this.#settingsChange.dispose();
    this.webview.dispose();
  }

  /** The session has changed. */
  #tell(message: ToPage): void {
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
    // A long conversation takes a moment to count: it is shown first.
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

/** The texts of VS Code's display language; none in English. */
function stringBundle(): Readonly<Record<string, string>> {
  const bundle = vscode.l10n.bundle ?? {};
  return Object.fromEntries(
    Object.entries(bundle).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
