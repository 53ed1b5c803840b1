import * as vscode from 'vscode';
import type { WholeAttachment } from '../prompt/context.ts';
import { diagnosticKind } from './diagnosticKind.ts';
import { displayPath } from './displayPath.ts';
import { wholeAttachment } from './wholeAttachment.ts';
import { plural } from '../shared/plural.ts';

/** The problems of a file, each with position, message and line of code. Throws one sentence if there are none. */
export async function captureProblems(uri: vscode.Uri): Promise<WholeAttachment> {
  const problems = vscode.languages.getDiagnostics(uri).toSorted((a, b) => a.range.start.compareTo(b.range.start));
  if (problems.length === 0) throw new Error(vscode.l10n.t('There are no problems in {0}.', displayPath(uri)));
  const document = await vscode.workspace.openTextDocument(uri);
  const text = problems.map((problem) => describeProblem(problem, document)).join('\n');
  const description = plural(
    problems.length,
    vscode.l10n.t('1 problem'),
    vscode.l10n.t('{0} problems', problems.length),
  );
  return wholeAttachment('problems', uri, description, text);
}

/** `3:5 error ts(2304): Cannot find name 'x'.` followed by the line. */
function describeProblem(problem: vscode.Diagnostic, document: vscode.TextDocument): string {
  const { line, character } = problem.range.start;
  const head = `${line + 1}:${character + 1} ${diagnosticKind(problem)}: ${problem.message}`;
  const code = line < document.lineCount ? document.lineAt(line).text : '';
  return code.trim() === '' ? head : `${head}\n${code}`;
}
