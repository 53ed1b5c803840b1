import * as vscode from 'vscode';

/** A rename that is about to happen. */
export interface RenameToCome {
  /** The new URI of a document's file; undefined if it isn't renamed. */
  newUri(document: vscode.TextDocument): vscode.Uri | undefined;
  /** Delays the rename until the work is done; VS Code's patience is limited. */
  waitUntil(work: Promise<void>): void;
}

/** Listens to renames of files and folders before they happen. */
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
