import { type Body, readBody } from './body.ts';
import { type Header, readHeader } from './header.ts';
import type { Language } from './languages.ts';
import { significant, type Token, tokenize } from './tokens.ts';

/** A piece of code as the demo model sees it. */
export interface Code {
  readonly text: string;
  readonly language: Language;
  readonly tokens: readonly Token[];
  /** In the order of the text. */
  readonly functions: readonly CodeFunction[];
  /** Names of classes, structs and the like that the text declares. */
  readonly types: readonly string[];
}

export interface CodeFunction extends Header, Body {
  /** Whether a comment stands above it, or a docstring in it. */
  readonly documented: boolean;
}

/** Finds the functions and types of a piece of code, which may be cut off at both ends. */
export function readCode(text: string, language: Language): Code {
  const tokens = tokenize(text, language);
  const words = significant(tokens);
  const functions = words.flatMap((_, index): CodeFunction[] => {
    const header = readHeader(words, index, text, language);
    if (header === undefined) {
      return [];
    }
    const body = readBody(words, header, text, language);
    return [{ ...header, ...body, documented: isDocumented(header, body, text, tokens) }];
  });
  return { text, language, tokens, functions, types: typeNames(words) };
}

const typeWords = /^(?:class|interface|struct|enum|trait|record|type)$/;

function typeNames(words: readonly Token[]): string[] {
  const names = words.flatMap(({ text }, index) => {
    const next = words[index + 1];
    return typeWords.test(text) && next?.kind === 'word' && /^\p{Lu}/u.test(next.text) ? [next.text] : [];
  });
  const goNames = words.flatMap(({ text }, index) => {
    const name = words[index + 1];
    return text === 'type' && name?.kind === 'word' && /^(?:struct|interface)$/.test(words[index + 2]?.text ?? '')
      ? [name.text]
      : [];
  });
  return Array.from(new Set([...names, ...goNames]));
}

function isDocumented({ start }: Header, { first }: Body, text: string, tokens: readonly Token[]): boolean {
  if (first?.kind === 'string' && /^(?:"""|''')/.test(first.text)) {
    return true;
  }
  const above = tokens.findLast((token) => token.start < start && token.kind !== 'space');
  return above?.kind === 'comment' && /^[ \t]*\r?\n[ \t]*$/.test(text.slice(above.start + above.text.length, start));
}
