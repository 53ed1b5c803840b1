import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { answer } from './answer.ts';
import { charactersPerToken, Completion, type UsageSpelling } from './completion.ts';
import { type Delivery, ordinary } from './delivery.ts';
import { applyFault } from './faults.ts';
import { faultNames, namedFault } from './namedFaults.ts';
import { dialects } from './dialects.ts';
import { Refusal } from './refusal.ts';
import { readResponsesRequest, writeResponse } from './responses.ts';
import { readRecording, wholeRecording, writeRecording } from './replay.ts';
import type { Answer, Pace, Reply } from './reply.ts';
import { recordRequest, RequestLog, type RequestRecord } from './requests.ts';
import { writeStream } from './stream.ts';
import { type ChatRequest, validate } from './validate.ts';
import { Gone, Wire } from './wire.ts';

/** A running server. Listens on the loopback interface only. */
export interface DemoServer {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly url: string;
  /** In the order of arrival. */
  readonly requests: readonly RequestRecord[];
  /** The first request not returned yet, as soon as it is there. */
  nextRequest(): Promise<RequestRecord>;
  /** What the next request gets instead of an answer about its code; several form a queue. */
  enqueue(...replies: readonly Reply[]): void;
  /** Forgets the requests and what is enqueued. */
  reset(): void;
  /** Ends every connection. */
  close(): Promise<void>;
}

export interface ServerOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** The key that a request must bring; without it any request is welcome. */
  readonly apiKey?: string;
  readonly pace?: Partial<Pace>;
  readonly usageSpelling?: UsageSpelling;
  /** Whether usage of a stream is sent only where the request asks for it. */
  readonly usageOnlyAsked?: boolean;
  readonly penaltyRange?: 'documented' | 'wide';
  /** Folders with recorded answers. */
  readonly recordings?: readonly string[];
}

const modelPace: Pace = { charactersPerDelta: 4, deltasPerSecond: 125 };

/** Starts the demo Chat Completions server; resolves when it listens. */
export async function startServer(options: ServerOptions = {}): Promise<DemoServer> {
  const log = new RequestLog();
  const replies: Reply[] = [];
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const record = await recordRequest(request, response, options.apiKey);
    log.add(record);
    await respond(record, response, options, replies);
  };
  const server = createServer((request, response) => {
    void serve(request, response).catch((error: unknown) => fail(response, error));
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${port(server)}`,
    requests: log.all,
    nextRequest: () => log.next(),
    enqueue: (...next) => void replies.push(...next),
    reset() {
      log.clear();
      replies.length = 0;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function respond(
  record: RequestRecord,
  response: ServerResponse,
  options: ServerOptions,
  replies: Reply[],
): Promise<void> {
  const { pathname } = new URL(record.path, 'http://localhost');
  if (record.method === 'GET' && pathname === '/') {
    sendText(response, 200, 'text/plain; charset=utf-8', help());
    return;
  }
  if (options.apiKey !== undefined && record.key !== 'expected') {
    throw new Refusal(401, 'The key is missing or not valid.', { code: 'invalid_api_key' });
  }
  if (record.method === 'GET' && pathname === '/v1/models') {
    sendJson(response, 200, { object: 'list', data: [{ id: 'askance-demo', object: 'model', owned_by: 'askance' }] });
    return;
  }
  if (pathname === '/v1/responses' && record.method === 'POST') {
    const asked = readResponsesRequest(record.body);
    const wire = new Wire(response);
    wire.start(200, asked.chat.stream ? streamHeaders : { 'content-type': 'application/json' });
    const given = limited(answer(asked.chat.messages), asked.chat);
    await writeResponse(wire, asked, given, { ...modelPace, ...options.pace });
    wire.end();
    return;
  }
  if (pathname !== '/v1/chat/completions' && pathname !== '/chat/completions') {
    throw new Refusal(404, `There is nothing at ${pathname}.`);
  }
  if (record.method !== 'POST') {
    throw new Refusal(405, 'Only POST is allowed here.', { headers: { allow: 'POST' } });
  }
  const request = validate(record.body, options.penaltyRange);
  await sendReply(response, request, options, replies.shift() ?? commanded(request));
}

/** The reply that the words of a question ask for, by `/replay name` or `/fault name`. */
function commanded({ messages }: ChatRequest): Reply | undefined {
  const [, command, name = ''] =
    /(?:^|\n)\/(replay|fault|sources)[ \t]+(\S+)\s*$/.exec(messages.at(-1)?.content ?? '') ?? [];
  if (command === 'replay') {
    return { kind: 'replay', file: name };
  }
  if (command === 'sources') {
    const chunks = dialects[name];
    return chunks
      ? { kind: 'chunks', chunks }
      : { kind: 'text', text: `These are: ${Object.keys(dialects).join(', ')}.` };
  }
  if (command === 'fault') {
    const fault = namedFault(name);
    return fault === undefined
      ? { kind: 'text', text: `There is no fault ${name}. These are: ${faultNames().join(', ')}.` }
      : { kind: 'fault', fault };
  }
  return undefined;
}

async function sendReply(
  response: ServerResponse,
  request: ChatRequest,
  options: ServerOptions,
  reply: Reply | undefined,
): Promise<void> {
  const pace = { ...modelPace, ...options.pace };
  const { messages } = request;
  switch (reply?.kind) {
    case undefined:
      return sendDelivery(response, request, options, ordinary(limited(answer(messages), request), pace));
    case 'text': {
      const { text, sources = [], finish = 'stop' } = reply;
      const given = limited({ text, sources, finish }, request);
      return sendDelivery(response, request, options, ordinary(given, reply.pace ?? pace));
    }
    case 'replay': {
      const chunks = await readRecording(reply.file, options.recordings ?? []);
      if (!request.stream) {
        sendJson(response, 200, wholeRecording(chunks));
        return undefined;
      }
      const wire = new Wire(response);
      wire.start(200, streamHeaders);
      await writeRecording(wire, chunks, reply.pace ?? pace);
      wire.end();
      return undefined;
    }
    case 'chunks': {
      const wire = new Wire(response);
      wire.start(200, streamHeaders);
      const end = { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] };
      const chunks = [...reply.chunks, end].map((chunk) => JSON.stringify(chunk));
      await writeRecording(wire, chunks, pace);
      wire.end();
      return undefined;
    }
    case 'fault': {
      const faulty = applyFault(reply.fault, ordinary(limited(answer(messages), request), pace), request);
      if (faulty.kind === 'delivery') {
        return sendDelivery(response, request, options, faulty.delivery);
      }
      sendText(response, faulty.status, faulty.type, faulty.body);
    }
  }
}

const streamHeaders = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' };

async function sendDelivery(
  response: ServerResponse,
  request: ChatRequest,
  { usageSpelling: spelling = 'prompt_tokens', usageOnlyAsked: onlyAsked = false }: ServerOptions,
  delivery: Delivery,
): Promise<void> {
  const completion = new Completion(request, delivery, { spelling, onlyAsked });
  const wire = new Wire(response, delivery.transport);
  if (request.stream) {
    wire.start(200, streamHeaders);
    await writeStream(wire, request, completion, delivery);
  } else {
    wire.start(200, { 'content-type': 'application/json' });
    await writeWhole(wire, completion, delivery);
  }
  wire.end();
}

/** What interrupts a stream in its middle interrupts a body in its middle. */
async function writeWhole(wire: Wire, completion: Completion, { interruption }: Delivery): Promise<void> {
  const body = JSON.stringify(completion.whole());
  if (interruption === undefined) {
    return wire.write(body);
  }
  await wire.write(body.slice(0, body.length / 2));
  return interruption.kind === 'stall' ? wire.stall() : wire.close();
}

function limited(whole: Answer, { maxTokens }: ChatRequest): Answer {
  const text = whole.text.slice(0, maxTokens * charactersPerToken);
  return text === whole.text ? whole : { ...whole, text, finish: 'length' };
}

function fail(response: ServerResponse, error: unknown): void {
  if (error instanceof Gone || response.headersSent) {
    response.destroy();
    return;
  }
  const refusal = error instanceof Refusal ? error : new Refusal(500, String(error));
  sendJson(response, refusal.status, refusal.body, refusal.headers);
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  sendText(response, status, 'application/json', JSON.stringify(body), headers);
}

function sendText(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), ...headers }).end(body);
}

function help(): string {
  return [
    'The demo Chat Completions server of Askance.',
    '',
    'POST /v1/chat/completions (or /chat/completions) answers about the code in the question.',
    'POST /v1/responses does so on the Responses API, with sources where the request lets it search.',
    'A question "/sources <dialect>" is answered with sources as one kind of server names them:',
    `  ${Object.keys(dialects).join(', ')}`,
    'A question "/replay <file>" replays a recorded answer. A question "/fault <name>" injects a fault:',
    '',
    ...faultNames().map((name) => `  /fault ${name}`),
    '',
  ].join('\n');
}

function port(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
