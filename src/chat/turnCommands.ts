import type { Message } from '../api/types.ts';
import type { Session } from '../conversation/session.ts';
import type { Endpoints } from '../connections/endpoints.ts';
import type { PreparedRequest } from '../connections/requestView.ts';
import type { AskedAgain, QuestionBudgets } from './questionBudget.ts';

interface TurnCommandsOptions {
  /** The conversation that the page shows. */
  session(): Session;
  readonly budgets: QuestionBudgets;
  /** Puts a question that is not asked after all into the input. */
  putBack(question: string): void;
}

/** Asks about a turn that is there already. What has become too long for that is not sent before the user has chosen. */
export class TurnCommands {
  readonly #options: TurnCommandsOptions;

  constructor(options: TurnCommandsOptions) {
    this.#options = options;
  }

  /** Asks an earlier question in other words. Where that cannot be, or is not wanted after all, the input gets them. */
  async edit(turnId: string, question: string): Promise<void> {
    const text = question.trim();
    if (text === '') return;
    const leftOut = await this.#leftOut(turnId, { question: text });
    const session = this.#session;
    const mayGo = leftOut !== undefined && !session.answering && session.turn(turnId) !== undefined;
    if (mayGo) void session.edit(turnId, text, leftOut);
    else this.#options.putBack(text);
  }

  /** Asks a turn's question anew. @param notBefore Milliseconds since 1970; until then it waits. */
  async retry(turnId: string, notBefore?: number): Promise<void> {
    const leftOut = await this.#leftOut(turnId);
    if (leftOut !== undefined) void this.#session.retry(turnId, leftOut, notBefore);
  }

  /** Has the rest of an answer written that was cut off. */
  async continue(turnId: string): Promise<void> {
    const leftOut = await this.#leftOut(turnId, { answer: this.#session.turn(turnId)?.answer.text ?? '' });
    if (leftOut === undefined) return;
    this.#options.budgets.forget(turnId);
    void this.#session.continue(turnId, leftOut);
  }

  /** What is sent if a turn's question is asked anew. */
  request(turnId: string, endpoints: Endpoints): Promise<PreparedRequest> {
    const session = this.#session;
    const turn = session.turn(turnId);
    const { parameters } = session.conversation;
    const messages = (systemPrompt: string): readonly Message[] =>
      turn ? session.turnMessages(systemPrompt, turn, this.#options.budgets.again(session, turn).leftOut) : [];
    return endpoints.preview(messages, { parameters });
  }

  get #session(): Session {
    return this.#options.session();
  }

  /**
   * How many of the oldest turns are not sent.
   * @returns undefined where the user does not want it sent.
   */
  async #leftOut(turnId: string, asked: AskedAgain = {}): Promise<number | undefined> {
    const session = this.#session;
    const { budgets } = this.#options;
    const turn = session.turn(turnId);
    if (!turn || session.answering) return 0;
    const { leftOut, tooLong } = budgets.again(session, turn, asked);
    if (!tooLong) return leftOut;
    const { chooseTooLong } = await import('./askTooLong.ts');
    const choice = await chooseTooLong(tooLong);
    if (choice) budgets.choose(session, choice, { ...turn, ...asked });
    return choice && (choice === 'leaveOut' ? leftOut + tooLong.leftOut : leftOut);
  }
}
