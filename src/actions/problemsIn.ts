import * as vscode from 'vscode';

/** The problems that reach into the ranges, each with its line and its message; empty: there are none. */
export function problemsIn(document: vscode.TextDocument, ranges: readonly vscode.Range[]): string {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter((problem) => ranges.some((range) => range.intersection(problem.range) !== undefined))
    .toSorted((a, b) => a.range.start.compareTo(b.range.start))
    .map(describe)
    .join('\n');
}

/** `line 3: error ts(2304): Cannot find name 'x'.` */
function describe({ range, severity, source, code, message }: vscode.Diagnostic): string {
  const number = typeof code === 'object' ? code.value : code;
  const origin = [source, number !== undefined && `(${number})`].filter((part) => part).join('');
  return `line ${range.start.line + 1}: ${[severities[severity], origin].filter((part) => part).join(' ')}: ${message}`;
}

const severities: Readonly<Record<vscode.DiagnosticSeverity, string>> = {
  [vscode.DiagnosticSeverity.Error]: 'error',
  [vscode.DiagnosticSeverity.Warning]: 'warning',
  [vscode.DiagnosticSeverity.Information]: 'info',
  [vscode.DiagnosticSeverity.Hint]: 'hint',
};
