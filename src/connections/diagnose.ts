import * as vscode from 'vscode';
import type { Connection } from '../api/connection/connection.ts';
import type { Endpoints } from './endpoints.ts';

/** Diagnoses the route to a connection's endpoint and writes the findings to Askance's log. */
export class Diagnosis implements vscode.Disposable {
  readonly #endpoints: Endpoints;
  #log: vscode.LogOutputChannel | undefined;
  #running = new AbortController();

  constructor(endpoints: Endpoints) {
    this.#endpoints = endpoints;
  }

  /**
   * Replaces a running diagnosis.
   * @param connection Default: the active one.
   */
  async run(connection?: Connection): Promise<void> {
    this.#running.abort();
    const { signal } = (this.#running = new AbortController());
    this.#log ??= vscode.window.createOutputChannel('Askance', { log: true });
    this.#log.show(true);
    const { diagnose } = await import('../api/diagnosis.ts');
    try {
      for await (const line of diagnose(await this.#endpoints.diagnosed(connection), signal)) this.#log.info(line);
    } catch (error) {
      throw (await import('./reportError.ts')).describedError(error);
    }
  }

  dispose(): void {
    this.#running.abort();
    this.#log?.dispose();
  }
}
