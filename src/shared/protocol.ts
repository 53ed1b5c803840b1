import type { Citation, CompletionMetadata, FinishReason, Progress, Usage } from './answer.ts';
import type { WireId } from './wireId.ts';
import type { ParameterName, Parameters, PenaltyRange } from './parameters.ts';

/** The messages between the extension host and the page: the product, seen from between its two halves. */

// #region What the page shows

/** What can be attached to a question; `code` is some lines of a file. */
export type ContextKind =
  | 'code'
  | 'file'
  | 'folder'
  | 'problems'
  | 'stagedChanges'
  | 'workingChanges'
  | 'terminal'
  | 'instructions';

export interface AttachmentView {
  readonly id: string;
  readonly kind: ContextKind;
  /** `src/greet.py:3-9`, with the folder's name first in a multi-root workspace. */
  readonly label: string;
  /** What was taken: `Selection`, `Function greet`, `Visible lines`, `File`. */
  readonly description: string;
  /** Language identifier of VS Code. */
  readonly language: string;
  /** Length of the text in UTF-16 code units. */
  readonly length: number;
  /** Why it could not be read anew: what was attached is sent. */
  readonly problem?: string;
}

/** What the input's popup offers: for `#` context, for `/` actions. */
export type CompletionTrigger = '#' | '/';

export interface CompletionItem {
  /** Of `#`: what `attach` names. */
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  readonly icon: ContextKind | 'action';
  /** Whether what was typed clearly means it, so that Enter takes it; Tab and a click take any. */
  readonly meant: boolean;
  /** Takes the place of what was typed; absent: what was typed goes, and `attach` tells the host. */
  readonly text?: string;
}

/** The answer to `complete`; a later one for the same word takes its place. */
export interface Completions {
  readonly trigger: CompletionTrigger;
  readonly query: string;
  /** Best first. */
  readonly items: readonly CompletionItem[];
  /** Whether no more items will follow for this query. */
  readonly complete: boolean;
}

/** What the question being written takes along, in estimated tokens. */
export interface BudgetView {
  readonly system: number;
  /** The turns before it. */
  readonly history: number;
  /** What is attached to it. */
  readonly context: number;
  readonly question: number;
  readonly total: number;
  /** What the model reads, less the room for its answer; absent: the connection has no `contextWindow`. */
  readonly limit?: number;
  /** How many of the oldest turns have to stay behind for the rest to fit; 0 where everything does. */
  readonly leftOut: number;
  /** false: it is too long even without all earlier turns. */
  readonly canFit: boolean;
  /** Whether the user wants the oldest turns of this conversation left out where it gets too long. */
  readonly leavesOut: boolean;
}

/** What to do with a question that is too long for its model. */
export type TooLongChoice = 'leaveOut' | 'sendAll';

export type ErrorActionId =
  | 'retry'
  /** Without the field that was refused, or under the name that the server wants; remembered. */
  | 'retryAdapted'
  /** Not before the time that the server named. */
  | 'waitAndRetry'
  /** Of the answer's tokens, for the conversation. */
  | 'raiseLimit'
  | 'setApiKey'
  | 'setSecret'
  | 'openSettings'
  | 'selectConnection'
  /** To the API that replaces one that has ended. */
  | 'moveConnection'
  | 'showRequest'
  | 'diagnose';

export interface ErrorAction {
  readonly id: ErrorActionId;
  readonly label: string;
}

export interface ErrorReport {
  /** One sentence with cause and next step, all of it Askance's own words. */
  readonly message: string;
  /** What the server said in its own words, in one line; shown as plain text, and never in a notification. */
  readonly said?: string;
  /** Status, URL and response id, never the key. */
  readonly detail?: string;
  /** The field of the request that the server refused, and the name that it wants instead. */
  readonly refused?: RefusedField;
  /** Name of the secret that is to be set. */
  readonly secret?: string;
  /** Before this the server wants no other request; milliseconds since 1970. */
  readonly retryAt?: number;
  readonly actions: readonly ErrorAction[];
}

export type AnswerStatus =
  | { readonly kind: 'waiting' }
  /** Waits before it asks again; `until` is in milliseconds since 1970. */
  | { readonly kind: 'retrying'; readonly message: string; readonly until: number }
  | { readonly kind: 'streaming' }
  | { readonly kind: 'done'; readonly finishReason: FinishReason }
  /** `interrupted`: not by the user; VS Code was closed or reloaded, or its extensions ended. */
  | { readonly kind: 'stopped'; readonly interrupted?: true }
  | { readonly kind: 'failed'; readonly error: ErrorReport };

export interface AnswerView {
  readonly status: AnswerStatus;
  /** Markdown. */
  readonly text: string;
  readonly reasoning: string;
  readonly citations: readonly Citation[];
  readonly usage?: Usage;
  /** What the server does before it answers; not kept. */
  readonly progress?: Progress;
  readonly metadata: CompletionMetadata;
  /** Name of the connection and the model that were asked. */
  readonly connection: string;
  readonly model: string;
  /** The API that was asked. */
  readonly wire?: WireId;
  /** The fields of the request beside model and messages; what is not here was not sent. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly timing?: Timing;
  /** The last object that the server sent, as JSON; long texts in it are cut. */
  readonly lastObject?: string;
  /** What the server sent and could not be read, shortened. */
  readonly unread?: readonly string[];
}

/** When what happened to an answer, in milliseconds since 1970. */
export interface Timing {
  /** The request was begun. */
  readonly asked?: number;
  /** The first piece of reasoning came. */
  readonly firstReasoning?: number;
  /** The first piece of text came. */
  readonly firstText?: number;
  readonly ended?: number;
}

export interface TurnView {
  readonly id: string;
  readonly question: string;
  readonly attachments: readonly AttachmentView[];
  /** Label of the selection that this turn's code can replace; absent: there is none. */
  readonly target?: string;
  /** How many of the oldest turns before it were not sent. */
  readonly leftOut?: number;
  /** Ids of the turns in its place, itself among them, oldest first: other answers, or the question edited. */
  readonly alternatives: readonly string[];
  readonly answer: AnswerView;
}

export interface ConnectionView {
  readonly name: string;
  readonly model: string;
  /** Name and port of the server that is asked, for instance `api.perplexity.ai`. */
  readonly server: string;
  readonly parameters: Parameters;
  readonly penaltyRange: PenaltyRange;
  /** Fields that the server refused: left out, or sent under the name that it wants. */
  readonly refused: readonly RefusedField[];
  /** The server is another machine, and all that goes there can be read on the way: http. */
  readonly unencrypted?: true;
  /** What the user should know, for instance of a key that stands in settings.json. */
  readonly warnings: readonly string[];
}

export interface RefusedField {
  readonly parameter: string;
  readonly replacement?: string;
}

/** Why nothing can be asked yet, with the way out. */
export type Readiness =
  | { readonly kind: 'ready'; readonly connection: ConnectionView }
  | { readonly kind: 'noConnection' }
  | { readonly kind: 'badSettings'; readonly problems: readonly string[] };

export interface Draft {
  /** Absent: the page keeps what stands in its input. */
  readonly text?: string;
  readonly attachments: readonly AttachmentView[];
}

/** Some characters of a line of code that look alike. */
export type StyledRun = readonly [
  /** UTF-16 code units. */
  length: number,
  /** 0 for the colour of plain text; else one more than the place among `Colors.colors`. */
  color: number,
  /** Bits: 1 italic, 2 bold, 4 underlined, 8 struck through. */
  fontStyle: number,
];

/** How consecutive lines of code look. */
export interface Colors {
  /** `#RRGGBB` or `#RRGGBBAA`. */
  readonly colors: readonly string[];
  /** What follows the runs of a line is plain. */
  readonly lines: readonly (readonly StyledRun[])[];
}

// #endregion

// #region Host to page

export type ToPage =
  /** Everything: the answer to `ready`, and whenever the page must start anew. */
  | {
      readonly type: 'snapshot';
      /** Ids of the page and of the conversation that it shows. */
      readonly page: string;
      readonly conversation: string;
      readonly turns: readonly TurnView[];
      readonly draft: Draft;
      /** The question that waits for the end of the answer. */
      readonly queued?: string;
      readonly readiness: Readiness;
      /** Those of the conversation. */
      readonly parameters: Parameters;
      /** Pixels; 0 for the editor's size. */
      readonly fontSize: number;
      /** English text -> translation. */
      readonly strings: Readonly<Record<string, string>>;
    }
  /** The turns from this place on are these; those before it stay. */
  | { readonly type: 'turns'; readonly from: number; readonly turns: readonly TurnView[] }
  /** To be appended to the answer. */
  | { readonly type: 'answerDelta'; readonly turnId: string; readonly text: string; readonly reasoning: string }
  /** Everything about the answer but its text and reasoning, which only grow by deltas. */
  | { readonly type: 'answerUpdated'; readonly turnId: string; readonly answer: Omit<AnswerView, 'text' | 'reasoning'> }
  /** The host changed the draft; the input takes `text` unless it is absent, and the focus if `focus`. */
  | {
      readonly type: 'draft';
      readonly text?: string;
      readonly attachments: readonly AttachmentView[];
      readonly focus: boolean;
    }
  | { readonly type: 'readiness'; readonly readiness: Readiness }
  /** The conversation's own parameters changed. */
  | { readonly type: 'parameters'; readonly parameters: Parameters }
  | { readonly type: 'fontSize'; readonly fontSize: number }
  /** A word above the input that the next input or message takes away. */
  | { readonly type: 'notice'; readonly text: string }
  | { readonly type: 'focusInput' }
  /** The question that waits for the end of the answer; absent: none does. */
  | { readonly type: 'queue'; readonly question?: string }
  /** Absent: there is no connection to ask. */
  | { readonly type: 'budget'; readonly budget: BudgetView | undefined }
  /** The question was not sent, for it is too long: it stands in the input again, and the user may choose. */
  | { readonly type: 'tooLong' }
  /** These paths are attached; what was pasted is to go. */
  | { readonly type: 'pathsAttached'; readonly paths: readonly string[] }
  | { readonly type: 'completions'; readonly completions: Completions }
  /** The answer to `highlight`; without `colors` the block stays plain, for its language has no grammar. */
  | { readonly type: 'highlighted'; readonly block: number; readonly from: number; readonly colors?: Colors }
  /** The theme or the grammars changed: whatever was highlighted is to be asked for again. */
  | { readonly type: 'highlightingChanged' };

/** What is posted: the page answers each batch with `taken` once it is on the screen, and gets no other before. */
export interface Batch {
  readonly sequence: number;
  readonly messages: readonly ToPage[];
}

// #endregion

// #region Page to host

/** `choose`: show this turn in the place of its alternative. */
export type TurnAction = 'regenerate' | 'continue' | 'raiseLimit' | 'choose' | 'delete';

export type CodeAction = 'copy' | 'insert' | 'replace' | 'compare' | 'newFile' | 'runInTerminal';

export type ToHost =
  | { readonly type: 'ready' }
  | { readonly type: 'taken'; readonly sequence: number }
  /** The input got the focus: what the first question needs may be loaded. */
  | { readonly type: 'inputFocused' }
  | { readonly type: 'draftChanged'; readonly text: string }
  | { readonly type: 'ask'; readonly text: string; readonly tooLong?: TooLongChoice }
  | { readonly type: 'stop' }
  | { readonly type: 'newChat' }
  | { readonly type: 'connect' }
  | { readonly type: 'openSettings' }
  /** A word that begins with the trigger is being typed; `query` is what stands behind the trigger. */
  | { readonly type: 'complete'; readonly trigger: CompletionTrigger; readonly query: string }
  /** An item of `#` was picked. */
  | { readonly type: 'attach'; readonly id: string }
  /** The user wants to choose what to attach. */
  | { readonly type: 'addContext' }
  /** Was dropped on the page, as VS Code names it. */
  | { readonly type: 'attachUris'; readonly uris: readonly string[] }
  /** Was pasted, and looks like paths of files. */
  | { readonly type: 'attachPaths'; readonly paths: readonly string[] }
  | { readonly type: 'selectConnection' }
  /** Shows what would be sent; `text` is what stands in the input. */
  | { readonly type: 'showRequest'; readonly text: string }
  /** For the conversation that the page shows; `null`: the connection's own value holds. */
  | { readonly type: 'setParameter'; readonly name: ParameterName; readonly value: number | null }
  /** The field is sent again as it is. */
  | { readonly type: 'revokeRefusal'; readonly parameter: string }
  /** The wait before the next try ends now. */
  | { readonly type: 'skipWait' }
  | { readonly type: 'removeAttachment'; readonly id: string }
  | { readonly type: 'openAttachment'; readonly id: string }
  /** An http or https URL; the host checks it again. */
  | { readonly type: 'openLink'; readonly url: string }
  | { readonly type: 'copyAnswer'; readonly turnId: string }
  | { readonly type: 'turn'; readonly action: TurnAction; readonly turnId: string }
  /** A question in other words. */
  | { readonly type: 'edit'; readonly turnId: string; readonly text: string }
  /** The question that waits for the end of an answer is not to be asked. */
  | { readonly type: 'unqueue' }
  /** What a button of a code block is to do with its code. */
  | {
      readonly type: 'code';
      readonly action: CodeAction;
      readonly turnId: string;
      readonly code: string;
      /** The first word on the block's fence; empty: none. */
      readonly language: string;
    }
  /** Complete lines of a code block; asked for one piece at a time. */
  | {
      readonly type: 'highlight';
      /** A number that this page gave to the block. */
      readonly block: number;
      /** The first word on the block's fence. */
      readonly language: string;
      /** Number of the first of the lines; they begin at 0 or continue what was sent before. */
      readonly from: number;
      readonly lines: readonly string[];
    }
  | { readonly type: 'errorAction'; readonly turnId: string; readonly action: ErrorActionId };

// #endregion
