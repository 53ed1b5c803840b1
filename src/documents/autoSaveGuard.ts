import * as vscode from 'vscode';

/**
 * Keeps auto-save away from what is provisional. A save ends the undo step, too. Auto-save waits from the last change on,
 * so the document is changed, to what it is already, in time.
 */
export class AutoSaveGuard {
  /** Milliseconds from a change to its save; endless: there is no such save. */
  readonly #delay: number;
  #timer: NodeJS.Timeout | undefined;
  /** When the last change was sent to the window. */
  #lastChange: number | undefined;
  #wasLate = false;

  constructor(document: vscode.TextDocument) {
    const files = vscode.workspace.getConfiguration('files', document);
    const isOn = files.get('autoSave') === 'afterDelay';
    this.#delay = isOn ? (files.get<number>('autoSaveDelay') ?? 1000) : Infinity;
  }

  /** @param touch Changes the document to what it is. */
  start(touch: () => void): void {
    if (this.#delay === Infinity) return;
    this.#timer ??= setInterval(touch, Math.max(50, this.#delay / 3));
  }

  /** Makes a change of the document. */
  async change<Result>(make: () => Promise<Result>): Promise<Result> {
    const last = this.#lastChange;
    this.#lastChange = performance.now();
    const result = await make();
    this.#wasLate ||= this.#isLate(last);
    return result;
  }

  get isOn(): boolean {
    return this.#timer !== undefined;
  }

  /**
   * Whether a busy machine let so much time pass that a save may have begun, which ended the undo step. That is not told
   * before VS Code has come to ask whether somebody has a say in the save.
   */
  get mayHaveMissed(): boolean {
    return this.#wasLate || this.#isLate(this.#lastChange);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #isLate(since: number | undefined): boolean {
    return since !== undefined && performance.now() - since >= this.#delay;
  }
}
