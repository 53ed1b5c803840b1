import { TextSoFar } from '../textSoFar.ts';

/** A part of the output as it comes together. */
interface Part {
  readonly item: OutputItem;
  readonly text: TextSoFar;
}

/** One item of the output, in the order in which they come. */
export interface OutputItem {
  readonly type: string;
  /** What is said on the way to the answer is no part of it. */
  readonly isCommentary: boolean;
  readonly parts: Map<string, Part>;
  /** Which form of the reasoning came first, and counts. */
  reasoningKind?: string;
  isDone: boolean;
}

/** A piece of text that is new. */
export interface NewText {
  readonly type: 'text' | 'reasoning';
  readonly text: string;
}

/** The texts of the output, each part once, however often and in whatever forms the server sends it. */
export class OutputText {
  readonly #items: OutputItem[] = [];
  readonly #byKey = new Map<string, OutputItem>();
  #last: Partial<Record<NewText['type'], Part>> = {};
  #answer = '';

  /** All of the answer so far. */
  get answer(): string {
    return this.#answer;
  }

  /** Those of a type, in their order. */
  ofType(type: string): readonly OutputItem[] {
    return this.#items.filter((item) => item.type === type);
  }

  get lastItem(): OutputItem | undefined {
    return this.#items.at(-1);
  }

  /**
   * The item that an event is about. Some servers send no index, and Copilot's ids change with every event.
   * @param key Of the event; absent: the last item of the type.
   */
  item(type: string, key: string | undefined, isCommentary = false): OutputItem {
    const known =
      key === undefined
        ? this.#items.findLast((item) => item.type === type && !item.isDone)
        : this.#byKey.get(`${type} ${key}`);
    if (known) return known;
    const item: OutputItem = { type, isCommentary, parts: new Map(), isDone: false };
    this.#items.push(item);
    if (key !== undefined) this.#byKey.set(`${type} ${key}`, item);
    return item;
  }

  delta(item: OutputItem, part: string, delta: string): NewText | undefined {
    const found = this.#part(item, part);
    return this.#new(found, found.text.addDelta(delta));
  }

  /** @param whole All of the part; what contradicts the deltas changes nothing. */
  whole(item: OutputItem, part: string, whole: string): NewText | undefined {
    const found = this.#part(item, part);
    return this.#new(found, found.text.addRest(whole));
  }

  #part(item: OutputItem, key: string): Part {
    const known = item.parts.get(key);
    if (known) return known;
    const part: Part = { item, text: new TextSoFar() };
    item.parts.set(key, part);
    return part;
  }

  #new(part: Part, added: string): NewText | undefined {
    if (added === '') return undefined;
    const type = part.item.type === 'reasoning' || part.item.isCommentary ? 'reasoning' : 'text';
    const before = this.#last[type];
    this.#last = { ...this.#last, [type]: part };
    // Parts of one message belong together; other messages, and parts of reasoning, are paragraphs.
    const isParagraph = before !== undefined && before !== part && (type === 'reasoning' || before.item !== part.item);
    const text = isParagraph ? `\n\n${added}` : added;
    if (type === 'text') this.#answer += text;
    return { type, text };
  }
}
