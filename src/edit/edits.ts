import type * as vscode from 'vscode';
import type { EditTools } from './editTools.ts';
import type { EditHost } from './replaceSelection.ts';

/** All that writes code into files; loaded when there is code to be written. */
export class Edits implements vscode.Disposable {
  readonly #host: EditHost;
  #tools: Promise<EditTools> | undefined;
  #loaded: EditTools | undefined;

  constructor(host: EditHost) {
    this.#host = host;
  }

  get tools(): Promise<EditTools> {
    this.#tools ??= this.#load();
    return this.#tools;
  }

  /** Stops what is being written. */
  stop(): void {
    this.#loaded?.reviews.stop();
  }

  dispose(): void {
    this.#loaded?.dispose();
  }

  async #load(): Promise<EditTools> {
    const { EditTools: Tools } = await import('./editTools.ts');
    this.#loaded = new Tools(this.#host);
    return this.#loaded;
  }
}
