import type { Original } from './original.ts';
import { namesIn } from './plainGrammar.ts';
import type { CodeLine } from './syntax.ts';

/** The code that holds most names of the selection inside of strings or text, where they were code: an envelope. */
export function packedIn(lines: readonly CodeLine[], original: Original): string | undefined {
  const { words: own } = wordsOf(original.inner(original.old.lines));
  const now = wordsOf(original.inner(lines));
  const open = [...own].filter((word) => now.words.has(word)).length;
  const packed = [...own].filter((word) => !now.words.has(word) && now.quoted.has(word)).length;
  const isPacked = packed > open && (packed > 1 || isOneString(original.inner(lines)));
  if (!isPacked && !hasPackedLine(lines, original) && !isEnvelope(lines, original)) return undefined;
  return lines.find(({ text }) => text.trim() !== '')?.text.trim();
}

/** Whether lines are a JSON object with a text that has a name of the selection, which is no object itself. */
function isEnvelope(lines: readonly CodeLine[], original: Original): boolean {
  const { own, target } = original;
  const text = original
    .inner(lines)
    .map((line) => line.text)
    .join('\n')
    .trim();
  if (!text.startsWith('{"') || /^[{[]/.test(own[0] ?? '') || target.languageId.startsWith('json')) return false;
  try {
    const names = new Set(wordsIn(own.join('\n')));
    const values = Object.values(JSON.parse(text) as Readonly<Record<string, unknown>>);
    return values.some((value) => typeof value === 'string' && wordsIn(value).some((word) => names.has(word)));
  } catch {
    return false;
  }
}

/** Whether lines are one that is, for the most part, strings. */
function isOneString(lines: readonly CodeLine[]): boolean {
  const [line, ...others] = lines.filter(({ text }) => text.trim() !== '');
  if (!line || others.length > 0) return false;
  const strings = line.tokens.filter(({ kind }) => kind === 'string');
  const length = strings.reduce((sum, { start, end }) => sum + end - start, 0);
  return /^\s*[{[]|\w\(/.test(line.text) && length * 2 > line.text.trim().length;
}

/** Whether a line of the selection's code has become words to a reader. */
function hasPackedLine(lines: readonly CodeLine[], { own, grammar, before }: Original): boolean {
  if (grammar.inside(before) === 'text') return false;
  const texts = lines.filter(({ tokens }) => tokens[0]?.kind === 'text').map(({ text }) => text.trim());
  const codes = new Set(lines.filter(({ tokens }) => tokens[0]?.kind !== 'text').map(({ text }) => text.trim()));
  const [first = ''] = own;
  return (
    namesIn(first).length > 0 && texts.some((text) => text === first && !codes.has(text)) && !first.startsWith('<')
  );
}

interface Words {
  /** Of code, and of what is put into strings by name. */
  readonly words: ReadonlySet<string>;
  readonly quoted: ReadonlySet<string>;
}

function wordsOf(lines: readonly CodeLine[]): Words {
  const words = new Set<string>();
  const quoted = new Set<string>();
  for (const { text, tokens, code } of lines) {
    for (const word of wordsIn(code)) words.add(word);
    for (const { start, end, kind } of tokens) {
      if (kind !== 'string' && kind !== 'text') continue;
      const content = text.slice(start, end);
      for (const [put] of content.matchAll(/[$#]\{[^{}]*\}|\{[\w.$[\]() ]*\}|\$\w+/g))
        for (const word of wordsIn(put)) words.add(word);
      for (const word of wordsIn(content)) quoted.add(word);
    }
  }
  return { words, quoted };
}

function wordsIn(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}_]+/gu) ?? [];
}
