import * as vscode from 'vscode';

/** What Askance uses of a repository that VS Code's git extension has open. */
export interface GitRepository {
  readonly rootUri: vscode.Uri;
  /** What is typed as the commit message. */
  readonly inputBox: { value: string };
  /** @param cached The staged changes; else those that are not staged. */
  diff(cached: boolean): Promise<string>;
  /** Which of these paths of the file system git ignores. Rejects where one is in a submodule or below a link. */
  checkIgnore(paths: string[]): Promise<ReadonlySet<string>>;
  /** The last commits, newest first. Rejects where there are none. */
  log(options: { readonly maxEntries: number }): Promise<readonly { readonly message: string }[]>;
}

/** The repositories that VS Code's git extension has open. None where the extension is disabled. */
export async function gitRepositories(): Promise<readonly GitRepository[]> {
  return (await gitApi())?.repositories ?? [];
}

/** The repository that holds the file, the innermost where there are several; else the only one there is. */
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

/** The part of the git extension's exports that is used here; its version 1 is promised to stay. */
interface GitExtension {
  /** false: `getAPI` throws. */
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

interface GitApi {
  readonly repositories: readonly GitRepository[];
  /** It knows where paths differ by case alone, and by links. */
  getRepository(uri: vscode.Uri): GitRepository | null;
}

function isGitExtension(value: unknown): value is GitExtension {
  return typeof value === 'object' && value !== null && 'enabled' in value && 'getAPI' in value;
}
