/** A range of a text in UTF-16 code units; the end is exclusive. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The code spans of a Markdown text, including their backticks (CommonMark 0.31, 6.1): a run of backticks extends to
 * the next run of the same length. Linear in the text.
 */
export function codeSpans(text: string): readonly Span[] {
  const runs = Array.from(text.matchAll(/`+/g), ({ index, 0: { length } }) => ({ start: index, end: index + length }));
  /** By run length: the ends of the runs, last first. */
  const ends = Map.groupBy(runs.toReversed(), ({ start, end }) => end - start);
  const spans: Span[] = [];
  let from = 0;
  for (const { start, end } of runs) {
    if (start < from) continue;
    // A backtick after a backslash is text; the rest of its run may open a code span.
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

/** Applies `change` to each part of the text that isn't code. */
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
