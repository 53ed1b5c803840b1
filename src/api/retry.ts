import type { CompletionError } from './errors.ts';

/** Longest wait without being told to, in milliseconds. */
const longestWait = 60_000;

const maxRetries = 2;

/** Milliseconds; a timer that is set for longer fires at once. */
const longestTimer = 2 ** 31 - 1;

/**
 * How many milliseconds to wait before the request is sent again; nothing if it must not be: it is only where the
 * server cannot have worked, else it might work and bill twice.
 * @param retries How often it was sent again already.
 * @param now Milliseconds since 1970.
 * @param random From 0 to 1; spreads those that failed together.
 */
export function retryDelay(error: CompletionError, retries: number, now: number, random: number): number | undefined {
  if (retries >= maxRetries || !isUnworked(error)) return undefined;
  const { failure } = error;
  const retryAt = 'retryAt' in failure ? failure.retryAt : undefined;
  if (retryAt === undefined) return Math.round(1000 * 2 ** retries * (0.5 + random / 2));
  const delay = Math.max(0, retryAt - now);
  return delay <= longestWait ? delay : undefined;
}

/** A wait before a request is sent again, which the user may cut short. */
export class Wait {
  /** Resolves when it is over; rejects with the signal's reason when that aborts. */
  readonly over: Promise<void>;
  readonly #over = Promise.withResolvers<void>();
  readonly #timer: NodeJS.Timeout;

  /** @param milliseconds How long it lasts if nobody cuts it short. */
  constructor(milliseconds: number, signal: AbortSignal) {
    this.over = this.#over.promise;
    // It may be given up before anyone awaits it.
    this.over.catch(() => {});
    this.#timer = setTimeout(() => this.#over.resolve(), Math.min(milliseconds, longestTimer));
    const abort = (): void => this.#over.reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    const clear = (): void => {
      clearTimeout(this.#timer);
      signal.removeEventListener('abort', abort);
    };
    void this.over.then(clear, clear);
  }

  /** Ends it now. */
  skip(): void {
    this.#over.resolve();
  }
}

function isUnworked({ failure, status }: CompletionError): boolean {
  // A bad certificate, or credentials that a proxy misses, are as bad the next time.
  if (failure.kind === 'cannotConnect') return ['refused', 'dns', 'timeout', 'other'].includes(failure.reason);
  // 498 is Groq's for a capacity that is used up for the moment.
  return failure.kind === 'rateLimit' || status === 503 || status === 498;
}
