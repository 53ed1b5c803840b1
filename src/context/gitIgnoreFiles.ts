import * as vscode from 'vscode';
import { IgnorePatterns } from './ignorePatterns.ts';
import type { MatchTime } from './matchTime.ts';
import { pathBelow } from './pathBelow.ts';

/** Largest `.gitignore` that is read, in bytes. */
const largestFile = 200_000;

/** Evaluates `.gitignore` files if Git can't be asked. */
export class GitIgnoreFiles {
  readonly #time: MatchTime;
  readonly #patterns = new Map<string, Promise<IgnorePatterns | undefined>>();

  constructor(time: MatchTime) {
    this.#time = time;
  }

  /**
   * Decides like Git (gitignore, "PATTERN FORMAT"): of the files from the root down to the path, the last match wins.
   * @param root Of the repository, else the workspace folder.
   * @returns undefined if deciding would take too long.
   */
  async isIgnored(root: vscode.Uri, uri: vscode.Uri, isFolder: boolean): Promise<boolean | undefined> {
    const parts = pathBelow(root, uri).split('/');
    let isIgnored: boolean | undefined = false;
    for (let depth = 0; depth < parts.length; depth++) {
      const patterns = await this.#patternsIn(vscode.Uri.joinPath(root, ...parts.slice(0, depth)), depth === 0);
      if (!patterns) continue;
      const path = parts.slice(depth).join('/') + (isFolder ? '/' : '');
      const verdict = await this.#time.spend(() => patterns.test(path));
      if (verdict === undefined || verdict === 'unknown') isIgnored = undefined;
      else if (verdict !== 'nothing') isIgnored = verdict === 'ignored';
    }
    return isIgnored;
  }

  #patternsIn(folder: vscode.Uri, isRoot: boolean): Promise<IgnorePatterns | undefined> {
    const key = folder.toString();
    let patterns = this.#patterns.get(key);
    if (!patterns) {
      patterns = readPatterns(folder, isRoot);
      this.#patterns.set(key, patterns);
    }
    return patterns;
  }
}

async function readPatterns(folder: vscode.Uri, isRoot: boolean): Promise<IgnorePatterns | undefined> {
  // The repository's local `info/exclude` ranks below its `.gitignore` files.
  const own = isRoot ? [textOf(folder, '.git', 'info', 'exclude')] : [];
  const texts = await Promise.all([...own, textOf(folder, '.gitignore')]);
  const found = texts.filter((text) => text !== undefined);
  return found.length === 0 ? undefined : IgnorePatterns.parse(found.join('\n'));
}

/** Undefined if there is no such file. Like Git, doesn't read links and special files, which may be endless. */
async function textOf(folder: vscode.Uri, ...path: readonly string[]): Promise<string | undefined> {
  const uri = vscode.Uri.joinPath(folder, ...path);
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if (type !== vscode.FileType.File) return undefined;
    // `IgnorePatterns` treats that as too large, too.
    if (size > largestFile) return '\n'.repeat(largestFile + 1);
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}
