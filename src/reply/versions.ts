import { isBlank, similarity } from './lines.ts';
import type { Original } from './original.ts';
import { type CodeLine, isComment } from './syntax.ts';

/**
 * The heading of a further version, where code has more than one of what the selection is: the old one and the new, or
 * several to choose from, each below a comment, or the old one as a comment.
 */
export function versionsIn(lines: readonly CodeLine[], original: Original): string | undefined {
  const now = original.inner(lines).filter(({ text }) => !isBlank(text));
  const { known, own } = original;
  const comments = now.filter((line) => isComment(line) && !known.has(line.text.trim()));
  if (own.length === 0 || comments.length < 2) return undefined;
  const said = new Set(comments.map(({ text }) => wordsOnly(text)));
  const isQuoted = own.every((line) => wordsOnly(line) === '' || said.has(wordsOnly(line)));
  if (isQuoted && now.some((line) => !isComment(line))) return comments[0]?.text.trim();
  const groups: { readonly head: string; text: string }[] = [];
  for (const line of now) {
    const text = line.text.trim();
    if (comments.includes(line)) groups.push({ head: text, text: '' });
    else {
      const group = groups.at(-1);
      if (!group) return undefined;
      group.text += `${text}\n`;
    }
  }
  const versions = groups.filter(({ text }) => similarity(text, own.join('\n')) >= 0.5);
  const isOld = versions.some(({ text }) => text.trim() === own.join('\n'));
  const isAll = versions.length === groups.length && versions.length > 1;
  const starts = new Set(versions.map(({ text }) => /^\S+/.exec(text)?.[0]));
  return isAll && starts.size === 1 && (isOld || own.length === 1) ? versions[1]?.head : undefined;
}

function wordsOnly(text: string): string {
  return (text.match(/[\p{L}\p{N}_]+/gu) ?? []).join(' ');
}
