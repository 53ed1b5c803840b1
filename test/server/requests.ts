import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request as it arrived, for tests and for the curious. */
export interface RequestRecord {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Without the value of `authorization`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly key: 'none' | 'expected' | 'other';
  /** Parsed; the text itself if it is no JSON. */
  readonly body: unknown;
  /** UTF-8 bytes of the body. */
  readonly bodyBytes: number;
  /** `performance.now()` when the headers were there. */
  readonly arrival: number;
  /** When the response is over: whether the client left before its end. */
  readonly closed: Promise<'complete' | 'early'>;
}

/** Reads a request to its end. */
export async function recordRequest(
  request: IncomingMessage,
  response: ServerResponse,
  apiKey: string | undefined,
): Promise<RequestRecord> {
  const arrival = performance.now();
  const closed = new Promise<'complete' | 'early'>((resolve) => {
    response.once('close', () => resolve(response.writableFinished ? 'complete' : 'early'));
  });
  const { authorization, ...headers } = request.headers;
  const bytes = Buffer.concat(await request.toArray());
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    key: authorization === undefined ? 'none' : authorization === `Bearer ${apiKey}` ? 'expected' : 'other',
    body: parsed(bytes.toString()),
    bodyBytes: bytes.length,
    arrival,
    closed,
  };
}

/** The requests in the order of arrival; each can be awaited once. */
export class RequestLog {
  readonly all: RequestRecord[] = [];
  readonly #waiting: ((record: RequestRecord) => void)[] = [];
  #taken = 0;

  add(record: RequestRecord): void {
    this.all.push(record);
    const resolve = this.#waiting.shift();
    if (resolve !== undefined) {
      this.#taken++;
      resolve(record);
    }
  }

  /** The first request that no call has returned yet, as soon as it is there. */
  next(): Promise<RequestRecord> {
    const record = this.all[this.#taken];
    if (record !== undefined) {
      this.#taken++;
      return Promise.resolve(record);
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  clear(): void {
    this.all.length = 0;
    this.#taken = 0;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
