import type { FinishReason } from '../../shared/answer.ts';
import { asArray, asObject, asString, asText } from '../../shared/json.ts';
import { Completion } from '../completion.ts';
import { CompletionError } from '../errors.ts';
import type { CompletionEvent } from '../events.ts';
import { firstField, looseNumber, looseText } from '../fields.ts';
import { isErrorReport, readServerError } from '../serverError.ts';
import { readUsage } from '../usage.ts';
import type { AnswerReader, Ending } from '../wire.ts';
import { OutputText, type NewText, type OutputItem } from './outputText.ts';
import { ResponseSources } from './responseSources.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Reads an answer of the Responses API, its events or the whole. */
export class ResponsesReader implements AnswerReader {
  readonly #completion = new Completion();
  readonly #output = new OutputText();
  readonly #sources = new ResponseSources();
  readonly #limit: number | undefined;
  /** The call of a tool that nothing has followed yet. */
  #tool: string | undefined;
  #isClosed = false;
  /** An error that came without a word. */
  #silentError: unknown;

  /** @param limit Of the answer's tokens, as it was sent. */
  constructor(limit?: number) {
    this.#limit = limit;
  }

  get id(): string | undefined {
    return this.#completion.id;
  }

  get isFinished(): boolean {
    return this.#completion.isFinished || this.#output.ofType('message').at(-1)?.isDone === true;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  *read(value: unknown, event: string | undefined): Generator<CompletionEvent, boolean> {
    const object = asObject(value);
    if (!object) return false;
    const type = asText(object['type']) ?? event ?? '';
    if (object['object'] === 'response' || (type === '' && asArray(object['output']))) {
      yield* this.#whole(object);
      return true;
    }
    if (asArray(object['choices'])) throw this.#completion.failure({ kind: 'otherWire', wire: 'chat-completions' });
    if (type === 'error' || (!type.startsWith('response.') && isErrorReport(value, event))) {
      this.#report(object['error'] ? { error: object['error'] } : object);
      return true;
    }
    if (!type.startsWith('response.')) return false;
    yield* this.#event(type.slice('response.'.length), object);
    return true;
  }

  *finish(ending: Ending): Generator<CompletionEvent, void> {
    if (this.#silentError !== undefined) throw this.#failure(this.#silentError);
    yield* this.#completion.citations(this.#sources.citations(this.#output.answer));
    if (!this.#completion.isFinished) {
      if (!this.isFinished)
        throw this.#completion.failure({ kind: 'connectionLost', partial: true }, ending.unread.at(-1));
      this.#completion.finishReason('unspecified');
    }
    if (this.#tool !== undefined) this.#completion.tool(this.#tool);
    yield* this.#completion.finish(ending);
  }

  *#event(type: string, event: Fields): Generator<CompletionEvent, void> {
    const response = asObject(event['response']);
    switch (type) {
      case 'created':
      case 'in_progress':
      case 'queued':
        if (response) yield* this.#metadata(response);
        return;
      case 'completed':
      case 'done':
      case 'incomplete':
      case 'failed':
      case 'cancelled':
        yield* this.#end(type, { ...response, ...(event['error'] ? { error: event['error'] } : {}) });
        return;
      case 'output_item.added':
        yield* this.#added(event);
        return;
      case 'output_item.done':
        yield* this.#itemDone(asObject(event['item']) ?? {}, keyOf(event));
        return;
      case 'output_text.annotation.added':
        this.#sources.annotation(event['annotation']);
        yield* this.#completion.citations(this.#sources.citations());
        return;
      case 'reasoning.search_results':
        this.#sources.searchResults(event['results']);
        yield* this.#completion.citations(this.#sources.citations());
        return;
      case 'reasoning.fetch_url_results':
        this.#sources.fetched(event['contents']);
        yield* this.#completion.citations(this.#sources.citations());
        return;
      case 'reasoning.search_queries':
        yield { type: 'progress', progress: { kind: 'searching', what: textsOf(event['queries']) } };
        return;
      case 'reasoning.fetch_url_queries':
        yield { type: 'progress', progress: { kind: 'reading', what: textsOf(event['urls']) } };
        return;
      default:
        if (/^web_search_call\.(?:in_progress|searching)$/.test(type)) {
          yield { type: 'progress', progress: { kind: 'searching', what: [] } };
        } else yield* this.#text(type, event);
    }
  }

  *#text(type: string, event: Fields): Generator<CompletionEvent, void> {
    const [, kind, form] = textEvent.exec(type) ?? [];
    if (kind !== undefined) {
      const isReasoning = kind.startsWith('reasoning');
      const item = this.#output.item(isReasoning ? 'reasoning' : 'message', keyOf(event));
      if (isReasoning) {
        item.reasoningKind ??= kind;
        if (item.reasoningKind !== kind) return;
      }
      const part = partOf(event, kind);
      if (form === 'delta') yield* this.#tell(this.#output.delta(item, part, looseText(event['delta']) ?? ''));
      else yield* this.#tell(this.#output.whole(item, part, asString(firstField(event, 'text', 'refusal')) ?? ''));
      return;
    }
    if (type !== 'content_part.done') return;
    const part = asObject(event['part']) ?? {};
    if (part['type'] === 'reasoning_text') return;
    const item = this.#output.item('message', keyOf(event));
    yield* this.#tell(this.#output.whole(item, partOf(event, 'output_text'), textOfPart(part)));
  }

  *#added(event: Fields): Generator<CompletionEvent, void> {
    const item = asObject(event['item']) ?? {};
    const type = asText(item['type']) ?? '';
    const key = keyOf(event);
    if (type === 'message' || type === 'reasoning') {
      // Without an index, each item that is added is another one.
      this.#output.item(type, key ?? `added ${this.#output.ofType(type).length}`, item['phase'] === 'commentary');
    }
    if (type === 'web_search_call') yield { type: 'progress', progress: { kind: 'searching', what: [] } };
  }

  *#itemDone(item: Fields, key: string | undefined): Generator<CompletionEvent, void> {
    const type = asText(item['type']) ?? '';
    if (type === 'message' || type === 'reasoning') {
      const known = this.#output.item(type, key, item['phase'] === 'commentary');
      yield* this.#wholeItem(known, item);
      known.isDone = true;
    }
    this.#follow(item);
    this.#sources.item(item);
    yield* this.#completion.citations(this.#sources.citations());
  }

  /** The parts of a whole item add what has not come. */
  *#wholeItem(known: OutputItem, item: Fields): Generator<CompletionEvent, void> {
    if (known.type === 'message') {
      const content = asArray(item['content']) ?? (asText(item['content']) === undefined ? [] : [item['content']]);
      for (const [place, part] of content.entries()) {
        const text = asString(part) ?? textOfPart(asObject(part) ?? {});
        yield* this.#tell(this.#output.whole(known, placeKey(known, place, 'output_text'), text));
      }
      return;
    }
    const forms = [
      ['reasoning_text', asArray(item['content']) ?? []],
      ['reasoning_summary_text', asArray(item['summary']) ?? []],
    ] as const;
    const [kind, parts] =
      forms.find(([name, list]) =>
        known.reasoningKind === undefined ? list.length > 0 : name === known.reasoningKind,
      ) ?? forms[0];
    if (parts.length > 0) known.reasoningKind ??= kind;
    for (const [place, part] of parts.entries()) {
      yield* this.#tell(this.#output.whole(known, placeKey(known, place, kind), looseText(part) ?? ''));
    }
  }

  /** Which call of a tool is still without an answer. */
  #follow(item: Fields): void {
    const type = asText(item['type']) ?? '';
    if (toolCalls.has(type)) this.#tool = asText(item['name']) ?? type;
    else if (type === 'message' || type.endsWith('_output') || type.endsWith('_results')) this.#tool = undefined;
  }

  *#tell(added: NewText | undefined): Generator<CompletionEvent, void> {
    if (!added) return;
    if (added.type === 'text') yield* this.#completion.text(added.text);
    else yield* this.#completion.reasoning(added.text);
  }

  /** A response that came whole. */
  *#whole(response: Fields): Generator<CompletionEvent, void> {
    const status = asText(response['status']) ?? 'completed';
    if (status === 'queued' || status === 'in_progress') {
      yield* this.#metadata(response);
      throw this.#completion.failure({ kind: 'background' });
    }
    yield* this.#end(status, response);
  }

  *#end(status: string, response: Fields): Generator<CompletionEvent, void> {
    yield* this.#metadata(response);
    const output = (asArray(response['output']) ?? []).map((item) => asObject(item) ?? {});
    if (output.length > 0) this.#tool = undefined;
    const places = new Map<string, number>();
    for (const item of output) {
      const type = asText(item['type']) ?? '';
      // Indices and ids of the end differ from those of the events: items of a type are matched by their order.
      const place = places.get(type) ?? 0;
      places.set(type, place + 1);
      if (type === 'message' || type === 'reasoning') {
        const known =
          this.#output.ofType(type)[place] ?? this.#output.item(type, `end ${place}`, item['phase'] === 'commentary');
        yield* this.#wholeItem(known, item);
      }
      this.#follow(item);
      this.#sources.item(item);
    }
    const outputText = asText(response['output_text']);
    if (output.length === 0 && outputText !== undefined && this.#output.answer === '') {
      yield* this.#tell(this.#output.whole(this.#output.item('message', 'end'), '0', outputText));
    }
    yield* this.#completion.citations(this.#sources.citations());
    const usage = readUsage(response['usage']);
    if (usage) yield* this.#completion.usage(usage);
    if (status === 'failed' || status === 'cancelled' || (response['error'] && status !== 'completed')) {
      this.#report({ error: response['error'], status, id: response['id'] });
      throw this.#failure(this.#silentError);
    }
    this.#isClosed = true;
    const reason = this.#reason(status, response, usage?.completionTokens);
    this.#completion.finishReason(reason);
    if (reason !== 'stop') this.#tool = undefined;
  }

  #reason(status: string, response: Fields, tokens: number | undefined): FinishReason {
    if (status === 'incomplete') {
      const reason = asText(asObject(response['incomplete_details'])?.['reason'])?.toLowerCase() ?? '';
      if (/max|length/.test(reason)) return 'length';
      return reason === 'content_filter' ? 'content_filter' : 'other';
    }
    // Ollama and llama.cpp never say that an answer is incomplete.
    return this.#limit !== undefined && tokens !== undefined && tokens >= this.#limit ? 'length' : 'stop';
  }

  *#metadata(response: Fields): Generator<CompletionEvent, void> {
    const id = asText(response['id']);
    const model = asText(response['model']);
    const created = looseNumber(response['created_at']);
    const { store } = response;
    yield* this.#completion.metadata({
      ...(id !== undefined && { id }),
      ...(model !== undefined && { model }),
      object: 'response',
      ...(created !== undefined && { created }),
      ...(typeof store === 'boolean' && { stored: store }),
    });
  }

  /** @throws CompletionError, unless the error has no words: one that has may follow. */
  #report(value: Fields): void {
    const error = readServerError(value);
    if (error && asText(firstField(asObject(value['error']) ?? value, 'message')) !== undefined)
      throw this.#failure(value);
    this.#silentError = value;
  }

  #failure(value: unknown): CompletionError {
    const reported = readServerError(value) ?? { message: '', codes: [], parameters: [], body: value };
    return new CompletionError(
      { kind: 'errorObject' },
      { serverMessage: reported.message, responseId: reported.id ?? this.id, reported },
    );
  }
}

/** Which kind of text an event brings, and in which form. */
const textEvent =
  /^(output_text|refusal|reasoning_text|reasoning_summary_text|reasoning_summary|reasoning)\.(delta|done)$/;

/** Calls that only the client can answer. */
const toolCalls: ReadonlySet<string> = new Set([
  'function_call',
  'custom_tool_call',
  'local_shell_call',
  'apply_patch_call',
  'shell_call',
  'computer_call',
  'tool_search_call',
  'mcp_approval_request',
]);

/** What tells the items of the output apart: their index, as ids may change. */
function keyOf(event: Fields): string | undefined {
  return looseText(event['output_index']);
}

function partOf(event: Fields, kind: string): string {
  const index = looseText(firstField(event, kind.includes('summary') ? 'summary_index' : 'content_index')) ?? '0';
  return kind.startsWith('reasoning') ? `${kind} ${index}` : index;
}

/** The part at a place of a whole item: by order, for the indices of the events need not begin at 0. */
function placeKey(item: OutputItem, place: number, kind: string): string {
  return [...item.parts.keys()][place] ?? (kind === 'output_text' ? String(place) : `${kind} ${place}`);
}

function textOfPart(part: Fields): string {
  return asString(firstField(part, 'text', 'refusal')) ?? '';
}

function textsOf(value: unknown): readonly string[] {
  return (asArray(value) ?? []).flatMap((item) => asText(item) ?? []);
}
