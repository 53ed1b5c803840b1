import { answerLimit } from '../api/answerLimit.ts';
import type { Session } from '../conversation/session.ts';
import type { Turn } from '../conversation/turn.ts';
import { fitBudget, promptLimit } from '../prompt/budget.ts';
import { attachmentText, type Attachment } from '../prompt/context.ts';
import { estimateTokens, messageOverhead, type TokenEstimates } from '../prompt/tokens.ts';
import type { Settings } from '../settings/settings.ts';
import type { Parameters } from '../shared/parameters.ts';
import type { BudgetView, ToPage, TooLongChoice } from '../shared/protocol.ts';
import type { Question } from './questionDraft.ts';

/** The parts of a turn that are sent when it is retried, edited or continued. */
export interface AskedAgain {
  /** Absent: the turn's own. */
  readonly question?: string;
  /** The part of its answer that is sent. */
  readonly answer?: string;
}

/** How many of the oldest turns to omit; `tooLong`: the user must choose. */
export interface Again {
  readonly leftOut: number;
  readonly tooLong?: BudgetView;
}

/** Token budgets of a page's questions, and the accuracy of their estimates. */
export class QuestionBudgets {
  readonly #settings: Settings;
  readonly #estimates: TokenEstimates;
  /** Conversations whose oldest turns are omitted when they get too long. */
  readonly #leavingOut = new WeakSet<Session>();
  /** Questions that are sent with all earlier turns, however long. */
  readonly #sendingAll = new WeakMap<Session, Set<string>>();
  /** The estimate for the latest question, to be calibrated by its answer. */
  #latest: { readonly turnId: string; readonly tokens: number } | undefined;

  constructor(settings: Settings, estimates: TokenEstimates) {
    this.#settings = settings;
    this.#estimates = estimates;
  }

  /** From now on, omits the conversation's oldest turns when it gets too long. */
  leaveOut(session: Session): void {
    this.#leavingOut.add(session);
  }

  /**
   * @param earlier The turns before the question; default: all shown turns.
   * @returns undefined if there is no connection.
   */
  of(
    session: Session,
    { text, attachments }: Question,
    earlier: readonly Turn[] = session.conversation.path,
  ): BudgetView | undefined {
    const question = {
      earlier,
      attachments,
      text,
      leavesOut: this.#leavingOut.has(session),
      parameters: session.conversation.parameters,
    };
    return questionBudget(question, this.#settings, this.#estimates);
  }

  /** How to resend a turn, which may have become too long. */
  again(session: Session, turn: Turn, { question = turn.question, answer = '' }: AskedAgain = {}): Again {
    const { parent, attachments, leftOut = 0 } = turn;
    if (this.#sendingAll.get(session)?.has(questionKey({ parent, question }))) return { leftOut };
    const earlier = session.conversation.before(turn).slice(leftOut);
    const budget = this.of(session, { text: question + answer, attachments }, earlier);
    if (!fits(budget)) return { leftOut, ...(budget && { tooLong: budget }) };
    return { leftOut: leftOut + (budget?.leftOut ?? 0) };
  }

  /** Records how the user wants to send a question that is too long, for all retries too. */
  choose(session: Session, choice: TooLongChoice, asked: Pick<Turn, 'parent' | 'question'>): void {
    switch (choice) {
      case 'leaveOut':
        this.leaveOut(session);
        break;
      case 'sendAll':
        this.#sendingAll.set(session, (this.#sendingAll.get(session) ?? new Set()).add(questionKey(asked)));
        break;
      default:
        choice satisfies never;
    }
  }

  /** The question of that budget was sent with its whole conversation. */
  sent(turnId: string, { total }: BudgetView): void {
    this.#latest = { turnId, tokens: total };
  }

  /**
   * Drops the pending estimate: a continuation sends more than its question, so the server's count can't calibrate it.
   */
  forget(turnId: string): void {
    if (this.#latest?.turnId === turnId) this.#latest = undefined;
  }

  /** Calibrates the estimate by the server's count. */
  learn({ turnId, answer }: Extract<ToPage, { type: 'answerUpdated' }>): void {
    const promptTokens = answer.usage?.promptTokens;
    if (turnId !== this.#latest?.turnId || answer.status.kind !== 'done' || promptTokens === undefined) return;
    const estimates = this.#estimates;
    estimates.learn(answer.model, this.#latest.tokens / estimates.factor(answer.model), promptTokens);
    this.#latest = undefined;
  }
}

/** The same key for all answers to a question. */
function questionKey({ parent, question }: Pick<Turn, 'parent' | 'question'>): string {
  return JSON.stringify([parent, question]);
}

/** Whether the question may be sent without asking the user. */
export function fits(budget: BudgetView | undefined): boolean {
  const isTooLong = budget?.limit !== undefined && budget.total > budget.limit;
  return !isTooLong || (budget.leavesOut && budget.canFit);
}

/** An unsent question and the turns before it. */
interface UnsentQuestion {
  readonly earlier: readonly Turn[];
  readonly attachments: readonly Attachment[];
  readonly text: string;
  /** Whether the user wants the oldest turns omitted when it gets too long. */
  readonly leavesOut: boolean;
  /** The conversation's own. */
  readonly parameters: Parameters;
}

/** The budget of a question. Constant parts are counted once, so the work is that of counting the question. */
function questionBudget(
  { earlier, attachments, text, leavesOut, parameters }: UnsentQuestion,
  settings: Settings,
  estimates: TokenEstimates,
): BudgetView | undefined {
  const active = settings.activeConnection;
  if (active.kind !== 'connection') return undefined;
  const { connection } = active;
  const factor = estimates.factor(connection.model);
  const calibrated = (tokens: number): number => Math.ceil(tokens * factor);
  const contextOf = (some: readonly Attachment[]): number =>
    some.reduce((sum, attachment) => sum + estimates.remembered(attachment, () => attachmentText(attachment)), 0);
  const systemPrompt = settings.systemPrompt(connection);
  const parts = {
    system: systemPrompt.trim() === '' ? 0 : calibrated(estimateTokens(systemPrompt) + messageOverhead),
    history: earlier.map(({ question, attachments: context, answer }) => {
      // A question without an answer isn't sent again.
      if (answer.text.trim() === '') return 0;
      const texts = estimates.remembered(answer, () => question + answer.text);
      return calibrated(texts + contextOf(context) + 2 * messageOverhead);
    }),
    context: calibrated(contextOf(attachments)),
    question: calibrated(estimateTokens(text) + messageOverhead),
  };
  const limit = promptLimit(connection.contextWindow, answerLimit(connection, parameters).tokens);
  const { total, leftOut, canFit } = fitBudget(parts, limit);
  const history = parts.history.reduce((sum, tokens) => sum + tokens, 0);
  return { ...parts, history, total, ...(limit !== undefined && { limit }), leftOut, canFit, leavesOut };
}
