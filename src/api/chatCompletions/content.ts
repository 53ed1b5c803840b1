import { asArray, asObject, asString, asText } from '../../shared/json.ts';
import { firstField, looseText } from '../fields.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Texts, empty where there is none. */
export interface Content {
  readonly text: string;
  readonly reasoning: string;
  /** Parts of no kind that is text. */
  readonly unread?: readonly unknown[];
}

/** What a message or a delta says, in every shape in which servers send it. */
export function readContent(message: Fields): Content {
  const reasoning = readReasoning(message);
  const content = message['content'];
  if (typeof content === 'string' && (content !== '' || message['refusal'] === undefined)) {
    return { text: content, reasoning };
  }
  const parts = asArray(content) ?? (asObject(content) ? [content] : undefined);
  if (!parts) return { text: asString(message['refusal']) ?? asString(message['text']) ?? '', reasoning };
  const read = readParts(parts);
  return { ...read, reasoning: reasoning + read.reasoning };
}

/** Each server has a field of its own for it, and some send it in two. */
function readReasoning(message: Fields): string {
  const named = firstField(message, 'reasoning_content', 'reasoning', 'reasoning_text', 'thinking', 'thought');
  if (typeof named === 'string') return named;
  const parts = named ?? message['reasoning_details'] ?? message['thinking_blocks'];
  return parts === undefined || parts === null ? '' : reasoningText(parts);
}

/** `{text}`, `{summary: [{text}]}`, `[{type: 'reasoning.text', text}]`; what is encrypted says nothing. */
function reasoningText(value: unknown): string {
  const list = asArray(value);
  if (list) return list.map(reasoningText).join('');
  const fields = asObject(value);
  if (!fields) return asString(value) ?? '';
  const inner = firstField(fields, 'text', 'content', 'thinking', 'summary', 'summary_text', 'reasoning');
  return inner === undefined ? '' : reasoningText(inner);
}

/** Content as a list of parts; a part's text may be a list of parts itself. */
function readParts(parts: readonly unknown[]): Content {
  let text = '';
  let reasoning = '';
  const unread: unknown[] = [];
  for (const item of parts) {
    const part = asObject(item);
    if (!part) {
      text += asString(item) ?? '';
      continue;
    }
    const type = asText(part['type'])?.toLowerCase() ?? '';
    if (/think|reason|thought/.test(type)) {
      reasoning += reasoningText(part);
      continue;
    }
    const said = partText(part);
    if (said !== undefined) text += said;
    else if (!isSource(type)) unread.push(item);
  }
  return { text, reasoning, ...(unread.length > 0 && { unread }) };
}

/** The text of a part of whatever type: `text`, `output_text`, `refusal`, or none. */
function partText(part: Fields): string | undefined {
  const value = firstField(part, 'text', 'refusal', 'output_text');
  const list = asArray(value);
  if (list) return readParts(list).text;
  if (value !== undefined) return looseText(value);
  return asText(part['type']) === undefined ? asString(part['content']) : part['text'] === '' ? '' : undefined;
}

function isSource(type: string): boolean {
  return type === 'reference' || type === 'tool_reference';
}
