import type * as vscode from 'vscode';

/** First and last line, from 1. A range that ends before the first character of a line does not mean that line. */
export function linesOf({ start, end }: vscode.Range): readonly [number, number] {
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return [start.line + 1, last + 1];
}
