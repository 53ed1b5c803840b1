import type { Citation, CompletionMetadata, FinishReason, Progress, Usage } from './answer.ts';
import type { WireId } from './wireId.ts';
import type { ParameterName, Parameters, PenaltyRange } from './parameters.ts';

/** The messages between the extension host and the page. */

// #region What the page shows

/** The kinds of context that can be attached to a question; `code` is some lines of a file. */
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
  /** `src/greet.py:3-9`, prefixed by the folder's name in a multi-root workspace. */
  readonly label: string;
  /** What the attachment is: `Selection`, `Function greet`, `Visible lines`, `File`. */
  readonly description: string;
  /** VS Code language identifier. */
  readonly language: string;
  /** Length of the text in UTF-16 code units. */
  readonly length: number;
  /** Why it couldn't be read again; the text as it was attached is sent. */
  readonly problem?: string;
}

/** Opens the input's popup: `#` for context, `/` for actions. */
export type CompletionTrigger = '#' | '/';

export interface CompletionItem {
  /** For `#`: the id that `attach` takes. */
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  readonly icon: ContextKind | 'action';
  /** Whether the query clearly means this item, so that Enter accepts it; Tab and a click accept any item. */
  readonly meant: boolean;
  /** Replaces the typed word. Absent: the word is removed and `attach` is sent to the host. */
  readonly text?: string;
}

/** The response to `complete`; a later one for the same word replaces it. */
export interface Completions {
  readonly trigger: CompletionTrigger;
  readonly query: string;
  /** Best first. */
  readonly items: readonly CompletionItem[];
  /** Whether no more items will follow for this query. */
  readonly complete: boolean;
}

/** What the draft would send, in estimated tokens. */
export interface BudgetView {
  readonly system: number;
  /** Earlier turns. */
  readonly history: number;
  /** Attachments of the draft. */
  readonly context: number;
  readonly question: number;
  readonly total: number;
  /** The context window less the room for the answer; absent if the connection has no `contextWindow`. */
  readonly limit?: number;
  /** How many of the oldest turns must be omitted for the rest to fit; 0 if everything fits. */
  readonly leftOut: number;
  /** False if the question is too long even without all earlier turns. */
  readonly canFit: boolean;
  /** Whether the user wants the oldest turns of this chat omitted when it gets too long. */
  readonly leavesOut: boolean;
}

/** How to send a question that is too long for its model. */
export type TooLongChoice = 'leaveOut' | 'sendAll';

export type ErrorActionId =
  | 'retry'
  /** Omits the rejected field, or uses the name the server wants; remembered. */
  | 'retryAdapted'
  /** Waits until the time the server named. */
  | 'waitAndRetry'
  /** Raises this chat's limit on the answer's tokens. */
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
  /** One sentence with cause and next step, entirely in Askance's own words. */
  readonly message: string;
  /** The server's own message, on one line; shown as plain text, never in a notification. */
  readonly said?: string;
  /** Status, URL and response id, never the key. */
  readonly detail?: string;
  /** The request field that the server rejected, and the name that it wants instead. */
  readonly refused?: RefusedField;
  /** Name of the secret to set. */
  readonly secret?: string;
  /** The earliest time for another request, in milliseconds since 1970. */
  readonly retryAt?: number;
  readonly actions: readonly ErrorAction[];
}

export type AnswerStatus =
  | { readonly kind: 'waiting' }
  /** Waits before the next try; `until` is in milliseconds since 1970. */
  | { readonly kind: 'retrying'; readonly message: string; readonly until: number }
  | { readonly kind: 'streaming' }
  | { readonly kind: 'done'; readonly finishReason: FinishReason }
  /** `interrupted`: not by the user; VS Code was closed or reloaded, or the extension host ended. */
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
  /** Names of the connection and the model. */
  readonly connection: string;
  readonly model: string;
  /** The API of the request. */
  readonly wire?: WireId;
  /** The fields of the request other than model and messages; absent fields weren't sent. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly timing?: Timing;
  /** The last JSON object the server sent, with long texts shortened. */
  readonly lastObject?: string;
  /** Unreadable parts of the response, shortened. */
  readonly unread?: readonly string[];
}

/** The times of an answer, in milliseconds since 1970. */
export interface Timing {
  /** Start of the request. */
  readonly asked?: number;
  /** First chunk of reasoning. */
  readonly firstReasoning?: number;
  /** First chunk of text. */
  readonly firstText?: number;
  readonly ended?: number;
}

export interface TurnView {
  readonly id: string;
  readonly question: string;
  readonly attachments: readonly AttachmentView[];
  /** Label of the selection that this turn's code can replace; absent if there is none. */
  readonly target?: string;
  /** How many of the oldest earlier turns weren't sent. */
  readonly leftOut?: number;
  /** Ids of this turn and its siblings, oldest first: regenerated answers and edited questions. */
  readonly alternatives: readonly string[];
  readonly answer: AnswerView;
}

export interface ConnectionView {
  readonly name: string;
  readonly model: string;
  /** Host and port of the server, for example `api.perplexity.ai`. */
  readonly server: string;
  readonly parameters: Parameters;
  readonly penaltyRange: PenaltyRange;
  /** Fields that the server rejected: omitted, or sent under the name that it wants. */
  readonly refused: readonly RefusedField[];
  /** The server is another machine and the connection is plain http. */
  readonly unencrypted?: true;
  /** Warnings for the user, for example about a key in settings.json. */
  readonly warnings: readonly string[];
}

export interface RefusedField {
  readonly parameter: string;
  readonly replacement?: string;
}

/** Why no question can be sent yet, with its recovery action. */
export type Readiness =
  | { readonly kind: 'ready'; readonly connection: ConnectionView }
  | { readonly kind: 'noConnection' }
  | { readonly kind: 'badSettings'; readonly problems: readonly string[] };

export interface Draft {
  /** Absent: the page keeps the text of its input. */
  readonly text?: string;
  readonly attachments: readonly AttachmentView[];
}

/** Consecutive characters of a line of code with the same style. */
export type StyledRun = readonly [
  /** UTF-16 code units. */
  length: number,
  /** 0 for the color of plain text, otherwise the index in `Colors.colors` plus 1. */
  color: number,
  /** Bits: 1 italic, 2 bold, 4 underlined, 8 struck through. */
  fontStyle: number,
];

/** The styles of consecutive lines of code. */
export interface Colors {
  /** `#RRGGBB` or `#RRGGBBAA`. */
  readonly colors: readonly string[];
  /** Text after a line's last run is plain. */
  readonly lines: readonly (readonly StyledRun[])[];
}

// #endregion

// #region Host to page

export type ToPage =
  /** The full state: the response to `ready`, and whenever the page must start over. */
  | {
      readonly type: 'snapshot';
      /** Ids of the page and of its chat. */
      readonly page: string;
      readonly conversation: string;
      readonly turns: readonly TurnView[];
      readonly draft: Draft;
      /** The question queued until the answer ends. */
      readonly queued?: string;
      readonly readiness: Readiness;
      /** This chat's own parameters. */
      readonly parameters: Parameters;
      /** Pixels; 0 for the editor's size. */
      readonly fontSize: number;
      /** English text -> translation. */
      readonly strings: Readonly<Record<string, string>>;
    }
  /** Replaces the turns from index `from` on. */
  | { readonly type: 'turns'; readonly from: number; readonly turns: readonly TurnView[] }
  /** Appends to the answer. */
  | { readonly type: 'answerDelta'; readonly turnId: string; readonly text: string; readonly reasoning: string }
  /** Everything of the answer except its text and reasoning, which only grow by deltas. */
  | { readonly type: 'answerUpdated'; readonly turnId: string; readonly answer: Omit<AnswerView, 'text' | 'reasoning'> }
  /** The host changed the draft. The input takes `text` unless it is absent, and gets the focus if `focus` is set. */
  | {
      readonly type: 'draft';
      readonly text?: string;
      readonly attachments: readonly AttachmentView[];
      readonly focus: boolean;
    }
  | { readonly type: 'readiness'; readonly readiness: Readiness }
  /** This chat's own parameters changed. */
  | { readonly type: 'parameters'; readonly parameters: Parameters }
  | { readonly type: 'fontSize'; readonly fontSize: number }
  /** A notice above the input, until the next input or message. */
  | { readonly type: 'notice'; readonly text: string }
  | { readonly type: 'focusInput' }
  /** The question queued until the answer ends; absent if there is none. */
  | { readonly type: 'queue'; readonly question?: string }
  /** Absent if there is no connection. */
  | { readonly type: 'budget'; readonly budget: BudgetView | undefined }
  /**
   * The question wasn't sent because it is too long. It is back in the input and the user can choose how to send it.
   */
  | { readonly type: 'tooLong' }
  /** These paths are attached; the page removes the pasted text. */
  | { readonly type: 'pathsAttached'; readonly paths: readonly string[] }
  | { readonly type: 'completions'; readonly completions: Completions }
  /** The response to `highlight`. Without `colors` the block stays plain because its language has no grammar. */
  | { readonly type: 'highlighted'; readonly block: number; readonly from: number; readonly colors?: Colors }
  /** The theme or the grammars changed: the page must request all highlighting again. */
  | { readonly type: 'highlightingChanged' };

/**
 * The unit of posting: the page answers each batch with `taken` once it has been painted, and gets no other before
 * that.
 */
export interface Batch {
  readonly sequence: number;
  readonly messages: readonly ToPage[];
}

// #endregion

// #region Page to host

/** `choose`: show this turn instead of its sibling. */
export type TurnAction = 'regenerate' | 'continue' | 'raiseLimit' | 'choose' | 'delete';

export type CodeAction = 'copy' | 'insert' | 'replace' | 'compare' | 'newFile' | 'runInTerminal';

export type ToHost =
  | { readonly type: 'ready' }
  | { readonly type: 'taken'; readonly sequence: number }
  /** The input got the focus: the host may load what the first question needs. */
  | { readonly type: 'inputFocused' }
  | { readonly type: 'draftChanged'; readonly text: string }
  | { readonly type: 'ask'; readonly text: string; readonly tooLong?: TooLongChoice }
  | { readonly type: 'stop' }
  | { readonly type: 'newChat' }
  | { readonly type: 'connect' }
  | { readonly type: 'openSettings' }
  /** The user is typing a word that starts with the trigger; `query` is the text after it. */
  | { readonly type: 'complete'; readonly trigger: CompletionTrigger; readonly query: string }
  /** The user accepted a `#` item. */
  | { readonly type: 'attach'; readonly id: string }
  /** The user wants to choose context to attach. */
  | { readonly type: 'addContext' }
  /** URIs dropped on the page, as VS Code writes them. */
  | { readonly type: 'attachUris'; readonly uris: readonly string[] }
  /** Pasted text that looks like file paths. */
  | { readonly type: 'attachPaths'; readonly paths: readonly string[] }
  | { readonly type: 'selectConnection' }
  /** Previews the request; `text` is the text of the input. */
  | { readonly type: 'showRequest'; readonly text: string }
  /** For this page's chat; `null` restores the connection's value. */
  | { readonly type: 'setParameter'; readonly name: ParameterName; readonly value: number | null }
  /** Sends the field unchanged again. */
  | { readonly type: 'revokeRefusal'; readonly parameter: string }
  /** Ends the wait before the next try. */
  | { readonly type: 'skipWait' }
  | { readonly type: 'removeAttachment'; readonly id: string }
  | { readonly type: 'openAttachment'; readonly id: string }
  /** An http or https URL; the host checks it again. */
  | { readonly type: 'openLink'; readonly url: string }
  | { readonly type: 'copyAnswer'; readonly turnId: string }
  | { readonly type: 'turn'; readonly action: TurnAction; readonly turnId: string }
  /** Rewords the question. */
  | { readonly type: 'edit'; readonly turnId: string; readonly text: string }
  /** Removes the queued question. */
  | { readonly type: 'unqueue' }
  /** A button of a code block. */
  | {
      readonly type: 'code';
      readonly action: CodeAction;
      readonly turnId: string;
      readonly code: string;
      /** First word of the fence's info string; may be empty. */
      readonly language: string;
    }
  /** Complete lines of a code block, at most one message per block at a time. */
  | {
      readonly type: 'highlight';
      /** An id that the page gave the block. */
      readonly block: number;
      /** First word of the fence's info string. */
      readonly language: string;
      /** Index of the first line; starts at 0 or continues the lines sent before. */
      readonly from: number;
      readonly lines: readonly string[];
    }
  | { readonly type: 'errorAction'; readonly turnId: string; readonly action: ErrorActionId };

// #endregion
