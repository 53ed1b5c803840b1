import type * as vscode from 'vscode';
import type { PreparedRequest } from '../connections/requestView.ts';
import type { Endpoints } from '../connections/endpoints.ts';
import type { Gathered, NamedBy } from '../context/attachContext.ts';
import type { CapturedContext } from '../context/capture.ts';
import type { ContextSource } from '../context/source.ts';
import type { PageFile } from '../conversation/history/pageFile.ts';
import type { Session } from '../conversation/session.ts';
import type { Turn } from '../conversation/turn.ts';
import type { Attachment } from '../prompt/context.ts';
import type { Settings } from '../settings/settings.ts';
import type { AnswerStatus, BudgetView, Draft, ToPage, TooLongChoice } from '../shared/protocol.ts';
import type { Anchors } from './anchors.ts';
import type { PageWebview } from './pageWebview.ts';
import { fits, type QuestionBudgets } from './questionBudget.ts';
import { QuestionDraft, type Question } from './questionDraft.ts';

/** The argument of `askance.askAboutSelection`. */
export interface AskArgument {
  /** Text for the input. */
  readonly question?: string;
  /** Whether to send the question at once. */
  readonly send?: boolean;
}

/** A question that was sent. */
export interface SentQuestion {
  readonly turn: Turn;
  /** Resolves when its answer has ended in any way. */
  readonly ended: Promise<void>;
}

export interface PageInputOptions {
  readonly settings: Settings;
  /** Locations of the attachments. */
  readonly anchors: Anchors;
  readonly budgets: QuestionBudgets;
  /** Where the draft is saved until it is sent. */
  readonly file: PageFile;
  readonly webview: PageWebview;
  /** The session that the page shows. */
  session(): Session;
}

/** A page's input: the draft, its attachments, and the queued question. */
export class PageInput implements vscode.Disposable {
  readonly #options: PageInputOptions;
  readonly #draft: QuestionDraft;
  /** Sessions that already got their instructions, so that removed ones don't come back. */
  readonly #instructed = new WeakSet<Session>();

  constructor(options: PageInputOptions) {
    this.#options = options;
    this.#draft = new QuestionDraft({
      ...options,
      conversation: () => options.session().conversation.id,
      onFilesChange: () => this.#tellDraft(false, false),
    });
  }

  /** The draft's attachments. */
  get attached(): readonly Attachment[] {
    return this.#draft.context.attachments;
  }

  /** The draft as the page shows it. */
  get view(): Required<Draft> {
    return this.#draft.view;
  }

  /** The question that is sent when the running answer has ended. */
  get queued(): Question | undefined {
    return this.#draft.queued;
  }

  /**
   * Attaches what the user means in the editor and puts the question into the input, or sends it. Resolves when either
   * is done.
   */
  async askAboutSelection({ question, send = false }: AskArgument): Promise<void> {
    const { captured, problems } = await this.#gather([{ kind: 'selection' }], 'user');
    if (captured.length > 0 && send && question !== undefined) {
      await this.askAbout(captured, question);
      return;
    }
    this.#draft.context.add(captured);
    const writes = question !== undefined && !(send && captured.length === 0);
    if (writes) this.#draft.append(question);
    await this.#showDraft(writes, problems);
  }

  /**
   * Asks about captured code. While an answer is running, or if the question is too long, both stay in the draft.
   * @returns the turn and the end of its answer; undefined if it wasn't sent.
   */
  async askAbout(captured: readonly CapturedContext[], question: string): Promise<SentQuestion | undefined> {
    await this.#attachInstructions();
    const { instructions } = this.#draft.context;
    const attachments = [...instructions, ...captured.map(({ attachment }) => attachment)];
    const asked = { text: question, attachments };
    const budget = this.#budget(asked);
    const mayGo = fits(budget);
    if (this.#session.answering || !mayGo) {
      this.#draft.context.add(captured);
      this.#draft.append(question);
      await this.#showDraft(true, []);
      if (!mayGo) this.#send({ type: 'tooLong' });
      return undefined;
    }
    for (const { id } of instructions) this.#draft.context.release(id);
    for (const item of captured) if ('document' in item) this.#options.anchors.add(item);
    await this.#options.webview.show(this.#draftMessage(false));
    return this.#ask(asked, budget, false);
  }

  /** Restores a question that couldn't be sent to the input. */
  putBack(question: string): void {
    this.#draft.append(question);
    this.#send(this.#draftMessage(true));
  }

  /**
   * Adds attachments to the draft and reports those that failed.
   * @returns whether any was added.
   */
  async attach(sources: readonly ContextSource[], namedBy: NamedBy = 'user'): Promise<boolean> {
    const { captured, problems } = await this.#gather(sources, namedBy);
    this.#draft.context.add(captured);
    await this.#showDraft(false, problems);
    return captured.length > 0;
  }

  /**
   * Sends the question with the draft's refreshed attachments; the page has already emptied its input. A question that
   * is too long is sent only after the user has chosen how.
   */
  async ask(question: string, tooLong?: TooLongChoice): Promise<void> {
    const text = question.trim();
    this.#draft.text = text;
    if (this.attached.length > 0) await this.#draft.context.refresh();
    // Text typed in the meantime belongs to the next question.
    const typed = this.#draft.text === text ? '' : this.#draft.text;
    this.#draft.text = text;
    const session = this.#session;
    if (tooLong === 'leaveOut') this.#options.budgets.leaveOut(session);
    const budget = this.#budget();
    const mayGo = tooLong !== undefined || fits(budget);
    if (text === '' || !mayGo || (session.answering && this.#draft.queued)) {
      if (typed !== '') this.#draft.append(typed);
      this.#tellDraft(true);
      if (!mayGo) this.#send({ type: 'tooLong' });
      return;
    }
    if (session.answering) {
      this.#draft.queue(typed);
      this.#tellDraft(false, false);
      this.#tellQueue();
      return;
    }
    const asked = this.#draft.take(typed);
    this.#tellDraft(false, false);
    this.#ask(asked, budget, tooLong === 'sendAll');
  }

  /** Sends the question with captured code in addition to the draft's attachments. */
  async askWith(captured: readonly CapturedContext[], question: string): Promise<void> {
    this.#draft.context.add(captured);
    await this.ask(question);
  }

  /** Puts the queued question back into the input. */
  unqueue(): void {
    if (!this.#draft.unqueue()) return;
    this.#tellQueue();
    this.#tellDraft(true, false);
  }

  /** Sends the queued question if the answer completed; otherwise the user decides. */
  answered(status: AnswerStatus): void {
    const { queued } = this.#draft;
    if (!queued || this.#session.answering) return;
    const budget = this.#budget(queued);
    if (status.kind !== 'done' || !fits(budget)) {
      this.unqueue();
      return;
    }
    this.#draft.takeQueued();
    this.#tellQueue();
    this.#ask(queued, budget, false);
  }

  /** The draft with refreshed attachments. */
  async freshDraft(): Promise<Question> {
    if (this.attached.length > 0) await this.#draft.context.refresh();
    return { text: this.#draft.text.trim(), attachments: this.attached };
  }

  /** The request that sending the question now would produce. */
  preview(endpoints: Endpoints, question: Question): Promise<PreparedRequest> {
    const session = this.#session;
    const budget = this.#budget(question);
    const leftOut = budget?.leavesOut ? budget.leftOut : 0;
    const { parameters } = session.conversation;
    return endpoints.preview(
      (systemPrompt) => session.nextMessages(systemPrompt, question.text, question.attachments, leftOut),
      { parameters },
    );
  }

  /** The user typed; the page already shows the text. */
  typed(text: string): void {
    this.#draft.text = text;
    this.tellBudget();
  }

  removeAttachment(id: string): void {
    this.#draft.context.remove(id);
    this.#tellDraft(false);
  }

  /** Takes over another page's unsent draft. */
  adopt(other: PageInput): void {
    if (this.#draft.adopt(other.#draft)) this.#send(this.#draftMessage(true, false));
  }

  /** The page shows another session; the draft stays. */
  keep(): void {
    this.#draft.keep();
  }

  /** Attaches the workspace's instructions if enabled, and sends the page its budget. */
  update(): void {
    void this.#attachInstructions();
    this.tellBudget();
  }

  tellBudget(): void {
    this.#send(this.#budgetMessage());
  }

  dispose(): void {
    this.#draft.dispose();
  }

  get #session(): Session {
    return this.#options.session();
  }

  /** Adds the workspace's instructions to the draft of an empty conversation, once. */
  async #attachInstructions(): Promise<void> {
    const session = this.#session;
    if (!this.#options.settings.useAgentsFile || session.turns.length > 0 || this.#instructed.has(session)) return;
    this.#instructed.add(session);
    const { captureInstructions } = await import('../context/instructions.ts');
    this.#draft.context.add(await captureInstructions(this.#options.settings.exclude));
    this.#tellDraft(false, false);
  }

  async #gather(sources: readonly ContextSource[], namedBy: NamedBy): Promise<Gathered> {
    const { gatherContext } = await import('../context/attachContext.ts');
    return gatherContext(sources, this.#options.settings, namedBy);
  }

  #ask({ text, attachments }: Question, budget: BudgetView | undefined, all: boolean): SentQuestion | undefined {
    const session = this.#session;
    const { budgets } = this.#options;
    const ended = session.ask(text, attachments, all ? 0 : budget?.leftOut);
    const turn = session.conversation.path.at(-1);
    if (!turn) return undefined;
    if (all) budgets.choose(session, 'sendAll', turn);
    if (budget?.leftOut === 0) budgets.sent(turn.id, budget);
    return { turn, ended };
  }

  #budget(question: Question = this.#draft.question): BudgetView | undefined {
    return this.#options.budgets.of(this.#session, question);
  }

  #send(message: ToPage): void {
    this.#options.webview.send(message);
  }

  async #showDraft(withText: boolean, problems: readonly string[]): Promise<void> {
    const notice = problems.length > 0 ? [{ type: 'notice', text: problems.join(' ') } as const] : [];
    await this.#options.webview.show(this.#draftMessage(withText), ...notice, this.#budgetMessage());
  }

  #tellDraft(withText: boolean, focus = true): void {
    this.#send(this.#draftMessage(withText, focus));
    this.tellBudget();
  }

  #tellQueue(): void {
    const { queued } = this.#draft;
    this.#send({ type: 'queue', ...(queued && { question: queued.text }) });
  }

  #budgetMessage(): ToPage {
    return { type: 'budget', budget: this.#budget() };
  }

  /** @param withText Only if the host changed the text: the page may have newer keystrokes than it has sent. */
  #draftMessage(withText: boolean, focus = true): ToPage {
    const { text, attachments } = this.#draft.view;
    return { type: 'draft', ...(withText && { text }), attachments, focus };
  }
}
