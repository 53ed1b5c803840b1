/** What the server sends next instead of an answer of its own: see `DemoServer.enqueue`. */
export type Reply =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly sources?: readonly Source[];
      readonly finish?: string;
      readonly pace?: Pace;
    }
  /** These objects of a stream, before the one that ends it. */
  | { readonly kind: 'chunks'; readonly chunks: readonly object[] }
  | { readonly kind: 'replay'; readonly file: string; readonly pace?: Pace }
  | { readonly kind: 'fault'; readonly fault: Fault };

/** A page that an answer cites; `[1]` in the text means the first. */
export interface Source {
  readonly title: string;
  readonly url: string;
  /** ISO 8601 day; null where a page does not tell its own. */
  readonly date: string | null;
}

/** How fast an answer is written. */
export interface Pace {
  /** At least 1. */
  readonly charactersPerDelta: number;
  /** `Infinity`: as fast as the client reads. */
  readonly deltasPerSecond: number;
}

/** What an answer is made of, whichever way it is sent. */
export interface Answer {
  readonly text: string;
  readonly sources: readonly Source[];
  readonly finish: string;
}

/** Each way in which a real server may answer that is not a plain, whole, ordinary answer. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly param?: string; readonly retryAfter?: string }
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'contextLength' }
  | { readonly kind: 'maxCompletionTokens' }
  | { readonly kind: 'html' }
  | { readonly kind: 'emptyBody' }
  | { readonly kind: 'wrongJson' }
  | { readonly kind: 'errorIn200' }
  | { readonly kind: 'errorInStream'; readonly afterDeltas: number }
  | { readonly kind: 'halfEvent'; readonly afterDeltas: number }
  | { readonly kind: 'stall'; readonly afterDeltas: number }
  | { readonly kind: 'reset'; readonly afterBytes: number }
  | { readonly kind: 'byteByByte' }
  | { readonly kind: 'endless' }
  | { readonly kind: 'hugeLine'; readonly characters: number }
  | { readonly kind: 'gzip' }
  | { readonly kind: 'closeWithoutLength' }
  | { readonly kind: 'noDone' }
  | { readonly kind: 'toolCall' }
  | { readonly kind: 'contentFilter' }
  | { readonly kind: 'emptyAnswer' }
  | { readonly kind: 'length' }
  | { readonly kind: 'comments' }
  | { readonly kind: 'crlf' }
  | { readonly kind: 'bom' }
  | { readonly kind: 'messageBesideDelta' }
  | { readonly kind: 'think' }
  /** Reasoning whose beginning a chat template has written into the prompt. */
  | { readonly kind: 'thinkEnd' }
  | { readonly kind: 'reasoningContent' }
  | { readonly kind: 'reasoning' };
