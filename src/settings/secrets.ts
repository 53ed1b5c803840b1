import type { SecretStorage, Disposable } from 'vscode';

/**
 * Caches VS Code's secret storage: reading takes a message to another process, and a question shouldn't wait for it.
 */
export class Secrets implements Disposable {
  readonly #storage: SecretStorage;
  readonly #known = new Map<string, Promise<string | undefined>>();
  readonly #change: Disposable;

  constructor(storage: SecretStorage) {
    this.#storage = storage;
    // The change may come from another window.
    this.#change = storage.onDidChange(({ key }) => this.#known.delete(key));
  }

  get(name: string): Promise<string | undefined> {
    const known = this.#known.get(name) ?? Promise.resolve(this.#storage.get(name));
    this.#known.set(name, known);
    // Retries failed reads.
    known.catch(() => this.#known.delete(name));
    return known;
  }

  async store(name: string, value: string): Promise<void> {
    await this.#storage.store(name, value);
    this.#known.set(name, Promise.resolve(value));
  }

  async delete(name: string): Promise<void> {
    await this.#storage.delete(name);
    this.#known.delete(name);
  }

  dispose(): void {
    this.#change.dispose();
  }
}
