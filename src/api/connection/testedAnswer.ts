import type { Citation, Usage } from '../../shared/answer.ts';
import type { Translate } from '../../shared/l10n.ts';
import type { CompletionError } from '../errors.ts';
import type { CompletionEvent } from '../events.ts';
import { plural } from '../../shared/plural.ts';

/** What came of the question that tests a connection. */
export class TestedAnswer {
  hasCredential = false;
  error: CompletionError | undefined;
  usage: Usage | undefined;
  /** Whether the server says that it keeps the answer. */
  stored: boolean | undefined;
  /** How many pieces of text or reasoning came. */
  pieces = 0;
  citations: readonly Citation[] = [];
  #model: string | undefined;
  #object: string | undefined;
  readonly #start = performance.now();
  #firstText: number | undefined;

  get hasText(): boolean {
    return this.pieces > 0;
  }

  /** Whether it was an event stream: a short answer may come in one event. */
  get isStreamed(): boolean {
    return this.pieces > 1 || /^chat\.completion\.(?:chunk|done)$/.test(this.#object ?? '');
  }

  /** The field of the request that the server refused. */
  get refused(): string | undefined {
    const failure = this.error?.failure;
    return failure?.kind === 'badRequest' ? failure.parameter : undefined;
  }

  add(event: CompletionEvent): void {
    switch (event.type) {
      case 'metadata':
        this.#model = event.metadata.model ?? this.#model;
        this.#object = event.metadata.object ?? this.#object;
        this.stored = event.metadata.stored ?? this.stored;
        break;
      case 'text':
      case 'reasoning':
        this.#firstText ??= performance.now();
        this.pieces += 1;
        break;
      case 'citations':
        this.citations = event.citations;
        break;
      case 'usage':
        this.usage = event.usage;
        break;
      case 'progress':
      case 'textWasReasoning':
      case 'retry':
      case 'finish':
        break;
      default:
        event satisfies never;
    }
  }

  modelNote(t: Translate): string {
    const milliseconds = Math.round((this.#firstText ?? this.#start) - this.#start);
    return this.#model === undefined
      ? t('First words after {0} ms.', milliseconds)
      : t('{0}, first words after {1} ms.', this.#model, milliseconds);
  }

  usageNote(t: Translate): string {
    const { totalTokens, promptTokens = 0, completionTokens = 0, cost } = this.usage ?? {};
    const tokens = totalTokens ?? promptTokens + completionTokens;
    if (cost === undefined) return plural(tokens, t('1 token.'), t('{0} tokens.', tokens));
    const amount = Number(cost.amount.toPrecision(3));
    return plural(
      tokens,
      t('1 token, {0} {1}.', amount, cost.currency),
      t('{0} tokens, {1} {2}.', tokens, amount, cost.currency),
    );
  }
}
