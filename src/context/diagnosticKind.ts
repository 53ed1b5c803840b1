import * as vscode from 'vscode';

/** `error ts(2304)`: a diagnostic's severity, source and code. */
export function diagnosticKind({ severity, source, code }: vscode.Diagnostic): string {
  const number = typeof code === 'object' ? code.value : code;
  const origin = [source, number !== undefined && `(${number})`].filter((part) => part).join('');
  return [severities[severity], origin].filter((part) => part).join(' ');
}

const severities: Readonly<Record<vscode.DiagnosticSeverity, string>> = {
  [vscode.DiagnosticSeverity.Error]: 'error',
  [vscode.DiagnosticSeverity.Warning]: 'warning',
  [vscode.DiagnosticSeverity.Information]: 'info',
  [vscode.DiagnosticSeverity.Hint]: 'hint',
};
