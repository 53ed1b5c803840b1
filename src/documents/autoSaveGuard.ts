import * as vscode from 'vscode';

/**
 * Prevents auto-save of provisional code, which would also end the undo step. Auto-save's delay starts at the last
 * change, so the document is changed in time without changing its text.
 */
export class AutoSaveGuard {
  /** Milliseconds from a change to its save; infinite without auto-save. */
  readonly #delay: number;
  #timer: NodeJS.Timeout | undefined;
  /** Time of the last change sent to the window. */
  #lastChange: number | undefined;
  #wasLate = false;

  constructor(document: vscode.TextDocument) {
    const files = vscode.workspace.getConfiguration('files', document);
    const isOn = files.get('autoSave') === 'afterDelay';
    this.#delay = isOn ? (files.get<number>('autoSaveDelay') ?? 1000) : Infinity;
  }

  /** @param touch Changes the document without changing its text. */
  start(touch: () => void): void {
    if (this.#delay === Infinity) return;
    this.#timer ??= setInterval(touch, Math.max(50, this.#delay / 3));
  }

  /** Runs a change of the document. */
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
   * Whether so much time passed on a busy machine that a save may have begun and ended the undo step. VS Code reports
   * that only when it asks for save participants.
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
