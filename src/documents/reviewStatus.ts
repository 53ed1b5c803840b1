import * as vscode from 'vscode';
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
  readonly #contexts = new Map<string, boolean>();

  /** @param open Everything that is being written or reviewed, in any document. */
  show(open: readonly (Writing | Review)[]): void {
    const active = vscode.window.activeTextEditor?.document;
    const here = open.filter(({ anchor }) => anchor.document === active);
    const near = open.length === 1 ? open : here;
    this.#setContext(
      'writing',
      here.some(({ kind }) => kind === 'writing'),
    );
    this.#setContext(
      'reviewing',
      near.some(({ kind }) => kind === 'review'),
    );
    const changes = open.reduce((sum, one) => sum + (one.kind === 'review' ? one.hunks.all.length : 0), 0);
    // Writing already has VS Code's own progress.
    if (changes === 0) return this.#item.hide();
    this.#item.show('diff', changesLabel(changes));
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
    if (answer === keep) await vscode.commands.executeCommand('askance.keepReplacement', id);
    if (answer === undo) await vscode.commands.executeCommand('askance.undoReplacement', id);
  }

  dispose(): void {
    this.#item.dispose();
  }

  #setContext(name: string, value: boolean): void {
    if (this.#contexts.get(name) === value) return;
    this.#contexts.set(name, value);
    void vscode.commands.executeCommand('setContext', `askance.${name}`, value);
  }
}

function changesLabel(count: number): string {
  return plural(count, vscode.l10n.t('1 change to review'), vscode.l10n.t('{0} changes to review', count));
}
