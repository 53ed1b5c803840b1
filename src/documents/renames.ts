import * as vscode from 'vscode';

/** Files that are about to get other names. */
export interface RenameToCome {
  /** The name that the file of a document will have; `undefined`: it keeps its own. */
  newUri(document: vscode.TextDocument): vscode.Uri | undefined;
  /** Puts it off until the work is done; VS Code does not wait for long. */
  waitUntil(work: Promise<void>): void;
}

/** Listens to files and folders that are about to get other names. */
export function onWillRename(listener: (rename: RenameToCome) => void): vscode.Disposable {
  return vscode.workspace.onWillRenameFiles((event) =>
    listener({
      newUri: ({ uri }) => {
        const renamed = event.files.find(({ oldUri }) => isIn(uri.toString(), oldUri.toString()));
        return renamed?.newUri.with({ path: renamed.newUri.path + uri.path.slice(renamed.oldUri.path.length) });
      },
      waitUntil: (work) => event.waitUntil(work),
    }),
  );
}

function isIn(uri: string, folder: string): boolean {
  return uri === folder || uri.startsWith(`${folder}/`);
}
