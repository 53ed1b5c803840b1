import type { Code } from './code.ts';

/** A fence longer than any run of backticks in the text. */
export function fenced({ language }: Pick<Code, 'language'>, text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`{3,}/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language.id === 'other' ? '' : language.id}\n${text.replace(/\n$/, '')}\n${fence}\n`;
}
