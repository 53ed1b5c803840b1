import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';

/** An answer to time: its text in pieces, and how many of them are sent in a second. */
export interface Timed {
  readonly text: string;
  readonly charactersPerDelta: number;
  /** `Infinity`: as fast as the client reads. */
  readonly deltasPerSecond: number;
}

/** Moments of one answer, in milliseconds since 1970. */
export interface Moments {
  readonly request: number;
  readonly requestBytes: number;
  readonly firstByte: number;
  readonly lastByte: number;
}

/** An endpoint that does nothing but send an answer and note when: what is timed must not wait for a model. */
export class BenchEndpoint implements AsyncDisposable {
  readonly #question: string;
  readonly #server = createServer((request, response) => {
    void (async () => {
      const arrived = now();
      const body = Buffer.concat(await request.toArray());
      // What a client asks on its own account (a title, its models) is not timed.
      const isTimed = body.includes(JSON.stringify(this.#question).slice(1, -1)) && body.includes('"stream":true');
      if (!isTimed) {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ choices: [{ index: 0, message: { content: 'Timed' }, finish_reason: 'stop' }] }));
        return;
      }
      const answered = this.#answered;
      const sent = await send(response, this.#next);
      answered.resolve({ request: arrived, requestBytes: body.length, ...sent });
    })().catch(() => response.destroy());
  });
  #next: Timed = { text: '', charactersPerDelta: 4, deltasPerSecond: Infinity };
  #answered = Promise.withResolvers<Moments>();

  /** @param question What the user asks each time. */
  constructor(question: string) {
    this.#question = question;
  }

  /** Listens on the loopback interface; resolves to the base URL. */
  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The endpoint has no port.');
    return `http://127.0.0.1:${address.port}`;
  }

  /** What the next request is answered with; resolves when all of it was written. */
  answerWith(next: Timed): Promise<Moments> {
    this.#next = next;
    this.#answered = Promise.withResolvers();
    return this.#answered.promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
}

async function send(
  response: ServerResponse,
  { text, charactersPerDelta, deltasPerSecond }: Timed,
): Promise<{ firstByte: number; lastByte: number }> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const start = now();
  let firstByte = 0;
  for (let sent = 0, index = 0; sent < text.length; sent += charactersPerDelta, index += 1) {
    const wait = start + (1000 * index) / deltasPerSecond - now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const content = text.slice(sent, sent + charactersPerDelta);
    firstByte ||= now();
    gone.signal.throwIfAborted();
    if (!response.write(event({ choices: [{ index: 0, delta: { content } }] }))) {
      await once(response, 'drain', { signal: gone.signal });
    }
  }
  response.end(`${event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}data: [DONE]\n\n`);
  return { firstByte, lastByte: now() };
}

function event(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

/** Milliseconds since 1970 with fractions, as the page's clock counts them too. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
