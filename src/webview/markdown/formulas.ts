import type { MarkedExtension, TokenizerAndRendererExtension, Tokens } from 'marked';
import { escapeHtml } from './escape.ts';

/** A formula in TeX. */
export interface Formula {
  /** With its delimiters. */
  readonly raw: string;
  readonly tex: string;
  /** On a line of its own. */
  readonly display: boolean;
}

interface Delimiter {
  readonly open: string;
  readonly close: string;
  readonly display: boolean;
  /** UTF-16 code units between the delimiters; anything longer is text. */
  readonly longest: number;
}

const delimiters: readonly Delimiter[] = [
  { open: '$$', close: '$$', display: true, longest: 5000 },
  { open: '\\[', close: '\\]', display: true, longest: 5000 },
  { open: '\\(', close: '\\)', display: false, longest: 1000 },
  { open: '$', close: '$', display: false, longest: 300 },
];

/** UTF-16 code units: the longest formula with its delimiters and the next character. */
const longestFormula = 5010;

/**
 * The formula at `at`; `open` if more text may complete it. Excludes prices and variable names: an inline formula
 * doesn't touch a word or contain two words of prose, and its `$` touch its content.
 */
export function formulaAt(text: string, at: number, before = text[at - 1]): Formula | 'open' | undefined {
  const character = text[at];
  if (character !== '$' && character !== '\\') return undefined;
  if (at + 1 === text.length) return character === '$' && !isWord(before) ? 'open' : undefined;
  const delimiter = delimiters.find(({ open }) => text.startsWith(open, at));
  if (!delimiter || !mayStand(delimiter, before)) return undefined;
  const begin = at + delimiter.open.length;
  const after = text.slice(begin, begin + delimiter.longest + delimiter.close.length + 1);
  const close = after.indexOf(delimiter.close);
  const end = close < 0 ? -1 : begin + close;
  const content = close < 0 ? after.slice(0, delimiter.longest + 1) : after.slice(0, close);
  if (content.length > delimiter.longest || !mayHold(delimiter, content)) return undefined;
  if (end < 0) return 'open';
  const next = end + delimiter.close.length;
  if (delimiter.open === '$') {
    if (/\s$/.test(content)) return undefined;
    if (next === text.length) return 'open';
    if (isWord(text[next])) return undefined;
  }
  if (content.trim() === '') return undefined;
  return { raw: text.slice(at, next), tex: content.trim(), display: delimiter.display };
}

/** If a line begins a multi-line formula, its closing delimiter. */
export function openFormula(line: string): string | undefined {
  const [, open] = /^[ \t>]*(\$\$|\\\[)/.exec(line) ?? [];
  const close = open === '\\[' ? '\\]' : open;
  return open !== undefined && close !== undefined && !line.slice(line.indexOf(open) + 2).includes(close)
    ? close
    : undefined;
}

/** Formulas become `<var>` or, on a line of their own, `<samp>`, which an answer's text can't write itself. */
export function formulas(): MarkedExtension {
  const renderer = ({ tex, display }: Tokens.Generic): string =>
    display ? `<samp>${escapeHtml(String(tex))}</samp>` : `<var>${escapeHtml(String(tex))}</var>`;
  const inline: TokenizerAndRendererExtension = {
    name: 'formula',
    level: 'inline',
    start: nextMatch(/(?<![\w$\\])\$|\\[([]/),
    tokenizer(source, tokens): Tokens.Generic | undefined {
      if (source[0] !== '$' && source[0] !== '\\') return undefined;
      // A `$` at the very end is followed by nothing, as far as this text goes.
      const text = source.length > longestFormula ? source.slice(0, longestFormula) : `${source} `;
      const found = formulaAt(text, 0, tokens.at(-1)?.raw.at(-1));
      return typeof found === 'object' ? { type: 'formula', ...found } : undefined;
    },
    renderer,
  };
  const block: TokenizerAndRendererExtension = {
    name: 'formulaBlock',
    level: 'block',
    start: (source) => /(?<=\n) {0,3}(?:\$\$|\\\[)/.exec(source)?.index,
    tokenizer(source): Tokens.Generic | undefined {
      const indent = /^ {0,3}/.exec(source)?.[0].length ?? 0;
      const found = formulaAt(source, indent, '\n');
      const rest = typeof found === 'object' ? /^[ \t]*(?:\n+|$)/.exec(source.slice(indent + found.raw.length)) : null;
      if (typeof found !== 'object' || !found.display || !rest) return undefined;
      const raw = source.slice(0, indent) + found.raw + rest[0];
      return { type: 'formulaBlock', ...found, raw };
    },
    renderer: (token) => `<p>${renderer(token)}</p>`,
  };
  return { extensions: [inline, block] };
}

/** How far ahead of a token a formula is searched for, in UTF-16 code units. */
const ahead = 1000;

/**
 * Finds a pattern in the rest of a paragraph, which marked asks for again at each of its tokens, so only the text near it
 * is searched. Where nothing is found there, the token ends at a blank, and the search goes on after it.
 */
function nextMatch(pattern: RegExp): (rest: string) => number | undefined {
  return (rest) => {
    const near = rest.slice(0, ahead);
    const found = pattern.exec(near)?.index;
    if (found !== undefined || near.length < ahead) return found;
    const blank = near.lastIndexOf(' ');
    return blank > 0 ? blank : undefined;
  };
}

function mayStand({ open, display }: Delimiter, before: string | undefined): boolean {
  if (open === '\\[') return before === undefined || /\s/.test(before);
  return display || !isWord(before);
}

function mayHold({ open, display }: Delimiter, content: string): boolean {
  if (/\n[ \t]*\n/.test(content)) return false;
  if (open === '$' && /^\s|^\$|[\n`]/.test(content)) return false;
  return display || !holdsProse(content);
}

/** Two words side by side, outside braces and other than commands. */
function holdsProse(tex: string): boolean {
  let depth = 0;
  let bare = '';
  for (const [token] of tex.matchAll(/\\[A-Za-z]+|\\.|[^\\]/gs)) {
    if (token === '{') depth += 1;
    else if (token === '}') depth -= 1;
    else if (depth <= 0) bare += token.startsWith('\\') ? '\\' : token;
  }
  // linear: it begins where a word begins.
  return /(?<![A-Za-z])[A-Za-z]{2,}[,.;:]? [A-Za-z]{2,}/.test(bare);
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}$]/u.test(character);
}
