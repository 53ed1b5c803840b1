import { annotate } from './annotate.ts';
import { type Code, readCode } from './code.ts';
import { document } from './document.ts';
import type { Instruction } from './instruction.ts';

/** A piece of code after a change, and a sentence that says what was done to it. */
export interface Rewrite {
  readonly summary: string;
  readonly text: string;
}

/** Carries out an instruction. What this model cannot do it says, and documents the code instead. */
export function rewrite(code: Code, instruction: Instruction): Rewrite {
  switch (instruction.kind) {
    case 'rename':
      return renamed(code, instruction.names);
    case 'types': {
      const { text, added } = annotate(code);
      return added.length === 0
        ? documented(code, 'No type could be inferred that is not there already')
        : { summary: `Added types: ${added.map((name) => `\`${name}\``).join(', ')}.`, text };
    }
    case 'comments':
      return documented(code, '');
    case 'withoutComments':
      return { summary: 'Removed the comments.', text: withoutComments(code) };
    case 'other':
      return documented(code, 'This demo model can rename, add types and comments; it did not carry out the rest');
  }
}

function renamed(code: Code, names: ReadonlyMap<string, string>): Rewrite {
  const present = new Set(code.tokens.flatMap(({ kind, text }) => (kind === 'word' ? [text] : [])));
  const possible = Array.from(names).filter(
    ([from, to]) => present.has(from) && !present.has(to) && !code.language.reserved.has(to),
  );
  const target = new Map(possible);
  const done = possible.map(([from, to]) => `\`${from}\` to \`${to}\``);
  const refused = Array.from(names.keys())
    .filter((name) => !target.has(name))
    .map((name) => `\`${name}\``);
  return {
    summary: [
      done.length === 0 ? '' : `Renamed ${done.join(', ')}.`,
      refused.length === 0 ? '' : `Not renamed: ${refused.join(', ')} (not in this code, or the new name is taken).`,
    ]
      .filter(Boolean)
      .join(' '),
    text: code.tokens.map(({ kind, text }) => (kind === 'word' ? (target.get(text) ?? text) : text)).join(''),
  };
}

function documented(code: Code, reason: string): Rewrite {
  const { text, added } = document(code);
  const done =
    added.length === 0
      ? 'Every function has a comment already.'
      : `Documented ${added.map((name) => `\`${name}\``).join(', ')}.`;
  return { summary: reason === '' ? done : `${reason}. ${done}`, text };
}

/** A line that held nothing but a comment goes; a docstring stays, for a body may consist of nothing else. */
function withoutComments({ tokens, language }: Code): string {
  const mark = '\u0000';
  const text = tokens.map(({ kind, text }) => (kind === 'comment' ? mark : text)).join('');
  return readCode(text.replaceAll(new RegExp(`^[ \\t]*${mark}[ \\t]*\\n|[ \\t]*${mark}`, 'gm'), ''), language).text;
}
