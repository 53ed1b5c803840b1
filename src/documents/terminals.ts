import * as vscode from 'vscode';

/** Milliseconds in which a new terminal's shell is given time to say that it waits; not every shell can. */
const startTimeout = 2000;

/** Puts text into a terminal in which a shell waits for it. */
export class Terminals implements vscode.Disposable {
  /**
   * The terminals whose shell was seen to wait: its last command ended, or it was started here. In any other a program may
   * run that began before, as after a reload of the window.
   */
  readonly #waiting = new Set<vscode.Terminal>();
  readonly #subscriptions: readonly vscode.Disposable[] = [
    vscode.window.onDidStartTerminalShellExecution(({ terminal }) => this.#waiting.delete(terminal)),
    vscode.window.onDidEndTerminalShellExecution(({ terminal }) => this.#waiting.add(terminal)),
    vscode.window.onDidCloseTerminal((terminal) => this.#waiting.delete(terminal)),
  ];

  /**
   * Types a text and moves the focus there; running it is the user's.
   * @param textFor The text for a shell of this name; without control characters: a line break would run it.
   */
  async type(textFor: (shell: string) => string): Promise<void> {
    const active = vscode.window.activeTerminal;
    // A program that runs would take the text as its own keys. Only with its integration a shell says that it waits.
    const isWaiting = active?.shellIntegration && !active.exitStatus && this.#waiting.has(active);
    const terminal = isWaiting ? active : await startTerminal();
    if (terminal.shellIntegration) this.#waiting.add(terminal);
    terminal.show();
    terminal.sendText(textFor(shellName(terminal)), false);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

/** As VS Code knows it, else that of the shell which new terminals have: `pwsh`, `bash`, `powershell`. */
function shellName({ state }: vscode.Terminal): string {
  return state.shell ?? vscode.env.shell.replace(/^.*[\\/]|\.exe$/gi, '');
}

/** A shell that still starts would show the text twice: as it comes, and at its prompt. */
async function startTerminal(): Promise<vscode.Terminal> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const terminal = vscode.window.createTerminal();
  terminal.show();
  const subscription = vscode.window.onDidChangeTerminalShellIntegration((event) => {
    if (event.terminal === terminal) resolve();
  });
  const timer = setTimeout(resolve, startTimeout);
  await promise;
  clearTimeout(timer);
  subscription.dispose();
  return terminal;
}
