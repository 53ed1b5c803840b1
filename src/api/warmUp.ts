import { Socket } from 'node:net';
import { complete } from './client.ts';
import type { CompletionRequest } from './request.ts';
import { direct } from '../network/createTransport.ts';
import { UndiciTransport } from '../network/undiciTransport.ts';

/**
 * Asks a question that never leaves this process and is answered in it. Node compiles code when it runs first, and a
 * window's first question would wait for that.
 * @throws CompletionError where a real question would fail as well.
 */
export async function warmUp(request: CompletionRequest): Promise<void> {
  const transport = new UndiciTransport(timeouts, direct, async () => new Understudy());
  try {
    for await (const _ of complete(request, transport, new AbortController().signal));
  } finally {
    await transport.close();
  }
}

/** Milliseconds. */
const timeouts = { connectTimeout: 5000, firstByteTimeout: 5000, stallTimeout: 5000 };

const events =
  'data: {"id":"0","model":"m","choices":[{"index":0,"delta":{"content":"Yes."},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';

const answer = [
  'HTTP/1.1 200 OK',
  'Content-Type: text/event-stream',
  `Content-Length: ${events.length}`,
  '',
  events,
].join('\r\n');

/** A connection with nobody at the other end, which answers what is written. */
class Understudy extends Socket {
  override _read(): void {}

  override _writev(_pieces: unknown, written: () => void): void {
    this.push(answer);
    written();
  }

  override _write(_piece: unknown, _encoding: unknown, written: () => void): void {
    this._writev([], written);
  }
}
