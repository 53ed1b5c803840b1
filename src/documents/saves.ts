import * as vscode from 'vscode';

/** A save of a document, or of the notebook that it is a cell of. */
interface Save {
  holds(document: vscode.TextDocument): boolean;
}

/** A save that is about to happen. */
export interface SaveToCome extends Save {
  readonly reason: vscode.TextDocumentSaveReason;
  /** Puts it off until the work is done; VS Code does not wait for long. */
  waitUntil(work: Promise<void>): void;
}

/** A save that happened. */
export interface SaveDone extends Save {
  again(): Thenable<boolean>;
}

/** Listens to saves that are about to happen. */
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

/** Listens to saves that happened. */
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
