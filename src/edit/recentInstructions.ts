import type * as vscode from 'vscode';

const key = 'recentInstructions';

/** Most instructions that are kept. */
const most = 50;

/** The user's recent instructions, newest first; VS Code stores them for all windows. */
export class RecentInstructions {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  get all(): readonly string[] {
    const stored = this.#memento.get<unknown>(key);
    return Array.isArray(stored) ? stored.filter((item) => typeof item === 'string') : [];
  }

  async add(instruction: string): Promise<void> {
    await this.#memento.update(key, [instruction, ...this.#without(instruction)].slice(0, most));
  }

  async remove(instruction: string): Promise<void> {
    await this.#memento.update(key, this.#without(instruction));
  }

  #without(instruction: string): readonly string[] {
    return this.all.filter((other) => other !== instruction);
  }
}
