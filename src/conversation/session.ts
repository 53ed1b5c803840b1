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

/** The endpoint that one question goes to, as the settings were when it was asked. */
export interface Endpoint {
  /** Name of the connection. */
  readonly connection: string;
  readonly model: string;
  /** The API that is asked. */
  readonly wire?: WireId;
  readonly systemPrompt: string;
  /** The fields of the request beside model and messages. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  complete(messages: readonly Message[], signal: AbortSignal): AsyncIterable<CompletionEvent>;
}

export interface SessionOptions {
  /** Reads the settings and the key. Throws what `report` can explain. */
  openEndpoint(): Promise<Endpoint>;
  report(error: unknown): Promise<ErrorReport>;
}

/** Gets every change of a session, in order. */
export type SessionListener = (message: ToPage) => void;

/** The answer that is on its way. */
interface Running {
  readonly turn: Turn;
  readonly controller: AbortController;
  /** Absent: the answer is written from its beginning. */
  continuation: Continuation | undefined;
}

interface HowToAnswer {
  /** Not before this, which the server named. */
  readonly wait?: { readonly until: number; readonly reason: string } | undefined;
  /** The answer is there in part. */
  readonly continues?: true;
}

/** Asks the questions of one conversation, one at a time. The pages only show it. */
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

  /** @returns what ends it. */
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
   * Asks and resolves when the answer has ended, however it did; the end is told to the listeners.
   * @param leftOut How many of the oldest turns are not sent.
   */
  async ask(question: string, attachments: readonly Attachment[], leftOut = 0): Promise<void> {
    if (this.answering) throw new Error('A question was asked while another is being answered.');
    const last = this.conversation.path.at(-1);
    const turn = { question, attachments, ...left(leftOut), answer: noAnswer };
    await this.#answer(this.conversation.add(turn, last?.id));
  }

  /** Adds a question whose answer came already, for the user to use it from here. */
  offer(question: string, attachments: readonly Attachment[], answer: AnswerView): void {
    this.#tellPath(this.conversation.add({ question, attachments, answer }, this.conversation.path.at(-1)?.id));
  }

  /**
   * Asks a turn's question anew: an answer that has text stays beside the new one. Does nothing while an answer is being
   * written, as all that follows.
   * @param leftOut How many of the oldest turns are not sent; 0: as many as the last time.
   * @param notBefore Milliseconds since 1970, which the server named; until then it waits.
   */
  async retry(id: string, leftOut = 0, notBefore = 0): Promise<void> {
    const turn = this.#free(id);
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

  /** Tries again now what would be tried again later. */
  skipWait(): void {
    this.#skipWait?.();
  }

  /** Sets one of the conversation's own parameters; `undefined`: the connection's value holds. */
  setParameter(name: ParameterName, value: number | undefined): void {
    const { [name]: _before, ...others } = this.conversation.parameters;
    this.conversation.parameters = value === undefined ? others : { ...others, [name]: value };
    this.#tell({ type: 'parameters', parameters: this.conversation.parameters });
  }

  /**
   * What would be sent for a question that comes next.
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
   * What is sent when a turn's question is asked anew.
   * @param leftOut How many of the oldest turns are not sent.
   */
  turnMessages(systemPrompt: string, turn: Turn, leftOut = turn.leftOut ?? 0): readonly Message[] {
    return this.#messages(systemPrompt, turn, this.conversation.before(turn).slice(leftOut));
  }

  /**
   * Asks a turn's question in other words, with what was attached to it; the earlier one stays beside it.
   * @param leftOut As with `retry`.
   */
  async edit(id: string, question: string, leftOut = 0): Promise<void> {
    const turn = this.#free(id);
    if (!turn) return;
    const edited = { ...turn, ...left(leftOut), question, answer: noAnswer };
    await this.#answer(this.conversation.add(edited, turn.parent));
  }

  /**
   * Has the rest of an answer written that was cut off.
   * @param leftOut As with `retry`.
   */
  async continue(id: string, leftOut = 0): Promise<void> {
    const turn = this.#free(id);
    if (!turn || turn.answer.text === '') return;
    Object.assign(turn, left(leftOut));
    await this.#answer(turn, { continues: true });
  }

  /** Shows another turn in the place of the one that is shown. */
  choose(id: string): void {
    const turn = this.#free(id);
    if (!turn) return;
    this.conversation.choose(turn);
    this.#tellPath(turn);
  }

  /** Takes a turn away. @returns what brings it back; absent: nothing was taken away. */
  remove(id: string): (() => void) | undefined {
    const turn = this.#free(id);
    if (!turn) return undefined;
    const restore = this.conversation.remove(turn);
    this.#tellFrom(this.conversation.before(turn).length);
    return () => this.#tellPath(restore());
  }

  /** Ends the running answer; what came stays. @param interrupted Whether it is not the user who ends it. */
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

  /** The turn, if nothing is being written. */
  #free(id: string): Turn | undefined {
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
    this.#tellPath(turn);
    try {
      if (wait) await this.#waitUntil(turn, wait.until, wait.reason, signal);
      // Few answers are continued: what joins their parts is loaded with the first.
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
      // Whoever stopped it has told so.
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

  /** What a continuation holds back goes to the answer before it ends. */
  #flush({ turn, continuation }: Running): void {
    const rest = continuation?.rest();
    if (rest) this.#apply(turn, rest);
  }

  /** The text and the sources of an answer are other ones than what came in pieces. */
  #rewrite(turn: Turn, { text, citations }: Continued): void {
    turn.answer = { ...turn.answer, text, citations };
    this.#tellPath(turn);
  }

  #apply(turn: Turn, event: CompletionEvent, problem = ''): void {
    const before = turn.answer;
    turn.answer = applyEvent(before, event, problem);
    if (event.type === 'finish') this.#running = undefined;
    if (event.type === 'retry') this.#skipWait = event.skip;
    if (event.type === 'textWasReasoning') {
      this.#tellPath(turn);
      return;
    }
    const isDelta = event.type === 'text' || event.type === 'reasoning';
    if (!isDelta || before.status.kind !== 'streaming' || before.timing !== turn.answer.timing) this.#tellUpdate(turn);
    if (!isDelta) return;
    const [text, reasoning] = event.type === 'text' ? [event.text, ''] : ['', event.text];
    this.#tell({ type: 'answerDelta', turnId: turn.id, text, reasoning });
  }

  /** The answer ends before the page is told, so that a question asked upon it finds the session free. */
  #end(running: Running, status: AnswerStatus): void {
    const { turn } = running;
    this.#flush(running);
    if (this.#running === running) this.#running = undefined;
    turn.answer = ended(turn.answer, status);
    this.#tellUpdate(turn);
  }

  #tell(message: ToPage): void {
    for (const listener of this.#listeners) listener(message);
  }

  #update(turn: Turn, change: Partial<AnswerView>): void {
    turn.answer = { ...turn.answer, ...change };
    this.#tellUpdate(turn);
  }

  /** The path is another one from this turn on. */
  #tellPath(turn: Turn): void {
    this.#tellFrom(this.conversation.before(turn).length);
  }

  #tellFrom(from: number): void {
    this.#tell({ type: 'turns', from, turns: this.#views(from) });
  }

  #views(from: number): readonly TurnView[] {
    const later = this.conversation.path.slice(from);
    return later.map((turn) => turnView(turn, this.conversation.alternatives(turn)));
  }

  #tellUpdate(turn: Turn): void {
    const { text: _text, reasoning: _reasoning, ...answer } = turn.answer;
    this.#tell({ type: 'answerUpdated', turnId: turn.id, answer });
  }
}

/** Nothing to change for 0. */
function left(leftOut: number): Pick<Turn, 'leftOut'> {
  return leftOut > 0 ? { leftOut } : {};
}

function exchangeOf({ question, attachments, answer }: Turn): Exchange {
  return { question, attachments, answer: answer.text };
}
