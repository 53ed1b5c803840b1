import * as vscode from 'vscode';
import type { Profile } from '../api/profile.ts';
import { toldError, type Endpoints } from './endpoints.ts';

/** Tries the way to a profile's endpoint and writes what it finds to Askance's log. */
export class Diagnosis implements vscode.Disposable {
  readonly #endpoints: Endpoints;
  #log: vscode.LogOutputChannel | undefined;
  #running = new AbortController();

  constructor(endpoints: Endpoints) {
    this.#endpoints = endpoints;
  }

  /**
   * Takes the place of a diagnosis that is still running.
   * @param profile Absent: the one that answers.
   */
  async run(profile?: Profile): Promise<void> {
    this.#running.abort();
    const { signal } = (this.#running = new AbortController());
    this.#log ??= vscode.window.createOutputChannel('Askance', { log: true });
    this.#log.show(true);
    const { diagnose } = await import('../api/diagnosis.ts');
    try {
      for await (const line of diagnose(await this.#endpoints.diagnosed(profile), signal)) this.#log.info(line);
    } catch (error) {
      throw toldError(error);
    }
  }

  dispose(): void {
    this.#running.abort();
    this.#log?.dispose();
  }
}
