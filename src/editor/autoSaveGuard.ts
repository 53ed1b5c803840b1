import * as vscode from 'vscode';

/**
 * Keeps auto-save away from what is provisional. A save ends the undo step, too. Auto-save waits from the last change on,
 * so the document is changed, to what it is already, in time.
 */
export class AutoSaveGuard {
  #timer: NodeJS.Timeout | undefined;

  /** @param touch Changes the document to what it is. */
  start(document: vscode.TextDocument, touch: () => void): void {
    if (this.#timer) return;
    const files = vscode.workspace.getConfiguration('files', document);
    if (files.get('autoSave') !== 'afterDelay') return;
    const period = Math.max(50, (files.get<number>('autoSaveDelay') ?? 1000) / 3);
    this.#timer = setInterval(touch, period);
  }

  get isOn(): boolean {
    return this.#timer !== undefined;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
