import type { Message } from '../api/types.ts';
import type { Session } from '../conversation/session.ts';
import type { Endpoints } from '../connections/endpoints.ts';
import type { PreparedRequest } from '../connections/requestView.ts';
import type { AskedAgain, QuestionBudgets } from './questionBudget.ts';

interface TurnCommandsOptions {
  /** The session that the page shows. */
  session(): Session;
  readonly budgets: QuestionBudgets;
  /** Restores a question to the input that isn't sent after all. */
  putBack(question: string): void;
}

/**
 * Edits, regenerates and continues existing turns. If one has become too long, the user chooses before anything is
 * sent.
 */
export class TurnCommands {
  readonly #options: TurnCommandsOptions;

  constructor(options: TurnCommandsOptions) {
    this.#options = options;
  }

  /** Edits an earlier question. If it can't be sent or the user cancels, the text goes to the input. */
  async edit(turnId: string, question: string): Promise<void> {
    const text = question.trim();
    if (text === '') return;
    const leftOut = await this.#leftOut(turnId, { question: text });
    const session = this.#session;
    const mayGo = leftOut !== undefined && !session.answering && session.turn(turnId) !== undefined;
    if (mayGo) void session.edit(turnId, text, leftOut);
    else this.#options.putBack(text);
  }

  /**
   * Regenerates a turn's answer.
   * @param notBefore Earliest start in milliseconds since 1970.
   */
  async retry(turnId: string, notBefore?: number): Promise<void> {
    const leftOut = await this.#leftOut(turnId);
    if (leftOut !== undefined) void this.#session.retry(turnId, leftOut, notBefore);
  }

  /** Continues a cut-off answer. */
  async continue(turnId: string): Promise<void> {
    const leftOut = await this.#leftOut(turnId, { answer: this.#session.turn(turnId)?.answer.text ?? '' });
    if (leftOut === undefined) return;
    this.#options.budgets.forget(turnId);
    void this.#session.continue(turnId, leftOut);
  }

  /** The request that regenerating the turn would send. */
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
   * How many of the oldest turns to omit.
   * @returns undefined if the user cancelled.
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
