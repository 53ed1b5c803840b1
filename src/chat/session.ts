import { randomUUID } from 'node:crypto';
import { isCancel } from '../api/errors.ts';
import type { CompletionEvent } from '../api/events.ts';
import type { Message } from '../api/types.ts';
import type { Attachment } from '../prompt/context.ts';
import { chatMessages } from '../prompt/messages.ts';
import type { AnswerStatus, AnswerView, ErrorReport, ToPage, TurnView } from '../shared/protocol.ts';
import { applyEvent, noAnswer } from './answer.ts';
import { findTarget, turnView, type Turn } from './turn.ts';

/** The endpoint that one question goes to, as the settings were when it was asked. */
export interface Endpoint {
  /** Name of the profile. */
  readonly profile: string;
  readonly model: string;
  readonly systemPrompt: string;
  complete(messages: readonly Message[], signal: AbortSignal): AsyncIterable<CompletionEvent>;
}

export interface SessionHost {
  /** Reads the settings and the key anew. Throws what `report` can explain. */
  openEndpoint(): Promise<Endpoint>;
  report(error: unknown): ErrorReport;
  /** Told of every change, in order. */
  onChange(message: ToPage): void;
}

/** One conversation: it owns the turns and asks one question at a time. The page only shows it. */
export class Session {
  readonly #host: SessionHost;
  readonly #turns: Turn[] = [];
  #running: AbortController | undefined;

  constructor(host: SessionHost) {
    this.#host = host;
  }

  get answering(): boolean {
    return this.#running !== undefined;
  }

  get turns(): readonly TurnView[] {
    return this.#turns.map(turnView);
  }

  turn(id: string): Turn | undefined {
    return this.#turns.find((turn) => turn.id === id);
  }

  /** Asks and resolves when the answer has ended, however it did; the end is told by `onChange`. */
  async ask(question: string, attachments: readonly Attachment[]): Promise<void> {
    if (this.answering) throw new Error('A question was asked while another is being answered.');
    const turn = this.#add(question, attachments, noAnswer);
    await this.#answer(turn);
  }

  /** Adds a question whose answer came already, for the user to use it from here. */
  offer(question: string, attachments: readonly Attachment[], answer: AnswerView): void {
    this.#add(question, attachments, answer);
  }

  /** Asks a turn's question anew. Does nothing while an answer is being written. */
  async retry(id: string): Promise<void> {
    const turn = this.turn(id);
    if (!turn || this.answering) return;
    turn.answer = noAnswer;
    this.#host.onChange({ type: 'turnReplaced', turn: turnView(turn) });
    await this.#answer(turn);
  }

  /** Ends the running answer; what came stays. */
  stop(): void {
    this.#running?.abort();
  }

  #add(question: string, attachments: readonly Attachment[], answer: AnswerView): Turn {
    const target = findTarget(attachments, this.#turns);
    const turn: Turn = { id: randomUUID(), question, attachments, target, answer };
    this.#turns.push(turn);
    this.#host.onChange({ type: 'turnAdded', turn: turnView(turn) });
    return turn;
  }

  async #answer(turn: Turn): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    try {
      const endpoint = await this.#host.openEndpoint();
      this.#update(turn, { profile: endpoint.profile, model: endpoint.model });
      const earlier = this.#turns
        .slice(0, this.#turns.indexOf(turn))
        .map(({ question, attachments, answer }) => ({ question, attachments, answer: answer.text }));
      const messages = chatMessages(endpoint.systemPrompt, earlier, turn);
      running.signal.throwIfAborted();
      for await (const event of endpoint.complete(messages, running.signal)) this.#apply(turn, event);
    } catch (error) {
      this.#end(
        turn,
        running,
        isCancel(error) ? { kind: 'stopped' } : { kind: 'failed', error: this.#host.report(error) },
      );
    }
  }

  #apply(turn: Turn, event: CompletionEvent): void {
    const before = turn.answer;
    turn.answer = applyEvent(before, event, (error) => this.#host.report(error));
    if (event.type === 'finish') this.#running = undefined;
    const isDelta = event.type === 'text' || event.type === 'reasoning';
    if (!isDelta || before.status.kind !== 'streaming') this.#tellUpdate(turn);
    if (!isDelta) return;
    const [text, reasoning] = event.type === 'text' ? [event.text, ''] : ['', event.text];
    this.#host.onChange({ type: 'answerDelta', turnId: turn.id, text, reasoning });
  }

  /** The answer ends before the page is told, so that a question asked upon it finds the session free. */
  #end(turn: Turn, running: AbortController, status: AnswerStatus): void {
    if (this.#running === running) this.#running = undefined;
    this.#update(turn, { status });
  }

  #update(turn: Turn, change: Partial<AnswerView>): void {
    turn.answer = { ...turn.answer, ...change };
    this.#tellUpdate(turn);
  }

  #tellUpdate(turn: Turn): void {
    const { text: _text, reasoning: _reasoning, ...answer } = turn.answer;
    this.#host.onChange({ type: 'answerUpdated', turnId: turn.id, answer });
  }
}
