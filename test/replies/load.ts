import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReplyTarget } from '../../src/reply/target.ts';
import type { FinishReason } from '../../src/shared/answer.ts';

/** A case with one selection, as nearly all have it. */
export interface ReplyCase extends SeveralCase {
  readonly target: ReplyTarget;
}

/** A case of the corpus with any number of selections; README.md describes how one is written. */
export interface SeveralCase {
  /** `fence/01-plain.txt` */
  readonly name: string;
  /** `fence` */
  readonly shape: string;
  /** The selections in the order of the document, the same document in each. */
  readonly targets: readonly [ReplyTarget, ...ReplyTarget[]];
  readonly reply: string;
  readonly finish: FinishReason;
  readonly expected: ExpectedOutcome;
}

export type ExpectedOutcome =
  /** `orOffered`: asking is right as well, any other file is not. */
  | { readonly kind: 'file'; readonly text: string; readonly orOffered: boolean }
  /**
   * `reason`: `undefined` where any will do.
   * `text`: the document with the first candidate in the selection's place.
   */
  | { readonly kind: 'offered'; readonly reason: string | undefined; readonly text: string | undefined };

/**
 * The cases with one selection, in the order of their names.
 * @param folder This one, for those who know it.
 */
export function loadReplyCases(folder: string = import.meta.dirname): ReplyCase[] {
  return loadAllCases(folder).flatMap((example) => {
    const [target, ...more] = example.targets;
    return more.length > 0 ? [] : [{ ...example, target }];
  });
}

/** The cases with any number of selections, in the order of their names. */
export function loadAllCases(folder: string = import.meta.dirname): SeveralCase[] {
  const cases = join(folder, 'cases');
  return readdirSync(cases, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.txt'))
    .map((name) => name.replaceAll('\\', '/'))
    .sort()
    .map((name) => parseCase(name, readFileSync(join(cases, name), 'utf8')));
}

/** Names of the cases that the reader does not read rightly yet; a test lets the list only shrink. */
export function pendingNames(folder: string = import.meta.dirname): ReadonlySet<string> {
  const lines = readFileSync(join(folder, 'pending.txt'), 'utf8').split(/\r?\n/);
  return new Set(lines.filter((line) => line !== '' && !line.startsWith('#')));
}

function parseCase(name: string, source: string): SeveralCase {
  const [, language = '', options = '', marked = '', reply = '', finish = '', outcome = '', text = ''] =
    /^=== document \(([\w-]+)(.*?)\) ===\n(.*?)=== reply ===\n(.*?)=== finish: (\w+) ===\n=== (file(?:, or offered)?|offered(?:: \w+)?) ===\n?(.*)$/s.exec(
      source,
    ) ?? [];
  if (language === '') throw new Error(`${name} is not written as README.md says`);
  const crlf = options.includes('crlf');
  const read = (section: string) => unescape(crlf ? section.replaceAll('\n', '\r\n') : section);
  return {
    name,
    shape: name.split('/')[0] ?? '',
    targets: targetsOf(name, read(marked), {
      languageId: language,
      eol: crlf ? '\r\n' : '\n',
      insertSpaces: !options.includes('tabs'),
      tabSize: Number(/\d+/.exec(options)?.[0] ?? 4),
    }),
    reply: unescape(reply),
    finish: finishReason(name, finish),
    expected: outcome.startsWith('file')
      ? { kind: 'file', text: read(text), orOffered: outcome !== 'file' }
      : { kind: 'offered', reason: outcome.split(': ')[1], text: text === '' ? undefined : read(text) },
  };
}

type Settings = Pick<ReplyTarget, 'languageId' | 'eol' | 'insertSpaces' | 'tabSize'>;

function targetsOf(name: string, marked: string, settings: Settings): SeveralCase['targets'] {
  const pieces = marked.split(/[⟦⟧]/);
  const document = pieces.join('');
  let at = 0;
  const ends = pieces.slice(0, -1).map((piece) => (at += piece.length));
  const places = ends.flatMap((start, index) => (index % 2 === 0 ? [{ start, end: ends[index + 1] ?? -1 }] : []));
  const targets = places.map(({ start, end }) => ({ document, start, end, ...settings }));
  const [first, ...more] = targets;
  const isMarkedInTurn = /^[^⟦⟧]*(?:⟦[^⟦⟧]*⟧[^⟦⟧]*)+$/.test(marked);
  if (first === undefined || !isMarkedInTurn) throw new Error(`${name} has no selection`);
  return [first, ...more];
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
