import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReplyTarget } from '../../src/reply/reply.ts';
import type { FinishReason } from '../../src/shared/answer.ts';

/** A case of the corpus; README.md beside this file tells how one is written. */
export interface ReplyCase {
  /** `fence/01-plain.txt` */
  readonly name: string;
  readonly shape: string;
  readonly target: ReplyTarget;
  readonly reply: string;
  readonly finish: FinishReason;
  readonly expected:
    | { readonly kind: 'file'; readonly text: string }
    /** `text`: the document with the first candidate in the selection's place. */
    | { readonly kind: 'offered'; readonly reason: string; readonly text: string | undefined };
}

/**
 * All cases, in the order of their names.
 * @param folder This one, for those who know it.
 */
export function loadReplyCases(folder: string = import.meta.dirname): ReplyCase[] {
  const cases = join(folder, 'cases');
  return readdirSync(cases, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.txt'))
    .map((name) => name.replaceAll('\\', '/'))
    .sort()
    .map((name) => parseReplyCase(name, readFileSync(join(cases, name), 'utf8')));
}

function parseReplyCase(name: string, source: string): ReplyCase {
  const [, language = '', options = '', marked = '', reply = '', finish = '', outcome = '', text = ''] =
    /^=== document \(([\w-]+)(.*?)\) ===\n(.*?)=== reply ===\n(.*?)=== finish: (\w+) ===\n=== (file|offered: \w+) ===\n?(.*)$/s.exec(
      source,
    ) ?? [];
  if (language === '') throw new Error(`${name} is not written as README.md says`);
  const crlf = options.includes('crlf');
  const read = (section: string) => unescape(crlf ? section.replaceAll('\n', '\r\n') : section);
  const [before, selection, after, ...more] = read(marked).split(/[⟦⟧]/);
  if (before === undefined || selection === undefined || after === undefined || more.length > 0) {
    throw new Error(`${name} has no selection`);
  }
  return {
    name,
    shape: name.split('/')[0] ?? '',
    target: {
      document: before + selection + after,
      start: before.length,
      end: before.length + selection.length,
      languageId: language,
      eol: crlf ? '\r\n' : '\n',
      insertSpaces: !options.includes('tabs'),
      tabSize: Number(/\d+/.exec(options)?.[0] ?? 4),
    },
    reply: unescape(reply),
    finish: finishReason(name, finish),
    expected:
      outcome === 'file'
        ? { kind: 'file', text: read(text) }
        : { kind: 'offered', reason: outcome.replace('offered: ', ''), text: text === '' ? undefined : read(text) },
  };
}

function unescape(section: string): string {
  return section
    .replace(/␄\r?\n?$/, '')
    .replaceAll('␉', '\t')
    .replaceAll('␠', ' ')
    .replaceAll('␍', '\r')
    .replaceAll(/⟨U\+([\dA-F]+)⟩/g, (_mark, number: string) => String.fromCodePoint(Number.parseInt(number, 16)));
}

function finishReason(name: string, word: string): FinishReason {
  switch (word) {
    case 'stop':
    case 'length':
    case 'content_filter':
    case 'tool_calls':
    case 'other':
    case 'unspecified':
      return word;
    default:
      throw new Error(`${name} has the unknown finish reason ${word}`);
  }
}
