import { translator, type Translate } from '../shared/l10n.ts';
import type { Parameters } from '../shared/parameters.ts';
import type {
  AnswerView,
  AttachmentView,
  BudgetView,
  Completions,
  Readiness,
  ToPage,
  TurnView,
} from '../shared/protocol.ts';

/** A turn as the page shows it; a new `revision` means that the answer doesn't continue the shown one. */
export interface ShownTurn {
  readonly view: TurnView;
  readonly revision: number;
}

export interface State {
  /** Ids of the page and of its chat. */
  readonly page: string;
  readonly conversation: string;
  readonly turns: readonly ShownTurn[];
  readonly attachments: readonly AttachmentView[];
  /** Text the host put into the input; the input takes it when `revision` changes. */
  readonly draft: { readonly text: string; readonly revision: number };
  /** Counts the requests to focus the input. */
  readonly focus: number;
  readonly readiness: Readiness;
  /** The chat's own, overriding the connection's. */
  readonly parameters: Parameters;
  /** Pixels; 0 for the editor's size. */
  readonly fontSize: number;
  readonly notice: string;
  /** The question queued until the answer ends. */
  readonly queued?: string | undefined;
  readonly budget?: BudgetView | undefined;
  /** Counts the questions returned because they are too long. */
  readonly tooLong: number;
  /** The host's latest completions, valid for the word they are for. */
  readonly completions?: Completions;
  /** The pasted paths that last became attachments. */
  readonly attachedPaths?: readonly string[];
  readonly t: Translate;
}

/** The page's state after a host message; undefined before the first snapshot. */
export function reduce(state: State | undefined, message: ToPage): State | undefined {
  if (message.type === 'snapshot') return fromSnapshot(state, message);
  return state && update(state, message);
}

/** Whether an answer is running, so that no other question can be sent. */
export function isAnswering({ turns }: State): boolean {
  return turns.some(({ view }) => isOpen(view.answer.status.kind));
}

export function isOpen(status: AnswerView['status']['kind']): boolean {
  return status === 'waiting' || status === 'retrying' || status === 'streaming';
}

function fromSnapshot(state: State | undefined, message: ToPage & { type: 'snapshot' }): State {
  const revision = nextRevision(state);
  const { page, conversation } = message;
  return {
    page,
    conversation,
    turns: message.turns.map((view) => ({ view, revision })),
    attachments: message.draft.attachments,
    draft: {
      text: message.draft.text ?? state?.draft.text ?? '',
      revision: (state?.draft.revision ?? 0) + (message.draft.text === undefined ? 0 : 1),
    },
    queued: message.queued,
    focus: state?.focus ?? 0,
    tooLong: state?.tooLong ?? 0,
    readiness: message.readiness,
    parameters: message.parameters,
    fontSize: message.fontSize,
    notice: '',
    t: translator(message.strings),
  };
}

function update(state: State, message: Exclude<ToPage, { type: 'snapshot' }>): State {
  switch (message.type) {
    case 'turns':
      return { ...state, notice: '', turns: withTurns(state, message.from, message.turns) };
    case 'answerDelta':
      return withAnswer(state, message.turnId, (answer) => ({
        ...answer,
        text: answer.text + message.text,
        reasoning: answer.reasoning + message.reasoning,
      }));
    case 'answerUpdated':
      return withAnswer(state, message.turnId, ({ text, reasoning }) => ({ ...message.answer, text, reasoning }));
    case 'draft':
      return {
        ...state,
        notice: '',
        attachments: message.attachments,
        draft: message.text === undefined ? state.draft : { text: message.text, revision: state.draft.revision + 1 },
        focus: state.focus + Number(message.focus),
      };
    case 'readiness':
      return { ...state, readiness: message.readiness };
    case 'parameters':
      return { ...state, parameters: message.parameters };
    case 'fontSize':
      return { ...state, fontSize: message.fontSize };
    case 'notice':
      return { ...state, notice: message.text };
    case 'completions':
      return { ...state, completions: message.completions };
    case 'budget':
      return { ...state, budget: message.budget };
    case 'tooLong':
      return { ...state, tooLong: state.tooLong + 1 };
    case 'queue':
      return { ...state, queued: message.question };
    case 'focusInput':
      return { ...state, focus: state.focus + 1 };
    case 'pathsAttached':
      return { ...state, attachedPaths: message.paths };
    case 'highlighted':
    case 'highlightingChanged':
      return state;
  }
}

/** Keeps a shown turn whose answer only grew. */
function withTurns(state: State, from: number, turns: readonly TurnView[]): readonly ShownTurn[] {
  const revision = nextRevision(state);
  const shown = new Map(state.turns.map((turn) => [turn.view.id, turn]));
  return [
    ...state.turns.slice(0, from),
    ...turns.map((view) => {
      const present = shown.get(view.id);
      const grew = present && view.answer.text.startsWith(present.view.answer.text) && !isContinued(present.view, view);
      return { view, revision: grew ? present.revision : revision };
    }),
  ];
}

/** Whether an ended answer continues, so that its finished text is open again. */
function isContinued(before: TurnView, after: TurnView): boolean {
  return !isOpen(before.answer.status.kind) && isOpen(after.answer.status.kind);
}

function withAnswer(state: State, id: string, change: (answer: AnswerView) => AnswerView): State {
  return withTurn(state, id, ({ view, revision }) => ({ view: { ...view, answer: change(view.answer) }, revision }));
}

function withTurn(state: State, id: string, change: (turn: ShownTurn) => ShownTurn): State {
  const index = state.turns.findLastIndex(({ view }) => view.id === id);
  const turn = state.turns[index];
  return turn ? { ...state, turns: state.turns.with(index, change(turn)) } : state;
}

function nextRevision(state: State | undefined): number {
  return Math.max(0, ...(state?.turns ?? []).map(({ revision }) => revision)) + 1;
}
