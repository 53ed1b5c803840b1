import * as vscode from 'vscode';

interface Events {
  /** A file was changed, deleted or created. */
  onChange(): void;
  /** A file, or a folder that contains it, was renamed. */
  onRename(from: vscode.Uri, to: vscode.Uri): void;
}

/**
 * Watches whole-file attachments. Text documents only report typing; renames, deletions and changes by other programs
 * are file events.
 */
export class AttachedFiles implements vscode.Disposable {
  readonly #events: Events;
  readonly #watchers = new Map<string, vscode.FileSystemWatcher>();
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(events: Events) {
    this.#events = events;
    this.#subscriptions = [
      vscode.workspace.onDidRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files) this.#renamed(oldUri, newUri);
      }),
      vscode.workspace.onDidDeleteFiles(({ files }) => this.#touched(files)),
      vscode.workspace.onDidCreateFiles(({ files }) => this.#touched(files)),
    ];
  }

  /** Watches exactly these files from now on. */
  watch(uris: readonly string[]): void {
    const wanted = new Set(uris);
    for (const [uri, watcher] of this.#watchers) {
      if (wanted.has(uri)) continue;
      watcher.dispose();
      this.#watchers.delete(uri);
    }
    for (const uri of wanted) {
      if (!this.#watchers.has(uri)) this.#watchers.set(uri, this.#watcher(vscode.Uri.parse(uri)));
    }
  }

  dispose(): void {
    this.watch([]);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #watcher(uri: vscode.Uri): vscode.FileSystemWatcher {
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), name.replaceAll(/[[\]{}*?]/g, '[$&]'));
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    const changed = (): void => this.#events.onChange();
    // They are disposed with the watcher.
    watcher.onDidChange(changed);
    watcher.onDidCreate(changed);
    watcher.onDidDelete(changed);
    return watcher;
  }

  #renamed(from: vscode.Uri, to: vscode.Uri): void {
    for (const uri of this.#watchers.keys()) {
      const path = pathBelow(from, vscode.Uri.parse(uri));
      if (path !== undefined)
        this.#events.onRename(vscode.Uri.parse(uri), path === '' ? to : vscode.Uri.joinPath(to, path));
    }
  }

  #touched(files: readonly vscode.Uri[]): void {
    const uris = [...this.#watchers.keys()].map((uri) => vscode.Uri.parse(uri));
    const isAttached = (file: vscode.Uri): boolean =>
      uris.some((uri) => pathBelow(file, uri) !== undefined || pathBelow(uri, file) !== undefined);
    if (files.some(isAttached)) this.#events.onChange();
  }
}

/** The path from a folder to something in it; `''` for the folder itself, undefined if it isn't below it. */
function pathBelow(folder: vscode.Uri, uri: vscode.Uri): string | undefined {
  if (uri.scheme !== folder.scheme || uri.authority !== folder.authority) return undefined;
  if (uri.path === folder.path) return '';
  return uri.path.startsWith(`${folder.path}/`) ? uri.path.slice(folder.path.length + 1) : undefined;
}
