import type { Delivery } from './delivery.ts';
import { Refusal } from './refusal.ts';
import type { Fault } from './reply.ts';
import type { ChatRequest } from './validate.ts';

/** What a fault makes of an answer: another way of delivering it, or a body that is no answer at all. */
export type Faulty =
  | { readonly kind: 'delivery'; readonly delivery: Delivery }
  | { readonly kind: 'body'; readonly status: number; readonly type: string; readonly body: string };

/**
 * @param delivery The answer as it would be sent without the fault.
 * @throws {Refusal} if the fault is a refusal.
 */
export function applyFault(fault: Fault, delivery: Delivery, request: ChatRequest): Faulty {
  const changed = (change: Partial<Delivery>): Faulty => ({ kind: 'delivery', delivery: { ...delivery, ...change } });
  const finished = (finish: string, text: string): Faulty =>
    changed({ parts: [{ field: 'content', text }], answer: { ...delivery.answer, finish } });
  const { text } = delivery.answer;
  switch (fault.kind) {
    case 'status':
      throw refusal(fault);
    case 'redirect':
      throw new Refusal(307, 'Moved.', { headers: { location: fault.location } });
    case 'contextLength':
      throw new Refusal(400, "This model's maximum context length is 4096 tokens.", {
        param: 'messages',
        code: 'context_length_exceeded',
      });
    case 'maxCompletionTokens':
      if (Number.isFinite(request.maxTokens)) {
        throw new Refusal(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", {
          param: 'max_tokens',
          code: 'unsupported_parameter',
        });
      }
      return changed({});
    case 'html':
      return {
        kind: 'body',
        status: 200,
        type: 'text/html; charset=utf-8',
        body: '<!doctype html>\n<title>Sign in [now](command:workbench.action.toggleSidebarVisibility)</title>\n<h1>Sign in to the network</h1>\n',
      };
    case 'emptyBody':
      return { kind: 'body', status: 200, type: 'application/json', body: '' };
    case 'wrongJson':
      return { kind: 'body', status: 200, type: 'application/json', body: '{"result":{"text":"Hello"}}' };
    case 'errorIn200':
      return {
        kind: 'body',
        status: 200,
        type: 'application/json',
        body: JSON.stringify(new Refusal(500, 'The model could not be loaded.').body),
      };
    case 'errorInStream':
      return changed({ interruption: { kind: 'error', afterDeltas: fault.afterDeltas } });
    case 'halfEvent':
    case 'stall':
      return changed({ interruption: fault });
    case 'endless':
      return changed({ interruption: { kind: 'endless', afterDeltas: Infinity } });
    case 'reset':
      return changed({ transport: { resetAfter: fault.afterBytes } });
    case 'byteByByte':
      return changed({ transport: { byteByByte: true } });
    case 'gzip':
      return changed({ transport: { gzip: true } });
    case 'closeWithoutLength':
      return changed({ transport: { closeWithoutLength: true }, done: false });
    case 'hugeLine':
      return changed({
        parts: [{ field: 'content', text: 'x'.repeat(fault.characters) }],
        pace: { charactersPerDelta: fault.characters, deltasPerSecond: Infinity },
      });
    case 'noDone':
      return changed({ done: false });
    case 'toolCall':
      return changed({
        parts: [{ field: 'tool_calls', text: '{"path":"README.md"}' }],
        answer: { ...delivery.answer, finish: 'tool_calls' },
      });
    case 'contentFilter':
      return finished('content_filter', text.slice(0, text.length / 4));
    case 'emptyAnswer':
      return finished('stop', '');
    case 'length':
      return finished('length', text.slice(0, text.length / 2));
    case 'comments':
      return changed({ comments: true });
    case 'crlf':
      return changed({ eol: '\r\n' });
    case 'bom':
      return changed({ bom: true });
    case 'messageBesideDelta':
      return changed({ messageBesideDelta: true });
    case 'think':
      return changed({
        parts: [{ field: 'content', text: `<think>\n${thought}\n</think>\n\n${text}` }],
        pace: { ...delivery.pace, charactersPerDelta: 3 },
      });
    case 'thinkEnd':
      return changed({ parts: [{ field: 'content', text: `${plainThought}\n</think>\n\n${text}` }] });
    case 'reasoningContent':
      return changed({ parts: [{ field: 'reasoning_content', text: thought }, ...delivery.parts] });
    case 'reasoning':
      return changed({ parts: [{ field: 'reasoning', text: thought }, ...delivery.parts] });
  }
}

const plainThought = 'The code is at hand; first its names, then what each does.';
const thought = `${plainThought} \`\`\`\nnot an answer\n\`\`\``;

const messages: Readonly<Record<number, string>> = {
  401: 'The key is not valid.',
  402: 'The credit is used up.',
  403: 'The key may not use this model.',
  404: 'There is no such model.',
  413: 'The request is too large.',
  429: 'Too many requests.',
  500: 'The server had an error.',
  503: 'The server is overloaded.',
};

function refusal({ status, param, retryAfter }: Extract<Fault, { kind: 'status' }>): Refusal {
  const text = param === undefined ? messages[status] : `Unsupported parameter: '${param}'.`;
  return new Refusal(status, text ?? 'The request cannot be processed.', {
    param: param ?? null,
    headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
  });
}
