import * as vscode from 'vscode';

/** Milliseconds to wait for a new terminal's shell to report that it is ready; not every shell can. */
const startTimeout = 2000;

/** Inserts text into a terminal whose shell is waiting for input. */
export class Terminals implements vscode.Disposable {
  /**
   * Terminals whose shell is known to wait: its last command ended, or it was started here. In any other, a program may
   * be running, for example since before a reload.
   */
  readonly #waiting = new Set<vscode.Terminal>();
  readonly #subscriptions: readonly vscode.Disposable[] = [
    vscode.window.onDidStartTerminalShellExecution(({ terminal }) => this.#waiting.delete(terminal)),
    vscode.window.onDidEndTerminalShellExecution(({ terminal }) => this.#waiting.add(terminal)),
    vscode.window.onDidCloseTerminal((terminal) => this.#waiting.delete(terminal)),
  ];

  /**
   * Inserts a text and focuses the terminal; the user runs it.
   * @param textFor The text for a shell of this name, without control characters: a line break would run it.
   */
  async type(textFor: (shell: string) => string): Promise<void> {
    const active = vscode.window.activeTerminal;
    // A running program would take the text as its own input. Only shell integration shows that the shell is waiting.
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

/** The shell's name from VS Code, else that of the default profile: `pwsh`, `bash`, `powershell`. */
function shellName({ state }: vscode.Terminal): string {
  return state.shell ?? vscode.env.shell.replace(/^.*[\\/]|\.exe$/gi, '');
}

/** A shell that is still starting would show the text twice: on arrival and at its prompt. */
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
