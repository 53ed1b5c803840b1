import * as vscode from 'vscode';
import { IgnorePatterns } from './ignorePatterns.ts';
import type { MatchTime } from './matchTime.ts';
import { pathBelow } from './pathBelow.ts';

/** Largest `.gitignore` that is read, in bytes. */
const largestFile = 200_000;

/** What the files `.gitignore` say, for where git cannot be asked. */
export class GitIgnoreFiles {
  readonly #time: MatchTime;
  readonly #patterns = new Map<string, Promise<IgnorePatterns | undefined>>();

  constructor(time: MatchTime) {
    this.#time = time;
  }

  /**
   * As git decides (gitignore, "PATTERN FORMAT"): of the files from the root down to the path, the last that says
   * something counts.
   * @param root Of the repository, or the workspace's folder where there is none.
   * @returns undefined: it would take too long to tell.
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
  // What a repository ignores on this machine alone counts less than what its files say.
  const own = isRoot ? [textOf(folder, '.git', 'info', 'exclude')] : [];
  const texts = await Promise.all([...own, textOf(folder, '.gitignore')]);
  const found = texts.filter((text) => text !== undefined);
  return found.length === 0 ? undefined : IgnorePatterns.parse(found.join('\n'));
}

/** Undefined where there is no such file. What is no file or a link is not read, as git does it: it may have no end. */
async function textOf(folder: vscode.Uri, ...path: readonly string[]): Promise<string | undefined> {
  const uri = vscode.Uri.joinPath(folder, ...path);
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if (type !== vscode.FileType.File) return undefined;
    // `IgnorePatterns` takes it for too much as well.
    if (size > largestFile) return '\n'.repeat(largestFile + 1);
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}
