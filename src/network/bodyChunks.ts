import type { Readable } from 'node:stream';
import type { Attempt } from './requestClock.ts';

/** The bytes of a body as they come, with the attempt's clock running while one is waited for. */
export function pieces(body: Readable, attempt: Attempt): AsyncGenerator<Uint8Array, void> {
  // Who does not read need not hear of errors either.
  body.on('error', () => {});
  return read(body, attempt);
}

async function* read(body: Readable, attempt: Attempt): AsyncGenerator<Uint8Array, void> {
  try {
    for await (const piece of body.iterator({ destroyOnReturn: false })) {
      attempt.pause();
      if (piece instanceof Uint8Array) yield piece;
      attempt.wait('stalled');
    }
  } catch (error) {
    throw attempt.explain(error);
  } finally {
    attempt.pause();
    finish(body);
  }
}

/**
 * A reader who has all of an answer leaves before the end of the body, which mostly comes at once and leaves the
 * connection to the next request. A body that goes on is cut off.
 */
function finish(body: Readable): void {
  if (body.readableEnded || body.destroyed) return;
  const cut = setTimeout(() => body.destroy(), lingerMilliseconds);
  body.once('close', () => clearTimeout(cut));
  body.resume();
}

const lingerMilliseconds = 25;
