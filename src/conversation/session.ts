import { isCancel } from '../api/errors.ts';
import type { CompletionEvent } from '../api/events.ts';
import { Wait } from '../api/retry.ts';
import type { Message } from '../api/types.ts';
import type { Attachment } from '../prompt/context.ts';
import { chatMessages, type Exchange } from '../prompt/messages.ts';
import type { WireId } from '../shared/wireId.ts';
import type { ParameterName } from '../shared/parameters.ts';
import type { AnswerStatus, AnswerView, ErrorReport, ToPage, TurnView } from '../shared/protocol.ts';
import { applyEvent, ended, noAnswer, resumed } from './answer.ts';
import type { Continuation, Continued } from './continuation.ts';
import type { Conversation } from './conversation.ts';
import { turnView, type Turn } from './turn.ts';

/** The endpoint for one question, from the settings at the time it was asked. */
export interface Endpoint {
  /** Name of the connection. */
  readonly connection: string;
  readonly model: string;
  /** The API of the request. */
  readonly wire?: WireId;
  readonly systemPrompt: string;
  /** The fields of the request other than model and messages. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  complete(messages: readonly Message[], signal: AbortSignal): AsyncIterable<CompletionEvent>;
}

export interface SessionOptions {
  /** Reads the settings and the key. Throws errors that `report` can explain. */
  openEndpoint(): Promise<Endpoint>;
  report(error: unknown): Promise<ErrorReport>;
}

/** Receives all changes of a session in order. */
export type SessionListener = (message: ToPage) => void;

/** The answer in progress. */
interface Running {
  readonly turn: Turn;
  readonly controller: AbortController;
  /** Undefined if the answer is generated from its beginning. */
  continuation: Continuation | undefined;
}

interface HowToAnswer {
  /** Start no earlier than this time, which the server named. */
  readonly wait?: { readonly until: number; readonly reason: string } | undefined;
  /** Continues a partial answer. */
  readonly continues?: true;
}

/** Asks the questions of one conversation, one at a time. Pages only display it. */
export class Session {
  readonly conversation: Conversation;
  readonly #options: SessionOptions;
  readonly #listeners = new Set<SessionListener>();
  #running: Running | undefined;
  /** Ends the wait before the next try. */
  #skipWait: (() => void) | undefined;

  constructor(conversation: Conversation, options: SessionOptions) {
    this.conversation = conversation;
    this.#options = options;
  }

  /** @returns a function that unsubscribes. */
  subscribe(listener: SessionListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get answering(): boolean {
    return this.#running !== undefined;
  }

  get turns(): readonly TurnView[] {
    return this.#views(0);
  }

  turn(id: string): Turn | undefined {
    return this.conversation.turn(id);
  }

  /**
   * Asks and resolves when the answer has ended in any way; listeners get the outcome.
   * @param leftOut How many of the oldest turns are not sent.
   */
  async ask(question: string, attachments: readonly Attachment[], leftOut = 0): Promise<void> {
    if (this.answering) throw new Error('A question was asked while another is being answered.');
    const last = this.conversation.path.at(-1);
    const turn = { question, attachments, ...left(leftOut), answer: noAnswer };
    await this.#answer(this.conversation.add(turn, last?.id));
  }

  /** Adds a question that already has its answer, for the user to continue from. */
  offer(question: string, attachments: readonly Attachment[], answer: AnswerView): void {
    this.#sendPath(this.conversation.add({ question, attachments, answer }, this.conversation.path.at(-1)?.id));
  }

  /**
   * Regenerates a turn's answer; an answer with text is kept as an alternative. Like all methods below, does nothing
   * while an answer is generated.
   * @param leftOut How many of the oldest turns are not sent; 0: as many as last time.
   * @param notBefore Earliest start, as named by the server, in milliseconds since 1970.
   */
  async retry(id: string, leftOut = 0, notBefore = 0): Promise<void> {
    const turn = this.#idleTurn(id);
    if (!turn) return;
    const { status } = turn.answer;
    const reason = status.kind === 'failed' ? status.error.message : '';
    const wait = notBefore > Date.now() ? { until: notBefore, reason } : undefined;
    if (turn.answer.text !== '') {
      await this.#answer(this.conversation.add({ ...turn, ...left(leftOut), answer: noAnswer }, turn.parent), { wait });
      return;
    }
    turn.answer = noAnswer;
    Object.assign(turn, left(leftOut));
    await this.#answer(turn, { wait });
  }

  /** Starts the scheduled retry now. */
  skipWait(): void {
    this.#skipWait?.();
  }

  /** Sets one of the conversation's own parameters; undefined restores the connection's value. */
  setParameter(name: ParameterName, value: number | undefined): void {
    const { [name]: _before, ...others } = this.conversation.parameters;
    this.conversation.parameters = value === undefined ? others : { ...others, [name]: value };
    this.#notify({ type: 'parameters', parameters: this.conversation.parameters });
  }

  /**
   * The messages for the next question.
   * @param leftOut How many of the oldest turns are not sent.
   */
  nextMessages(
    systemPrompt: string,
    question: string,
    attachments: readonly Attachment[],
    leftOut: number,
  ): readonly Message[] {
    return this.#messages(systemPrompt, { question, attachments }, this.conversation.path.slice(leftOut));
  }

  /**
   * The messages for regenerating a turn.
   * @param leftOut How many of the oldest turns are not sent.
   */
  turnMessages(systemPrompt: string, turn: Turn, leftOut = turn.leftOut ?? 0): readonly Message[] {
    return this.#messages(systemPrompt, turn, this.conversation.before(turn).slice(leftOut));
  }

  /**
   * Asks an edited question with the same attachments; the earlier version is kept as an alternative.
   * @param leftOut As with `retry`.
   */
  async edit(id: string, question: string, leftOut = 0): Promise<void> {
    const turn = this.#idleTurn(id);
    if (!turn) return;
    const edited = { ...turn, ...left(leftOut), question, answer: noAnswer };
    await this.#answer(this.conversation.add(edited, turn.parent));
  }

  /**
   * Continues a cut-off answer.
   * @param leftOut As with `retry`.
   */
  async continue(id: string, leftOut = 0): Promise<void> {
    const turn = this.#idleTurn(id);
    if (!turn || turn.answer.text === '') return;
    Object.assign(turn, left(leftOut));
    await this.#answer(turn, { continues: true });
  }

  /** Shows another alternative. */
  choose(id: string): void {
    const turn = this.#idleTurn(id);
    if (!turn) return;
    this.conversation.choose(turn);
    this.#sendPath(turn);
  }

  /**
   * Removes a turn.
   * @returns a function that restores it; undefined if nothing was removed.
   */
  remove(id: string): (() => void) | undefined {
    const turn = this.#idleTurn(id);
    if (!turn) return undefined;
    const restore = this.conversation.remove(turn);
    this.#tellFrom(this.conversation.before(turn).length);
    return () => this.#sendPath(restore());
  }

  /**
   * Stops the running answer and keeps its partial text.
   * @param interrupted Whether something other than the user ended it.
   */
  stop(interrupted = false): void {
    const running = this.#running;
    if (!running) return;
    this.#end(running, interrupted ? { kind: 'stopped', interrupted } : { kind: 'stopped' });
    running.controller.abort();
  }

  #messages(
    systemPrompt: string,
    asked: Pick<Turn, 'question' | 'attachments'>,
    before: readonly Turn[],
  ): readonly Message[] {
    return chatMessages(systemPrompt, before.map(exchangeOf), asked);
  }

  /** The turn, unless an answer is being generated. */
  #idleTurn(id: string): Turn | undefined {
    return this.answering ? undefined : this.turn(id);
  }

  #continuationMessages(systemPrompt: string, turn: Turn, continuation: Continuation): readonly Message[] {
    const earlier = this.conversation.before(turn).slice(turn.leftOut ?? 0);
    return continuation.messages(systemPrompt, earlier.map(exchangeOf), exchangeOf(turn));
  }

  async #answer(turn: Turn, { wait, continues }: HowToAnswer = {}): Promise<void> {
    const running: Running = { turn, controller: new AbortController(), continuation: undefined };
    const before = turn.answer;
    const { signal } = running.controller;
    this.#running = running;
    turn.answer = { ...turn.answer, status: { kind: 'waiting' }, timing: resumed(turn.answer.timing) };
    this.#sendPath(turn);
    try {
      if (wait) await this.#waitUntil(turn, wait.until, wait.reason, signal);
      // Few answers are continued, so the code that joins them is loaded on first use.
      const continuation = continues && new (await import('./continuation.ts')).Continuation(before);
      running.continuation = continuation;
      const endpoint = await this.#options.openEndpoint();
      signal.throwIfAborted();
      const { connection, model, wire, systemPrompt, parameters = {} } = endpoint;
      this.#update(turn, { connection, model, parameters, ...(wire && { wire }) });
      const messages = continuation
        ? this.#continuationMessages(systemPrompt, turn, continuation)
        : this.turnMessages(systemPrompt, turn);
      for await (const event of endpoint.complete(messages, signal)) {
        const problem = event.type === 'retry' ? (await this.#options.report(event.error)).message : '';
        signal.throwIfAborted();
        if (event.type === 'finish') this.#flush(running);
        const taken = continuation ? continuation.take(event) : event;
        if (taken) this.#apply(turn, taken, problem);
      }
      if (continuation?.continued) this.#rewrite(turn, continuation.continued);
    } catch (error) {
      // `stop` has already reported it.
      if (this.#running !== running) return;
      const status = isCancel(error)
        ? ({ kind: 'stopped' } as const)
        : ({ kind: 'failed', error: await this.#options.report(error) } as const);
      if (this.#running === running) this.#end(running, status);
    }
  }

  async #waitUntil(turn: Turn, until: number, message: string, signal: AbortSignal): Promise<void> {
    const wait = new Wait(until - Date.now(), signal);
    this.#skipWait = () => wait.skip();
    this.#update(turn, { status: { kind: 'retrying', message, until } });
    await wait.over;
    this.#update(turn, { status: noAnswer.status });
  }

  /** Appends text that the continuation still holds back. */
  #flush({ turn, continuation }: Running): void {
    const rest = continuation?.rest();
    if (rest) this.#apply(turn, rest);
  }

  /** Replaces the streamed text and sources by the merged ones. */
  #rewrite(turn: Turn, { text, citations }: Continued): void {
    turn.answer = { ...turn.answer, text, citations };
    this.#sendPath(turn);
  }

  #apply(turn: Turn, event: CompletionEvent, problem = ''): void {
    const before = turn.answer;
    turn.answer = applyEvent(before, event, problem);
    if (event.type === 'finish') this.#running = undefined;
    if (event.type === 'retry') this.#skipWait = event.skip;
    if (event.type === 'textWasReasoning') {
      this.#sendPath(turn);
      return;
    }
    const isDelta = event.type === 'text' || event.type === 'reasoning';
    if (!isDelta || before.status.kind !== 'streaming' || before.timing !== turn.answer.timing) this.#tellUpdate(turn);
    if (!isDelta) return;
    const [text, reasoning] = event.type === 'text' ? [event.text, ''] : ['', event.text];
    this.#notify({ type: 'answerDelta', turnId: turn.id, text, reasoning });
  }

  /**
   * Clears the running answer before listeners are notified, so that a question asked in response finds the session
   * free.
   */
  #end(running: Running, status: AnswerStatus): void {
    const { turn } = running;
    this.#flush(running);
    if (this.#running === running) this.#running = undefined;
    turn.answer = ended(turn.answer, status);
    this.#tellUpdate(turn);
  }

  #notify(message: ToPage): void {
    for (const listener of this.#listeners) listener(message);
  }

  #update(turn: Turn, change: Partial<AnswerView>): void {
    turn.answer = { ...turn.answer, ...change };
    this.#tellUpdate(turn);
  }

  /** Sends all turns from this one on: the visible branch changed. */
  #sendPath(turn: Turn): void {
    this.#tellFrom(this.conversation.before(turn).length);
  }

  #tellFrom(from: number): void {
    this.#notify({ type: 'turns', from, turns: this.#views(from) });
  }

  #views(from: number): readonly TurnView[] {
    const later = this.conversation.path.slice(from);
    return later.map((turn) => turnView(turn, this.conversation.alternatives(turn)));
  }

  #tellUpdate(turn: Turn): void {
    const { text: _text, reasoning: _reasoning, ...answer } = turn.answer;
    this.#notify({ type: 'answerUpdated', turnId: turn.id, answer });
  }
}

/** Omits the field for 0. */
function left(leftOut: number): Pick<Turn, 'leftOut'> {
  return leftOut > 0 ? { leftOut } : {};
}

function exchangeOf({ question, attachments, answer }: Turn): Exchange {
  return { question, attachments, answer: answer.text };
}
