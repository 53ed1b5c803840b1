import * as vscode from 'vscode';

/** A save of a document, or of the notebook that contains it as a cell. */
interface Save {
  holds(document: vscode.TextDocument): boolean;
}

/** A save that is about to happen. */
export interface SaveToCome extends Save {
  readonly reason: vscode.TextDocumentSaveReason;
  /** Delays the save until the work is done; VS Code's patience is limited. */
  waitUntil(work: Promise<void>): void;
}

/** A completed save. */
export interface SaveDone extends Save {
  again(): Thenable<boolean>;
}

/** Listens to saves before they happen. */
export function onWillSave(listener: (save: SaveToCome) => void): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.onWillSaveTextDocument((event) =>
      listener({
        reason: event.reason,
        holds: (document) => document === event.document,
        waitUntil: (work) => event.waitUntil(work),
      }),
    ),
    vscode.workspace.onWillSaveNotebookDocument((event) =>
      listener({
        reason: event.reason,
        holds: (document) => isCell(document, event.notebook),
        waitUntil: (work) => event.waitUntil(work),
      }),
    ),
  );
}

/** Listens to completed saves. */
export function onDidSave(listener: (save: SaveDone) => void): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.onDidSaveTextDocument((saved) =>
      listener({ holds: (document) => document === saved, again: () => saved.save() }),
    ),
    vscode.workspace.onDidSaveNotebookDocument((saved) =>
      listener({ holds: (document) => isCell(document, saved), again: () => saved.save() }),
    ),
  );
}

function isCell(document: vscode.TextDocument, notebook: vscode.NotebookDocument): boolean {
  return notebook.getCells().some((cell) => cell.document === document);
}
