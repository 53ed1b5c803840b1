import * as vscode from 'vscode';
import { problemsLabel } from './editProblems.ts';
import type { Review, Writing } from './review.ts';
import { showInformation, StatusItem } from '../window/notifications.ts';
import { plural } from '../shared/plural.ts';

/** Shows writing and reviews where their location isn't visible: status bar, context keys, screen readers. */
export class ReviewStatus implements vscode.Disposable {
  readonly #item = new StatusItem('askance.review', {
    name: vscode.l10n.t('Askance: edits to review'),
    command: 'askance.nextChange',
    tooltip: vscode.l10n.t('Go to next change'),
  });
  readonly #contexts = new Map<string, string>();

  /** @param open All that is written or reviewed, in any document. @param near What a key would find. */
  show(open: readonly (Writing | Review)[], near: Writing | Review | undefined): void {
    const active = vscode.window.activeTextEditor?.document;
    const here = open.filter(({ anchor }) => anchor.document === active);
    this.#setContext(
      'writing',
      here.some(({ kind }) => kind === 'writing'),
    );
    this.#setContext('reviewing', near?.kind === 'review');
    // In a remote window the scheme differs on its other side, and the separator may.
    const reviewed = open.flatMap(({ kind, anchor: { document } }) =>
      kind === 'review' ? [document.uri.fsPath, document.uri.path, document.uri.path.replaceAll('/', '\\')] : [],
    );
    this.#setContext('reviewed', [...new Set(reviewed)]);
    const changes = open.reduce((sum, one) => sum + (one.kind === 'review' ? one.hunks.all.length : 0), 0);
    // Writing already has VS Code's own progress.
    if (changes === 0) return this.#item.hide();
    const summary = near?.kind === 'review' ? near.problems?.summary : undefined;
    const problems = summary && problemsLabel(summary);
    this.#item.show('diff', [changesLabel(changes), ...(problems === undefined ? [] : [problems])].join(', '));
  }

  /**
   * Notifies screen reader users of code to review. Extensions can only use notifications for that, so they are shown
   * only if VS Code's accessibility support is on.
   */
  async announce({ id, anchor, hunks }: Review): Promise<void> {
    const support = vscode.workspace.getConfiguration('editor').get('accessibilitySupport');
    if (support !== 'on') return;
    const [keep, undo] = [{ title: vscode.l10n.t('Keep') }, { title: vscode.l10n.t('Undo') }];
    const path = vscode.workspace.asRelativePath(anchor.document.uri);
    const message = vscode.l10n.t(
      'Askance wrote to {0}, line {1}: {2}.',
      path,
      anchor.range.start.line + 1,
      changesLabel(hunks.all.length),
    );
    const answer = await showInformation(message, keep, undo);
    if (answer === keep) await vscode.commands.executeCommand('askance.keepEdit', id);
    if (answer === undo) await vscode.commands.executeCommand('askance.undoEdit', id);
  }

  dispose(): void {
    this.#item.dispose();
  }

  #setContext(name: string, value: boolean | readonly string[]): void {
    const now = JSON.stringify(value);
    if (this.#contexts.get(name) === now) return;
    this.#contexts.set(name, now);
    void vscode.commands.executeCommand('setContext', `askance.${name}`, value);
  }
}

function changesLabel(count: number): string {
  return plural(count, vscode.l10n.t('1 change to review'), vscode.l10n.t('{0} changes to review', count));
}
