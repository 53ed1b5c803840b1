import type { Readable } from 'node:stream';
import type { RequestClock } from './requestClock.ts';

/** Streams the chunks of a response body and runs the clock's stall timeout while waiting for each. */
export function bodyChunks(body: Readable, clock: RequestClock): AsyncGenerator<Uint8Array, void> {
  // Prevents an unhandled `error` event when nobody reads the body.
  body.on('error', () => {});
  return read(body, clock);
}

async function* read(body: Readable, clock: RequestClock): AsyncGenerator<Uint8Array, void> {
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      clock.pause();
      if (chunk instanceof Uint8Array) yield chunk;
      clock.wait('stalled');
    }
  } catch (error) {
    throw clock.explain(error);
  } finally {
    clock.pause();
    finish(body);
  }
}

/**
 * A reader that has the whole answer stops before the end of the body. The end usually follows at once and frees the
 * connection for the next request; a body that goes on is aborted.
 */
function finish(body: Readable): void {
  if (body.readableEnded || body.destroyed) return;
  const cut = setTimeout(() => body.destroy(), lingerMilliseconds);
  body.once('close', () => clearTimeout(cut));
  body.resume();
}

const lingerMilliseconds = 25;
