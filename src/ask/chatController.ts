import * as vscode from 'vscode';
import type { Gathered } from './attachContext.ts';
import type { PageFile } from '../chat/pageFile.ts';
import type { Session } from '../chat/session.ts';
import type { Turn } from '../chat/turn.ts';
import { DraftContext } from './draftContext.ts';
import type { Anchor } from '../editor/anchor.ts';
import type { Anchors } from '../editor/anchors.ts';
import type { CapturedContext } from '../editor/context/capture.ts';
import type { ContextSource } from '../editor/context/source.ts';
import { ChatPage, type PageMessage } from '../panel/chatPage.ts';
import type { Attachment } from '../prompt/context.ts';
import type { Endpoints } from '../endpoint/endpoints.ts';
import type { TokenEstimates } from '../prompt/tokens.ts';
import { questionBudget } from './questionBudget.ts';
import type { Asked } from '../endpoint/requestView.ts';
import type { Settings } from '../settings.ts';
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

/** What is to be asked. */
interface Question {
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

/** One page of the chat: its draft, the conversation that it shows, and what it says and is told. */
export class ChatController implements vscode.Disposable {
  readonly page: ChatPage;
  readonly #host: ChatControllerHost;
  readonly #settingsChange: vscode.Disposable;
  #session: Session;
  readonly #context: DraftContext;
  /** Conversations that got their instructions; what the user removed does not come back. */
  readonly #instructed = new WeakSet<Session>();
  /** Conversations whose oldest turns are left out where they get too long. */
  readonly #leavingOut = new WeakSet<Session>();
  /** What was estimated for the latest question, for its answer to tell how good that was. */
  #estimate: { readonly turnId: string; readonly tokens: number } | undefined;
  /** What is asked when the answer that is coming has ended. */
  #queued: Question | undefined;
  #textNow: string;

  constructor(host: ChatControllerHost) {
    const { settings } = host;
    this.#host = host;
    this.#session = host.session;
    const { text, attachments } = host.file.read();
    this.#textNow = text;
    this.#context = new DraftContext(settings, host.anchors, attachments, {
      onChange: () => this.#keep(),
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
    this.#keep();
    this.#host.onSessionChange();
  }

  /** Shows the conversation anew. */
  refresh(): void {
    this.page.send(this.#snapshot({ attachments: this.#draft.attachments }));
  }

  /** Takes over what was written in another page and not sent. */
  adoptDraft(other: ChatController): void {
    const attachments = other.#context.take();
    if (other.#text.trim() === '' && attachments.length === 0) return;
    if (other.#text.trim() !== '') this.#appendToDraft(other.#text);
    this.#context.adopt(attachments);
    this.page.send(this.#draftMessage(true, false));
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
    this.#context.add(captured);
    const writes = question !== undefined && !(send && captured.length === 0);
    if (writes) this.#appendToDraft(question);
    await this.#showDraft(writes, problems);
  }

  /**
   * Asks about what was captured; while an answer is on its way, both wait in the draft. Resolves when it was sent.
   * @returns The turn, and the end of its answer; undefined: it was not sent.
   */
  async askAbout(captured: readonly CapturedContext[], question: string): Promise<SentQuestion | undefined> {
    if (this.#session.answering) {
      this.#context.add(captured);
      this.#appendToDraft(question);
      await this.#showDraft(true, []);
      return undefined;
    }
    await this.#attachInstructions();
    const instructions = this.#context.takeInstructions();
    for (const item of captured) if ('document' in item) this.#host.anchors.add(item);
    await this.page.show(this.#draftMessage(false));
    const ended = this.#session.ask(question, [...instructions, ...captured.map(({ attachment }) => attachment)]);
    const turn = this.#session.conversation.path.at(-1);
    return turn && { turn, ended };
  }

  /** What is attached to the question that is being written. */
  get attached(): readonly Attachment[] {
    return this.#context.attachments;
  }

  /** Puts a question that could not be asked back into the input. */
  putBack(question: string): void {
    this.#appendToDraft(question);
    this.page.send(this.#draftMessage(true));
  }

  /** Attaches more to the question that is being written. Says what could not be. @returns whether anything was. */
  async attach(sources: readonly ContextSource[]): Promise<boolean> {
    const { captured, problems } = await this.#gather(sources);
    this.#context.add(captured);
    await this.#showDraft(false, problems);
    return captured.length > 0;
  }

  /**
   * Asks the question with what is attached to the draft, as that is now; the page has emptied its input.
   * What is too long is not sent before the user has chosen what to do about it.
   */
  async ask(question: string, tooLong?: TooLongChoice): Promise<void> {
    this.#text = question.trim();
    if (this.#context.attachments.length > 0) await this.#context.refresh();
    const session = this.#session;
    if (tooLong === 'leaveOut') this.#leavingOut.add(session);
    const { attachments } = this.#context;
    const budget = this.#budget();
    const mayGo = tooLong !== undefined || fits(budget);
    if (this.#text === '' || !mayGo || (session.answering && this.#queued)) {
      this.#tellDraft(true);
      if (!mayGo) this.page.send({ type: 'tooLong' });
      return;
    }
    const asked = { text: this.#text, attachments };
    this.#context.take();
    if (session.answering) this.#queued = asked;
    this.#text = '';
    this.#tellDraft(false, false);
    if (this.#queued) this.page.send({ type: 'queue', question: asked.text });
    else this.#send(asked, budget, tooLong === 'sendAll');
  }

  /** Puts the question that waits back into the input. */
  unqueue(): void {
    const queued = this.#queued;
    if (!queued) return;
    this.#queued = undefined;
    this.#appendToDraft(queued.text);
    this.#context.adopt(queued.attachments);
    this.page.send({ type: 'queue' });
    this.#tellDraft(true, false);
  }

  /** Asks an earlier question in other words. */
  edit(turnId: string, question: string): void {
    if (question.trim() !== '') void this.#session.edit(turnId, question.trim());
  }

  /** Passes on what the conversation tells. */
  tell(message: ToPage): void {
    this.page.send(message);
    if (message.type === 'answerUpdated') {
      this.#learn(message);
      this.#dequeue(message.answer.status);
    }
    const isEnd = message.type === 'answerUpdated' && !this.#session.answering;
    if (isEnd || message.type === 'turns' || message.type === 'parameters') this.#tellBudget();
  }

  stop(): void {
    this.#session.stop();
  }

  /** @param notBefore Milliseconds since 1970; until then it waits. */
  retry(turnId: string, notBefore?: number): void {
    void this.#session.retry(turnId, notBefore);
  }

  /** Sets one of the conversation's parameters. `null`, and what is out of range: the profile's value holds. */
  setParameter(name: ParameterName, value: number | null): void {
    const { activeProfile } = this.#host.settings;
    const range = activeProfile.kind === 'profile' ? activeProfile.profile.penaltyRange : 'wide';
    const isAllowed = value !== null && checkParameter(name, value, range, vscode.l10n.t) === undefined;
    this.#session.setParameter(name, isAllowed ? value : undefined);
  }

  /** What would be sent if the draft were asked now. */
  draftRequest(endpoints: Endpoints): Promise<Asked> {
    const session = this.#session;
    const budget = this.#budget();
    const leftOut = budget?.leavesOut ? budget.leftOut : 0;
    return endpoints.preview(session.conversation.parameters, (systemPrompt) =>
      session.nextMessages(systemPrompt, this.#text.trim(), this.#context.attachments, leftOut),
    );
  }

  /** What is sent if a turn's question is asked anew. */
  turnRequest(turnId: string, endpoints: Endpoints): Promise<Asked> {
    const session = this.#session;
    const turn = session.turn(turnId);
    return endpoints.preview(session.conversation.parameters, (systemPrompt) =>
      turn ? session.turnMessages(systemPrompt, turn) : [],
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
    return [...this.#context.attachments, ...this.#session.conversation.attachments].find((each) => each.id === id);
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
    this.#tellBudget();
  }

  removeAttachment(id: string): void {
    this.#context.remove(id);
    this.#tellDraft(false);
  }

  dispose(): void {
    this.#context.dispose();
    this.#settingsChange.dispose();
    this.page.dispose();
  }

  /** Puts the workspace's instructions into the draft of a conversation that has not begun, once. */
  async #attachInstructions(): Promise<void> {
    const session = this.#session;
    if (!this.#host.settings.useAgentsFile || session.turns.length > 0 || this.#instructed.has(session)) return;
    this.#instructed.add(session);
    const { captureInstructions } = await import('../editor/context/instructions.ts');
    this.#context.add((await captureInstructions()).map((attachment) => ({ attachment })));
    this.#tellDraft(false, false);
  }

  async #gather(sources: readonly ContextSource[]): Promise<Gathered> {
    const { gatherContext } = await import('./attachContext.ts');
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
    const queued = this.#queued;
    if (!queued || this.#session.answering) return;
    const budget = this.#budget(queued);
    if (status.kind !== 'done' || !fits(budget)) {
      this.unqueue();
      return;
    }
    this.#queued = undefined;
    this.page.send({ type: 'queue' });
    this.#send(queued, budget, false);
    this.#keep();
  }

  #send({ text, attachments }: Question, budget: BudgetView | undefined, all: boolean): void {
    const session = this.#session;
    void session.ask(text, attachments, all ? 0 : budget?.leftOut);
    const turnId = session.conversation.path.at(-1)?.id;
    if (budget && budget.leftOut === 0 && turnId !== undefined) this.#estimate = { turnId, tokens: budget.total };
  }

  #budget({ text, attachments }: Question = this.#question): BudgetView | undefined {
    const { settings, estimates } = this.#host;
    const question = {
      earlier: this.#session.conversation.path,
      attachments,
      text,
      leavesOut: this.#leavingOut.has(this.#session),
      maxTokens: this.#session.conversation.parameters.max_tokens,
    };
    return questionBudget(question, settings, estimates);
  }

  /** What the server counted shows how good the estimate was. */
  #learn({ turnId, answer }: Extract<ToPage, { type: 'answerUpdated' }>): void {
    const promptTokens = answer.usage?.promptTokens;
    if (turnId !== this.#estimate?.turnId || answer.status.kind !== 'done' || promptTokens === undefined) return;
    const { estimates } = this.#host;
    estimates.learn(answer.model, this.#estimate.tokens / estimates.factor(answer.model), promptTokens);
    this.#estimate = undefined;
  }

  /** What the user wrote before is kept. */
  #appendToDraft(question: string): void {
    this.#text =
      this.#text.trim() === '' || this.#text === question ? question : `${this.#text.trimEnd()}\n${question}`;
  }

  get #text(): string {
    return this.#textNow;
  }

  set #text(text: string) {
    this.#textNow = text;
    this.#keep();
  }

  get #question(): Question {
    return { text: this.#text, attachments: this.#context.attachments };
  }

  /** A question that waits is one that is not sent. */
  #keep(): void {
    const questions = [...(this.#queued ? [this.#queued] : []), this.#question];
    this.#host.file.write({
      conversation: this.#session.conversation.id,
      text: questions
        .map(({ text }) => text)
        .join('\n')
        .trimStart(),
      attachments: questions.flatMap(({ attachments }) => attachments),
    });
  }

  get #draft(): Required<Draft> {
    return { text: this.#text, attachments: this.#context.views };
  }

  /** @param withText Only where the host changed the text: the page may hold newer keystrokes than it has told. */
  #draftMessage(withText: boolean, focus = true): ToPage {
    const { text, attachments } = this.#draft;
    return { type: 'draft', ...(withText && { text }), attachments, focus };
  }

  #snapshot(draft: Draft = this.#draft): ToPage {
    void this.#attachInstructions();
    // A long conversation takes a moment to count: it is shown first.
    setTimeout(() => this.#tellBudget());
    return {
      type: 'snapshot',
      page: this.#host.id,
      conversation: this.#session.conversation.id,
      turns: this.#session.turns,
      draft,
      ...(this.#queued && { queued: this.#queued.text }),
      readiness: this.#host.settings.readiness,
      parameters: this.#session.conversation.parameters,
      fontSize: this.#host.settings.fontSize,
      strings: stringBundle(),
    };
  }
}

function fits(budget: BudgetView | undefined): boolean {
  const isTooLong = budget?.limit !== undefined && budget.total > budget.limit;
  return !isTooLong || (budget.leavesOut && budget.canFit);
}

/** The texts of VS Code's display language; none in English. */
function stringBundle(): Readonly<Record<string, string>> {
  const bundle = vscode.l10n.bundle ?? {};
  return Object.fromEntries(
    Object.entries(bundle).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
