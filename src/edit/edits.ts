import type * as vscode from 'vscode';
import type { EditTools } from './editTools.ts';
import type { EditServices } from './editContext.ts';
import { unfinishedKey } from '../documents/unfinishedKey.ts';

/** All that writes code into files; loaded when there is code to be written. */
export class Edits implements vscode.Disposable {
  readonly #services: EditServices;
  #tools: Promise<EditTools> | undefined;
  #loaded: EditTools | undefined;

  constructor(services: EditServices) {
    this.#services = services;
  }

  get tools(): Promise<EditTools> {
    this.#tools ??= this.#load();
    return this.#tools;
  }

  /** Stops what is being written. */
  stop(): void {
    this.#loaded?.reviews.stop();
  }

  /** Stops what is being written, and resolves when each place holds what it held before. */
  async end(): Promise<void> {
    await this.#loaded?.reviews.end();
  }

  /** Takes back what was provisional when the window before ended. */
  async takeBackUnfinished(): Promise<void> {
    if (this.#services.workspaceState.get(unfinishedKey) !== undefined) await (await this.tools).unfinished.takeBack();
  }

  dispose(): void {
    this.#loaded?.dispose();
  }

  async #load(): Promise<EditTools> {
    const { EditTools: Tools } = await import('./editTools.ts');
    this.#loaded = new Tools(this.#services);
    return this.#loaded;
  }
}
