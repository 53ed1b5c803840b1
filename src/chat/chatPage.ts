import * as vscode from 'vscode';
import type { Gathered } from '../context/attachContext.ts';
import type { PageFile } from '../conversation/history/pageFile.ts';
import type { Session } from '../conversation/session.ts';
import type { Turn } from '../conversation/turn.ts';
import type { Anchor } from '../documents/anchor.ts';
import type { Anchors } from './anchors.ts';
import type { CapturedContext } from '../context/capture.ts';
import type { ContextSource } from '../context/source.ts';
import { ChatPage, type PageMessage } from './pageWebview.ts';
import type { Attachment } from '../prompt/context.ts';
import type { Endpoints } from '../connections/endpoints.ts';
import type { TokenEstimates } from '../prompt/tokens.ts';
import { AskingAgain } from './turnCommands.ts';
import { fits, QuestionBudgets } from './questionBudget.ts';
import { QuestionDraft, type Question } from './questionDraft.ts';
import type { Asked } from '../connections/requestView.ts';
import type { Settings } from '../settings/settings.ts';
import { checkParameter, type ParameterName } from '../shared/parameters.ts';
import type { AnswerStatus, AnswerView, BudgetView, Draft, ToPage, TooLongChoice } from '../shared/protocol.ts';

/** The argument of `askance.askAboutSelection`. */
export interface AskArgument {
  /** Put into the input. */
  readonly question?: string;
  /** true: the question is sent at once. */
  readonly send?: boolean;
}

/** A question that was sent. */
export interface SentQuestion {
  readonly turn: Turn;
  /** Resolves when its answer has ended, however it did. */
  readonly ended: Promise<void>;
}

/** What the pages of the chat share. */
export interface ChatControllerHost {
  /** Name of the page, under which it is found again. */
  readonly id: string;
  /** What the page was when it was last seen, and will be. */
  readonly file: PageFile;
  /** The conversation that the page shows first. */
  readonly session: Session;
  readonly settings: Settings;
  readonly estimates: TokenEstimates;
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
  /** Told what the conversation is called. */
  onTitle(title: string): void;
}

/** One page of the chat: its draft, the conversation that it shows, and what it says and is told. */
export class ChatController implements vscode.Disposable {
  readonly page: ChatPage;
  readonly #host: ChatControllerHost;
  readonly #settingsChange: vscode.Disposable;
  #session: Session;
  readonly #draft: QuestionDraft;
  readonly #budgets: QuestionBudgets;
  /** What asks about a turn that is there. */
  readonly again: AskingAgain;
  /** Conversations that got their instructions; what the user removed does not come back. */
  readonly #instructed = new WeakSet<Session>();

  constructor(host: ChatControllerHost) {
    const { settings } = host;
    this.#host = host;
    this.#session = host.session;
    this.#budgets = new QuestionBudgets(settings, host.estimates);
    this.again = new AskingAgain({
      session: () => this.#session,
      budgets: this.#budgets,
      putBack: (question) => this.putBack(question),
    });
    this.#draft = new QuestionDraft({
      settings,
      anchors: host.anchors,
      file: host.file,
      conversation: () => this.#session.conversation.id,
      onFilesChange: () => this.#tellDraft(false, false),
    });
    this.page = new ChatPage(host.dist, {
      snapshot: () => this.#snapshot(),
      onMessage: (message) => host.onMessage(message),
      reveal: () => host.reveal(),
    });
    this.#settingsChange = settings.onChange(() => {
      this.page.send({ type: 'readiness', readiness: settings.readiness });
      this.page.send({ type: 'fontSize', fontSize: settings.fontSize });
      void this.#attachInstructions();
      this.#tellBudget();
    });
  }

  /** The conversation that the page shows. */
  get session(): Session {
    return this.#session;
  }

  /** Shows another conversation; the draft stays. */
  show(session: Session): void {
    this.unqueue();
    this.#session = session;
    this.refresh();
    this.#draft.keep();
    this.#host.onSessionChange();
  }

  /** Shows the conversation anew. */
  refresh(): void {
    this.page.send(this.#snapshot({ attachments: this.#draft.context.views }));
  }

  /** Takes over what was written in another page and not sent. */
  adoptDraft(other: ChatController): void {
    if (this.#draft.adopt(other.#draft)) this.page.send(this.#draftMessage(true, false));
  }

  tellTitle(): void {
    const { title } = this.#session.conversation;
    this.#host.onTitle(title === '' ? vscode.l10n.t('Chat') : title);
  }

  /** Resolves when everything is kept. */
  flush(): Promise<void> {
    return this.#host.file.flush();
  }

  /** The page is gone for good. */
  forget(): Promise<void> {
    return this.#host.file.remove();
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
    const { captured, problems } = await this.#gather([{ kind: 'selection' }]);
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
   * Asks about what was captured. While an answer is on its way, or where it is too long, both wait in the draft.
   * @returns The turn, and the end of its answer; undefined: it was not sent.
   */
  async askAbout(captured: readonly CapturedContext[], question: string): Promise<SentQuestion | undefined> {
    const asked = { text: question, attachments: await this.attachmentsOf(captured) };
    const budget = this.#budget(asked);
    const mayGo = fits(budget);
    if (this.#session.answering || !mayGo) {
      this.#draft.context.add(captured);
      this.#draft.append(question);
      await this.#showDraft(true, []);
      if (!mayGo) this.page.send({ type: 'tooLong' });
      return undefined;
    }
    for (const { id } of this.#draft.context.instructions) this.#draft.context.release(id);
    for (const item of captured) if ('document' in item) this.#host.anchors.add(item);
    await this.page.show(this.#draftMessage(false));
    return this.#send(asked, budget, false);
  }

  /** What goes along with a question about what was captured: the workspace's instructions, too, where they are meant to. */
  async attachmentsOf(captured: readonly CapturedContext[]): Promise<readonly Attachment[]> {
    await this.#attachInstructions();
    return [...this.#draft.context.instructions, ...captured.map(({ attachment }) => attachment)];
  }

  /** What is attached to the question that is being written. */
  get attached(): readonly Attachment[] {
    return this.#draft.context.attachments;
  }

  /** Puts a question that could not be asked back into the input. */
  putBack(question: string): void {
    this.#draft.append(question);
    this.page.send(this.#draftMessage(true));
  }

  /** Attaches more to the question that is being written. Says what could not be. @returns whether anything was. */
  async attach(sources: readonly ContextSource[]): Promise<boolean> {
    const { captured, problems } = await this.#gather(sources);
    this.#draft.context.add(captured);
    await this.#showDraft(false, problems);
    return captured.length > 0;
  }

  /**
   * Asks the question with what is attached to the draft, as that is now; the page has emptied its input.
   * What is too long is not sent before the user has chosen what to do about it.
   */
  async ask(question: string, tooLong?: TooLongChoice): Promise<void> {
    const text = question.trim();
    this.#draft.text = text;
    if (this.attached.length > 0) await this.#draft.context.refresh();
    // What was typed meanwhile belongs to the next question.
    const typed = this.#draft.text === text ? '' : this.#draft.text;
    this.#draft.text = text;
    const session = this.#session;
    if (tooLong === 'leaveOut') this.#budgets.leaveOut(session);
    const budget = this.#budget();
    const mayGo = tooLong !== undefined || fits(budget);
    if (text === '' || !mayGo || (session.answering && this.#draft.queued)) {
      if (typed !== '') this.#draft.append(typed);
      this.#tellDraft(true);
      if (!mayGo) this.page.send({ type: 'tooLong' });
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
    this.#send(asked, budget, tooLong === 'sendAll');
  }

  /** Asks the question with what was captured, beside what is attached to the draft. */
  async askWith(captured: readonly CapturedContext[], question: string): Promise<void> {
    this.#draft.context.add(captured);
    await this.ask(question);
  }

  /** Puts the question that waits back into the input. */
  unqueue(): void {
    if (!this.#draft.unqueue()) return;
    this.#tellQueue();
    this.#tellDraft(true, false);
  }

  /** Passes on what the conversation tells. */
  tell(message: ToPage): void {
    this.page.send(message);
    if (message.type === 'answerUpdated') {
      this.#budgets.learn(message);
      this.#dequeue(message.answer.status);
    }
    const isEnd = message.type === 'answerUpdated' && !this.#session.answering;
    if (isEnd || message.type === 'turns' || message.type === 'parameters') this.#tellBudget();
  }

  stop(): void {
    this.#session.stop();
  }

  /** Sets one of the conversation's parameters. `null`, and what is out of range: the connection's value holds. */
  setParameter(name: ParameterName, value: number | null): void {
    const { activeConnection } = this.#host.settings;
    const range = activeConnection.kind === 'connection' ? activeConnection.connection.penaltyRange : 'wide';
    const isAllowed = value !== null && checkParameter(name, value, range, vscode.l10n.t) === undefined;
    this.#session.setParameter(name, isAllowed ? value : undefined);
  }

  /** The draft with what is attached to it as that is now. */
  async freshDraft(): Promise<Question> {
    if (this.attached.length > 0) await this.#draft.context.refresh();
    return { text: this.#draft.text.trim(), attachments: this.attached };
  }

  /** What would be sent if the question were asked now. */
  preview(endpoints: Endpoints, question: Question): Promise<Asked> {
    const session = this.#session;
    const budget = this.#budget(question);
    const leftOut = budget?.leavesOut ? budget.leftOut : 0;
    const { parameters } = session.conversation;
    return endpoints.preview(
      (systemPrompt) => session.nextMessages(systemPrompt, question.text, question.attachments, leftOut),
      { parameters },
    );
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

  /** Something that is attached to the draft or was to a question. */
  attachment(id: string): Attachment | undefined {
    return [...this.attached, ...this.#session.conversation.attachments].find((each) => each.id === id);
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
    this.#draft.text = text;
    this.#tellBudget();
  }

  removeAttachment(id: string): void {
    this.#draft.context.remove(id);
    this.#tellDraft(false);
  }

  dispose(): void {
    this.#draft.dispose();
    this.#settingsChange.dispose();
    this.page.dispose();
  }

  /** Puts the workspace's instructions into the draft of a conversation that has not begun, once. */
  async #attachInstructions(): Promise<void> {
    const session = this.#session;
    if (!this.#host.settings.useAgentsFile || session.turns.length > 0 || this.#instructed.has(session)) return;
    this.#instructed.add(session);
    const { captureInstructions } = await import('../context/instructions.ts');
    this.#draft.context.add((await captureInstructions()).map((attachment) => ({ attachment })));
    this.#tellDraft(false, false);
  }

  async #gather(sources: readonly ContextSource[]): Promise<Gathered> {
    const { gatherContext } = await import('../context/attachContext.ts');
    return gatherContext(sources, this.#host.settings);
  }

  async #showDraft(withText: boolean, problems: readonly string[]): Promise<void> {
    const notice = problems.length > 0 ? [{ type: 'notice', text: problems.join(' ') } as const] : [];
    await this.page.show(this.#draftMessage(withText), ...notice, this.#budgetMessage());
  }

  #tellDraft(withText: boolean, focus = true): void {
    this.page.send(this.#draftMessage(withText, focus));
    this.#tellBudget();
  }

  #tellBudget(): void {
    this.page.send(this.#budgetMessage());
  }

  #budgetMessage(): ToPage {
    return { type: 'budget', budget: this.#budget() };
  }

  /** Asks the question that waits, if the answer came to its end; else it is for the user to decide. */
  #dequeue(status: AnswerStatus): void {
    const { queued } = this.#draft;
    if (!queued || this.#session.answering) return;
    const budget = this.#budget(queued);
    if (status.kind !== 'done' || !fits(budget)) {
      this.unqueue();
      return;
    }
    this.#draft.takeQueued();
    this.#tellQueue();
    this.#send(queued, budget, false);
  }

  #send({ text, attachments }: Question, budget: BudgetView | undefined, all: boolean): SentQuestion | undefined {
    const session = this.#session;
    const ended = session.ask(text, attachments, all ? 0 : budget?.leftOut);
    const turn = session.conversation.path.at(-1);
    if (!turn) return undefined;
    if (all) this.#budgets.choose(session, 'sendAll', turn);
    if (budget?.leftOut === 0) this.#budgets.sent(turn.id, budget);
    return { turn, ended };
  }

  #budget(question: Question = this.#draft.question): BudgetView | undefined {
    return this.#budgets.of(this.#session, question);
  }

  #tellQueue(): void {
    const { queued } = this.#draft;
    this.page.send({ type: 'queue', ...(queued && { question: queued.text }) });
  }

  /** @param withText Only where the host changed the text: the page may hold newer keystrokes than it has told. */
  #draftMessage(withText: boolean, focus = true): ToPage {
    const { text, attachments } = this.#draft.view;
    return { type: 'draft', ...(withText && { text }), attachments, focus };
  }

  #snapshot(draft: Draft = this.#draft.view): ToPage {
    const { queued } = this.#draft;
    void this.#attachInstructions();
    // A long conversation takes a moment to count: it is shown first.
    setTimeout(() => this.#tellBudget());
    return {
      type: 'snapshot',
      page: this.#host.id,
      conversation: this.#session.conversation.id,
      turns: this.#session.turns,
      draft,
      ...(queued && { queued: queued.text }),
      readiness: this.#host.settings.readiness,
      parameters: this.#session.conversation.parameters,
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
