import * as vscode from 'vscode';

/** The parts of a repository of VS Code's Git extension that Askance uses. */
export interface GitRepository {
  readonly rootUri: vscode.Uri;
  /** The commit message input. */
  readonly inputBox: { value: string };
  /** @param cached Whether to diff the staged changes instead of the unstaged ones. */
  diff(cached: boolean): Promise<string>;
  /** Which of these file system paths Git ignores. Rejects if one is in a submodule or below a link. */
  checkIgnore(paths: string[]): Promise<ReadonlySet<string>>;
  /** The last commits, newest first. Rejects if there are none. */
  log(options: { readonly maxEntries: number }): Promise<readonly { readonly message: string }[]>;
}

/** The repositories that VS Code's Git extension has open; none if it is disabled. */
export async function gitRepositories(): Promise<readonly GitRepository[]> {
  return (await gitApi())?.repositories ?? [];
}

/** The innermost repository that contains the file; otherwise the only open one. */
export async function repositoryOf(uri: vscode.Uri | undefined): Promise<GitRepository | undefined> {
  const api = await gitApi();
  const only = api?.repositories.length === 1 ? api.repositories[0] : undefined;
  return (uri && api?.getRepository(uri)) ?? only;
}

async function gitApi(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension<unknown>('vscode.git');
  const exported: unknown = await extension?.activate();
  return isGitExtension(exported) && exported.enabled ? exported.getAPI(1) : undefined;
}

/** The part of the Git extension's exports used here; version 1 of its API is stable. */
interface GitExtension {
  /** If false, `getAPI` throws. */
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

interface GitApi {
  readonly repositories: readonly GitRepository[];
  /** Handles links and paths that differ only in case. */
  getRepository(uri: vscode.Uri): GitRepository | null;
}

function isGitExtension(value: unknown): value is GitExtension {
  return typeof value === 'object' && value !== null && 'enabled' in value && 'getAPI' in value;
}
