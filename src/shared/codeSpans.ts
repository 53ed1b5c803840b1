/** A part of a text, in UTF-16 code units; the end is not part of it. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Where the code spans of Markdown text are, with their backticks (CommonMark 0.31, 6.1): a run of backticks goes to the
 * next run as long as it. The work is linear in the text.
 */
export function codeSpans(text: string): readonly Span[] {
  const runs = Array.from(text.matchAll(/`+/g), ({ index, 0: { length } }) => ({ start: index, end: index + length }));
  /** Of each length, where its runs end, the last first. */
  const ends = Map.groupBy(runs.toReversed(), ({ start, end }) => end - start);
  const spans: Span[] = [];
  let from = 0;
  for (const { start, end } of runs) {
    if (start < from) continue;
    // The backtick after a backslash is text; what is left of its run may begin code.
    const begin = isEscaped(text, start, from) ? start + 1 : start;
    const others = ends.get(end - begin) ?? [];
    while ((others.at(-1)?.start ?? end) < end) others.pop();
    const close = others.at(-1);
    if (begin === end || !close) continue;
    spans.push({ start: begin, end: close.end });
    from = close.end;
  }
  return spans;
}

/** The text with what is not code changed piece by piece. */
export function changeOutsideCode(text: string, change: (piece: string) => string): string {
  let changed = '';
  let from = 0;
  for (const { start, end } of codeSpans(text)) {
    changed += change(text.slice(from, start)) + text.slice(start, end);
    from = end;
  }
  return changed + change(text.slice(from));
}

function isEscaped(text: string, at: number, from: number): boolean {
  let backslash = at;
  while (backslash > from && text[backslash - 1] === '\\') backslash -= 1;
  return (at - backslash) % 2 === 1;
}
