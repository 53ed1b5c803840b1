import type { ConnectFailure } from '../network/connectFailure.ts';
import type { FinishReason } from '../shared/answer.ts';
import type { WireId } from '../shared/wireId.ts';
import type { ServerError } from './serverError.ts';

/** Why a completion failed, or was not asked for at all. */
export type CompletionFailure =
  | { readonly kind: 'badSettings'; readonly problems: readonly string[] }
  /** The key holds a character that a header cannot. */
  | { readonly kind: 'unusableKey' }
  /** 401 or 403 to a request without a key. `variable`: the one of the environment that it was to come from. */
  | { readonly kind: 'noKey'; readonly variable?: string }
  | { readonly kind: 'keyRefused' }
  /** 401 or 403 to a request that takes another credential in place of a key; `secret`: the name of a stored one among them. */
  | { readonly kind: 'headerRefused'; readonly secret?: string }
  /** A header needs a variable or a secret that is not set. */
  | { readonly kind: 'noSecret'; readonly source: 'env' | 'secret'; readonly name: string }
  /** It is set and holds a character that a header cannot. */
  | { readonly kind: 'unusableSecret'; readonly source: 'env' | 'secret'; readonly name: string }
  | { readonly kind: 'noCredit' }
  /** `target`: where the server points to; nothing is sent there. */
  | { readonly kind: 'redirect'; readonly target?: string }
  /** The server knows the key, but does not let it do this. */
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'unknownModel' }
  /** The server has ended this API. */
  | { readonly kind: 'retired' }
  /** `said`: an API answered, in its own words. */
  | { readonly kind: 'notFound'; readonly said?: boolean }
  /** `parameter`: the field that was refused; `replacement`: the one that the server wants in its place. */
  | { readonly kind: 'badRequest'; readonly parameter?: string; readonly replacement?: string }
  | { readonly kind: 'tooLarge' }
  /** `retryAt`: milliseconds since 1970. */
  | { readonly kind: 'rateLimit'; readonly retryAt?: number }
  /** `busy`: it says that it was not asked in vain, only too early. */
  | { readonly kind: 'serverError'; readonly busy?: boolean; readonly retryAt?: number }
  | { readonly kind: 'unexpectedStatus' }
  | { readonly kind: 'cannotConnect'; readonly reason: ConnectFailure; readonly code?: string }
  | { readonly kind: 'firstByteTimeout'; readonly seconds: number }
  | { readonly kind: 'stalled'; readonly seconds: number }
  /** After the request was sent; `partial`: some of the answer had come. */
  | { readonly kind: 'connectionLost'; readonly partial: boolean }
  /** The answer is one of another API than the one that was asked. */
  | { readonly kind: 'otherWire'; readonly wire: WireId }
  /** The server will answer later, to a question of its own kind. */
  | { readonly kind: 'background' }
  | { readonly kind: 'notCompletion'; readonly content: 'html' | 'other'; readonly title?: string }
  /** An error object in a 200 or in mid-stream. */
  | { readonly kind: 'errorObject' }
  | { readonly kind: 'contentFilter' }
  | { readonly kind: 'toolCall'; readonly tool?: string }
  /** `reasoned`: there was reasoning, but no answer. */
  | { readonly kind: 'emptyAnswer'; readonly finishReason: FinishReason; readonly reasoned: boolean };

/** What is known beside the kind of the failure. No secrets in any of it. */
export interface FailureContext {
  readonly url?: string | undefined;
  readonly status?: number | undefined;
  readonly responseId?: string | undefined;
  /** In the server's words. */
  readonly serverMessage?: string | undefined;
  /** What the server reported in place of an answer, or in the middle of one, until it is known what that means. */
  readonly reported?: ServerError | undefined;
  readonly cause?: unknown;
}

/** The one error that a completion throws, besides the reason of a cancel. */
export class CompletionError extends Error {
  override readonly name = 'CompletionError';
  readonly failure: CompletionFailure;
  readonly url: string | undefined;
  readonly status: number | undefined;
  readonly responseId: string | undefined;
  readonly serverMessage: string | undefined;
  readonly reported: ServerError | undefined;

  constructor(failure: CompletionFailure, context: FailureContext = {}) {
    super(failure.kind === 'badSettings' ? failure.problems.join(' ') : failure.kind, { cause: context.cause });
    this.failure = failure;
    this.url = context.url;
    this.status = context.status;
    this.responseId = context.responseId;
    this.serverMessage = context.serverMessage;
    this.reported = context.reported;
  }
}

/** Whether the user ended it, which is no error. */
export function isCancel(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
