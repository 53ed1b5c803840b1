import { FenceReader } from './fences.ts';
import { isBlank, splitLines } from './lines.ts';
import { isMarkupLanguage, type ReplyTarget } from './target.ts';

const tag = '(?:\\w+:)?(?:think|thinking|reasoning|thoughts?)';
const channel = '(?:<\\|start\\|>\\w+)?<\\|channel\\|>';
// linear: it begins where the text begins.
const opened = new RegExp(`^\\s*(?:<${tag}>|\\[THINK\\]|${channel}(?!final)\\w+)`, 'i');
const closed = new RegExp(`</${tag}>|\\[/THINK\\]|${channel}final<\\|message\\|>`, 'i');

/**
 * A reply without the parts that a model marked as its reasoning. Code that holds such marks stays as it is.
 *
 * @param document a mark that stands in the document too is taken for code
 * @returns `undefined` when the reasoning never ends
 */
export function withoutReasoning(reply: string, document: string): string | undefined {
  if (!closed.test(reply) && !opened.test(reply)) return reply;
  const reader = new ReasoningReader(document);
  const text = closed.test(document) ? reply : withoutUnopened(reply);
  const kept = splitLines(text).flatMap((line) => reader.push(line) ?? []);
  return reader.inside ? undefined : kept.join('\n');
}

/** Leaves out reasoning line by line. */
export class ReasoningReader {
  readonly #fences = new FenceReader();
  readonly #onlyFirst: boolean;
  #inside = false;
  #mayOpen = true;

  /** @param document where it holds a mark of reasoning, only what the reply begins with is reasoning */
  constructor(document: string) {
    this.#onlyFirst = closed.test(document);
  }

  /** Whether the reasoning has not ended. */
  get inside(): boolean {
    return this.#inside;
  }

  /** What of the line is not reasoning; `undefined` where all of it is. */
  push(line: string): string | undefined {
    if (!this.#inside && this.#mayOpen && opened.test(line)) this.#inside = true;
    if (this.#inside) {
      const end = closed.exec(line);
      if (!end) return undefined;
      this.#inside = false;
      return this.#outside(line.slice(end.index + end[0].length));
    }
    return this.#outside(line);
  }

  #outside(line: string): string {
    const event = this.#fences.push(line);
    const isOutside = event.kind !== 'open' && event.kind !== 'code';
    this.#mayOpen = isOutside && !(this.#onlyFirst && !isBlank(line));
    return line;
  }
}

/** Some servers send the end of the reasoning without its beginning, which they wrote into the prompt. */
function withoutUnopened(reply: string): string {
  const end = new RegExp(`(?:${closed.source})[ \\t]*$`, 'im').exec(reply);
  if (!end || new RegExp(`<${tag}>|\\[THINK\\]`, 'i').test(reply.slice(0, end.index))) return reply;
  return reply.slice(end.index + end[0].length);
}

/** Marks with which models end a turn; servers should keep them to themselves. */
const turnEnd = /(?:<\|[\w ]+\|>|<｜[^｜\n]+｜>|<\/s>|<(?:end_of_turn|eos|EOT)>|\[\/INST\])$/;

/** A reply without the marks of a model's turn after it, but for those that the document has, or its language. */
export function withoutTurnMarks(reply: string, { document, languageId }: ReplyTarget): string {
  let text = reply;
  for (let end = text.trimEnd(); ; end = text.trimEnd()) {
    const [mark] = turnEnd.exec(end) ?? [];
    if (mark === undefined || document.includes(mark) || (mark === '</s>' && isMarkupLanguage(languageId))) return text;
    text = end.slice(0, -mark.length);
  }
}
