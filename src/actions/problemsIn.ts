import * as vscode from 'vscode';
import { diagnosticKind } from '../context/diagnosticKind.ts';

/**
 * The problems that overlap the ranges, one per line: `line 3: error ts(2304): Cannot find name 'x'.` Empty if there
 * are none.
 */
export function problemsIn(document: vscode.TextDocument, ranges: readonly vscode.Range[]): string {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter((problem) => ranges.some((range) => range.intersection(problem.range) !== undefined))
    .toSorted((a, b) => a.range.start.compareTo(b.range.start))
    .map((problem) => `line ${problem.range.start.line + 1}: ${diagnosticKind(problem)}: ${problem.message}`)
    .join('\n');
}
