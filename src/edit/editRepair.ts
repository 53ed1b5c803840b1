import * as vscode from 'vscode';
import { diagnosticKind } from '../context/diagnosticKind.ts';
import { problemsLabel } from '../documents/editProblems.ts';
import type { Review } from '../documents/review.ts';
import { builtInPrompt, expandPrompt } from '../prompt/actions.ts';
import { pickOne } from '../window/pickers.ts';

/** Lists the problems that the edit brought, and goes to the one that is picked. Without any, all problems are listed. */
export async function pickNewProblem(review: Review): Promise<void> {
  const { anchor, id, followUps, problems } = review;
  const summary = problems?.summary;
  if (!summary || summary.fresh.length === 0) {
    await vscode.commands.executeCommand('workbench.actions.view.problems');
    return;
  }
  const repair = followUps
    ? [{ label: vscode.l10n.t('Fix the new problems'), iconPath: new vscode.ThemeIcon('sparkle'), at: undefined }]
    : [];
  const found = summary.fresh.map((problem) => ({
    label: problem.message.replaceAll(/\s+/g, ' '),
    description: placeOf(problem),
    iconPath: new vscode.ThemeIcon(problem.severity === vscode.DiagnosticSeverity.Error ? 'error' : 'warning'),
    at: problem.range,
  }));
  const title = problemsLabel(summary) ?? '';
  const picked = await pickOne([...found, ...repair], { title, placeHolder: vscode.l10n.t('New problems') });
  if (!picked) return;
  if (!picked.at) await vscode.commands.executeCommand('askance.fixEditProblems', id);
  else await vscode.window.showTextDocument(anchor.document, { selection: picked.at });
}

/** What the model is asked for, so that the problems that the edit brought go. Throws where there are none. */
export function repairInstruction({ anchor, problems }: Review): string {
  const fresh = problems?.summary?.fresh ?? [];
  if (fresh.length === 0) throw new Error(vscode.l10n.t('This edit brought no problems that are known.'));
  const lines = fresh.map((problem) => `${placeOf(problem)}: ${problem.message}`);
  return expandPrompt(
    { prompt: builtInPrompt('fixProblems') },
    {
      selection: '',
      file: vscode.workspace.asRelativePath(anchor.document.uri),
      language: anchor.document.languageId,
      diagnostics: lines.join('\n'),
      toLanguage: '',
    },
  );
}

function placeOf(problem: vscode.Diagnostic): string {
  return `line ${problem.range.start.line + 1}: ${diagnosticKind(problem)}`;
}
