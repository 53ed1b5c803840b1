import { randomUUID } from 'node:crypto';
import type { Delivery, Part } from './delivery.ts';
import type { ChatRequest } from './validate.ts';

/** How a server spells the count of the prompt's tokens; the documentation of the API lacks a letter. */
export type UsageSpelling = 'prompt_tokens' | 'promp_tokens';

/** How a server counts tokens. */
export interface UsageStyle {
  readonly spelling: UsageSpelling;
  /** Whether usage of a stream is sent only where the request asks for it. */
  readonly onlyAsked: boolean;
}

/** The fields that every object of one response has in common. */
export class Completion {
  readonly #head: Readonly<Record<string, unknown>>;
  readonly #request: ChatRequest;
  readonly #delivery: Delivery;
  readonly #usageStyle: UsageStyle;

  constructor(request: ChatRequest, delivery: Delivery, usageStyle: UsageStyle) {
    this.#request = request;
    this.#delivery = delivery;
    this.#usageStyle = usageStyle;
    this.#head = { id: `demo-${randomUUID()}`, model: request.model, created: Math.floor(Date.now() / 1000) };
  }

  /** The body of a response that is not streamed. */
  whole(): object {
    const { parts, answer } = this.#delivery;
    return {
      ...this.#head,
      object: 'chat.completion',
      usage: this.#usage(parts.map(({ text }) => text).join('').length),
      ...this.#cited(),
      choices: [{ index: 0, finish_reason: answer.finish, message: message(parts) }],
    };
  }

  /**
   * One chunk of a stream. Usage and sources repeat in each, cumulative, unless the request wants usage once at the end.
   * @param sent What was sent so far, this part included.
   */
  chunk(part: Part, sent: readonly Part[], finish: string | null): object {
    const characters = sent.reduce((sum, { text }) => sum + text.length, 0);
    return {
      ...this.#head,
      object: 'chat.completion.chunk',
      usage: this.#request.includeUsage || this.#usageStyle.onlyAsked ? null : this.#usage(characters),
      ...this.#cited(),
      choices: [
        {
          index: 0,
          finish_reason: finish,
          delta: message([part]),
          ...(this.#delivery.messageBesideDelta ? { message: message(sent) } : {}),
        },
      ],
    };
  }

  /** The last chunk of a stream whose request has `stream_options.include_usage`. */
  usageChunk(characters: number): object {
    return { ...this.#head, object: 'chat.completion.chunk', choices: [], usage: this.#usage(characters) };
  }

  #cited(): object {
    const { sources } = this.#delivery.answer;
    return sources.length === 0 ? {} : { citations: sources.map(({ url }) => url), search_results: sources };
  }

  #usage(completionCharacters: number): object {
    const prompt = tokens(this.#request.messages.reduce((sum, { content }) => sum + content.length, 0));
    const completion = tokens(completionCharacters);
    return { [this.#usageStyle.spelling]: prompt, completion_tokens: completion, total_tokens: prompt + completion };
  }
}

/** UTF-16 code units in a token of this server's model. */
export const charactersPerToken = 4;

function tokens(characters: number): number {
  return Math.ceil(characters / charactersPerToken);
}

function message(parts: readonly Part[]): object {
  const text = (field: Part['field']) => parts.flatMap((part) => (part.field === field ? [part.text] : [])).join('');
  const optional = (['reasoning', 'reasoning_content'] as const).filter((field) => text(field) !== '');
  const call = text('tool_calls');
  return {
    role: 'assistant',
    content: text('content'),
    ...Object.fromEntries(optional.map((field) => [field, text(field)])),
    ...(call === '' ? {} : { tool_calls: [toolCall(call)] }),
  };
}

function toolCall(argumentsText: string): object {
  return { index: 0, id: 'call_1', type: 'function', function: { name: 'read_file', arguments: argumentsText } };
}
