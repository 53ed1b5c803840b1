import ignore, { type Ignore } from 'ignore';
import * as vscode from 'vscode';
import type { ExcludePatterns } from '../settings/settings.ts';

/** `excluded`: by `askance.exclude`. `ignored`: by git. */
export type ExclusionReason = 'excluded' | 'ignored';

/** Tells which files are secret or of no interest. It remembers what it read, so it is made anew for each question to it. */
export class Exclusions {
  readonly #lists: readonly Ignore[];
  readonly #rules = new Map<string, Promise<Ignore | undefined>>();
  readonly #roots = new Map<string, Promise<vscode.Uri>>();

  constructor({ user, workspace }: ExcludePatterns) {
    this.#lists = [
      ignore().add([...user]),
      ignore().add(workspace.filter((pattern) => !pattern.trimStart().startsWith('!'))),
    ];
  }

  /** Why the file should not be attached; undefined: nothing speaks against it. */
  async reason(uri: vscode.Uri, isFolder = false): Promise<ExclusionReason | undefined> {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    const path = relative(folder?.uri, uri) + (isFolder ? '/' : '');
    if (path === '' || path === '/') return undefined;
    if (this.#lists.some((list) => list.ignores(path))) return 'excluded';
    return folder && (await this.#isIgnored(folder.uri, uri, isFolder)) ? 'ignored' : undefined;
  }

  /** As git decides (gitignore, "PATTERN FORMAT"): of the files from the root down to the path, the last that says something counts. */
  async #isIgnored(folder: vscode.Uri, uri: vscode.Uri, isFolder: boolean): Promise<boolean> {
    const root = await this.#root(folder);
    const parts = relative(root, uri).split('/');
    let ignored = false;
    for (let depth = 0; depth < parts.length; depth++) {
      const rules = await this.#rulesIn(vscode.Uri.joinPath(root, ...parts.slice(0, depth)), depth === 0);
      const path = parts.slice(depth).join('/') + (isFolder ? '/' : '');
      const verdict = rules?.test(path);
      if (verdict?.ignored) ignored = true;
      else if (verdict?.unignored) ignored = false;
    }
    return ignored;
  }

  /** The folder of the repository that holds the workspace's folder, or that folder where there is none. */
  #root(folder: vscode.Uri): Promise<vscode.Uri> {
    return remembered(this.#roots, folder, async () => {
      for (let place = folder; ;) {
        if (await exists(vscode.Uri.joinPath(place, '.git'))) return place;
        const parent = vscode.Uri.joinPath(place, '..');
        // A root is its own parent, be it `/`, `c:\` or `\\server\share\`; a path without one grows by dots.
        if (parent.path.length >= place.path.length) return folder;
        place = parent;
      }
    });
  }

  #rulesIn(folder: vscode.Uri, isRoot: boolean): Promise<Ignore | undefined> {
    return remembered(this.#rules, folder, async () => {
      // What a repository ignores on this machine alone counts less than what its files say.
      const own = isRoot ? [textOf(folder, '.git', 'info', 'exclude')] : [];
      const texts = await Promise.all([...own, textOf(folder, '.gitignore')]);
      const rules = texts.filter((text) => text !== undefined);
      return rules.length === 0 ? undefined : ignore().add(rules.join('\n'));
    });
  }
}

/** undefined: there is no such file, or it cannot be read. */
async function textOf(folder: vscode.Uri, ...path: readonly string[]): Promise<string | undefined> {
  return vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, ...path)).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => undefined,
  );
}

/** The path below the folder that holds the file; without one, below the root of the file's own drive or file system. */
function relative(folder: vscode.Uri | undefined, { path }: vscode.Uri): string {
  const below = folder ? `${folder.path.replace(/\/$/, '')}/` : '';
  // VS Code said that the folder holds the file. Where the file system ignores case, they may be written differently.
  if (below !== '' && path.slice(0, below.length).toLowerCase() === below.toLowerCase())
    return path.slice(below.length);
  return path.replace(/^[/\\]*(?:[a-z]:[/\\]+)?/i, '');
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

function remembered<Value>(
  known: Map<string, Promise<Value>>,
  uri: vscode.Uri,
  read: () => Promise<Value>,
): Promise<Value> {
  const key = uri.toString();
  const value = known.get(key) ?? read();
  known.set(key, value);
  return value;
}
