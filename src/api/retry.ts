import type { CompletionError } from './errors.ts';

/** Longest wait without being told to, in milliseconds. */
const longestWait = 60_000;

const maxRetries = 2;

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

/** Resolves after some milliseconds. Rejects with the signal's reason when it aborts. */
export function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.reject(signal.reason);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const abort = (): void => {
    clearTimeout(timer);
    reject(signal.reason);
  };
  const timer = setTimeout(() => {
    signal.removeEventListener('abort', abort);
    resolve();
  }, milliseconds);
  signal.addEventListener('abort', abort, { once: true });
  return promise;
}

function isUnworked({ failure, status }: CompletionError): boolean {
  // A bad certificate, or credentials that a proxy misses, are as bad the next time.
  if (failure.kind === 'cannotConnect') return ['refused', 'dns', 'timeout', 'other'].includes(failure.reason);
  return failure.kind === 'rateLimit' || status === 503;
}
