import { lstat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type * as vscode from 'vscode';
import { gitRepositories, type GitRepository } from './git.ts';
import { sameUri } from './sameUri.ts';

/**
 * Asks Git which files it ignores. Only Git knows which ignored files it tracks anyway, and where another repository
 * begins.
 */
export class GitIgnored {
  #repositories: Promise<readonly GitRepository[]> | undefined;

  /**
   * @param root Of the repository that contains the files.
   * @returns for each file whether it is ignored; undefined if Git can't be asked.
   */
  async areIgnored(root: vscode.Uri, uris: readonly vscode.Uri[]): Promise<readonly (boolean | undefined)[]> {
    this.#repositories ??= gitRepositories().catch(() => []);
    const repository = (await this.#repositories).find(({ rootUri }) => sameUri(rootUri, root));
    if (!repository) return uris.map(() => undefined);
    const paths = uris.map(({ fsPath }) => fsPath);
    const ignored = await ignoredOf(repository, paths);
    return paths.map((path) => (ignored.asked.has(path) ? ignored.ignored.has(path) : undefined));
  }
}

interface Asked {
  /** The paths that Git answered for. */
  readonly asked: ReadonlySet<string>;
  readonly ignored: ReadonlySet<string>;
}

async function ignoredOf(repository: GitRepository, paths: readonly string[]): Promise<Asked> {
  const answer = await askGit(repository, paths);
  if (answer) return answer;
  // Git answers for no path at all if one of them leads through a link.
  const links = new Map<string, Promise<boolean>>();
  const direct: string[] = [];
  for (const path of paths) if (!(await isBelowLink(path, repository.rootUri.fsPath, links))) direct.push(path);
  return (await askGit(repository, direct)) ?? { asked: new Set(), ignored: new Set() };
}

async function askGit(repository: GitRepository, paths: readonly string[]): Promise<Asked | undefined> {
  try {
    return { asked: new Set(paths), ignored: await repository.checkIgnore([...paths]) };
  } catch {
    return undefined;
  }
}

/** Whether a folder between the root and the path is a link. */
async function isBelowLink(path: string, root: string, known: Map<string, Promise<boolean>>): Promise<boolean> {
  const folder = dirname(path);
  if (folder.length <= root.length) return false;
  let isLink = known.get(folder);
  if (!isLink) {
    isLink = lstat(folder).then(
      async (stat) => stat.isSymbolicLink() || isBelowLink(folder, root, known),
      () => false,
    );
    known.set(folder, isLink);
  }
  return isLink;
}
