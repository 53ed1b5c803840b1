import { randomUUID } from 'node:crypto';
import { charactersPerToken } from './completion.ts';
import { Pacer } from './pacer.ts';
import { Refusal } from './refusal.ts';
import type { Answer, Pace } from './reply.ts';
import { sse } from './stream.ts';
import { validate, type ChatRequest } from './validate.ts';
import type { Wire } from './wire.ts';

/** A request to the Responses API, as one that the demo model understands. */
export interface ResponsesRequest {
  readonly chat: ChatRequest;
  /** Whether it may search the web. */
  readonly searches: boolean;
  readonly store: boolean;
}

/**
 * Reads the body of a request to the Responses API.
 * @throws {Refusal} 400 with the name of the field, also for one that this API does not know.
 */
export function readResponsesRequest(body: unknown): ResponsesRequest {
  const fields: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {};
  const unknown = Object.keys(fields).find((name) => !known.has(name));
  if (unknown !== undefined) throw new Refusal(400, `Unknown field: ${unknown}`, { param: unknown });
  const { model, preset, input, max_output_tokens: limit, stream, tools, store } = fields;
  const items: readonly unknown[] = Array.isArray(input) ? input : [{ role: 'user', content: input }];
  const messages = items.map((item) => {
    const { role, content } = Object(item) as Record<string, unknown>;
    return { role, content };
  });
  const chat = validate({
    model: model ?? preset,
    messages,
    stream,
    ...(limit !== undefined && { max_tokens: limit }),
  });
  return { chat, searches: Array.isArray(tools) && tools.length > 0, store: store !== false };
}

const known: ReadonlySet<string> = new Set([
  'model',
  'preset',
  'input',
  'instructions',
  'max_output_tokens',
  'temperature',
  'top_p',
  'reasoning',
  'tools',
  'tool_choice',
  'stream',
  'store',
]);

/** Writes an answer as the events of the Responses API, or as one object. */
export async function writeResponse(
  wire: Wire,
  { chat, searches, store }: ResponsesRequest,
  { text, sources, finish }: Answer,
  pace: Pace,
): Promise<void> {
  const head = { id: `resp_${randomUUID()}`, object: 'response', model: chat.model, created_at: seconds(), store };
  const results = searches ? sources.map((source, index) => ({ id: index + 1, ...source })) : [];
  const output = [
    ...(results.length > 0 ? [{ type: 'search_results', results }] : []),
    { type: 'message', role: 'assistant', content: [{ type: 'output_text', text, annotations: [] }] },
  ];
  const isCut = finish === 'length';
  const end = {
    ...head,
    status: isCut ? 'incomplete' : 'completed',
    ...(isCut && { incomplete_details: { reason: 'max_output_tokens' } }),
    output,
    usage: usage(chat, text),
  };
  if (!chat.stream) return wire.write(JSON.stringify(end));
  const send = (type: string, fields: object) =>
    wire.write(`event: response.${type}\n${sse(JSON.stringify({ type: `response.${type}`, ...fields }))}`);
  await send('created', { response: { ...head, status: 'in_progress' } });
  if (results.length > 0) {
    await send('reasoning.search_queries', { queries: [chat.messages.at(-1)?.content.slice(0, 40)] });
    await send('reasoning.search_results', { results });
  }
  const pacer = new Pacer(pace.deltasPerSecond);
  const points = Array.from(text);
  for (let at = 0; at < points.length; at += pace.charactersPerDelta) {
    await pacer.turn(wire, at / pace.charactersPerDelta);
    const delta = points.slice(at, at + pace.charactersPerDelta).join('');
    await send('output_text.delta', { output_index: output.length - 1, content_index: 0, delta });
  }
  await send(isCut ? 'incomplete' : 'completed', { response: end });
}

function usage({ messages }: ChatRequest, text: string): object {
  const tokens = (length: number): number => Math.ceil(length / charactersPerToken);
  const input = tokens(messages.reduce((sum, { content }) => sum + content.length, 0));
  const output = tokens(text.length);
  const cost = { total_cost: (input + output) / 1_000_000, currency: 'USD' };
  return { input_tokens: input, output_tokens: output, total_tokens: input + output, cost };
}

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}
