import * as vscode from 'vscode';
import { GitIgnored } from './gitIgnored.ts';
import { GitIgnoreFiles } from './gitIgnoreFiles.ts';
import { IgnorePatterns } from './ignorePatterns.ts';
import { leadOf } from './links.ts';
import { MatchTime } from './matchTime.ts';
import { pathBelow } from './pathBelow.ts';
import type { ExcludePatterns } from '../settings/settings.ts';

/**
 * Why a file needs confirmation before it is attached. `excluded`: by `askance.exclude`; `outside`: a link points out
 * of the workspace; `ignored`: by Git; `unchecked`: there are too many patterns to decide.
 */
export type ExclusionReason = 'excluded' | 'outside' | 'ignored' | 'unchecked';

export interface Doubt {
  readonly reason: ExclusionReason;
  /** The file that a link points to, if known; absent if it isn't a link. */
  readonly target?: vscode.Uri;
}

/** A file or a folder. */
export interface Entry {
  readonly uri: vscode.Uri;
  readonly isFolder: boolean;
}

/** Decides which files may be secret or irrelevant. Caches what it reads, so create one per question. */
export class Exclusions {
  readonly #user: IgnorePatterns;
  readonly #workspace: IgnorePatterns;
  readonly #time = new MatchTime();
  readonly #git = new GitIgnored();
  readonly #files = new GitIgnoreFiles(this.#time);
  readonly #roots = new Map<string, Promise<vscode.Uri | undefined>>();

  constructor({ user, workspace }: ExcludePatterns) {
    this.#user = new IgnorePatterns(user);
    this.#workspace = new IgnorePatterns(workspace.filter((pattern) => !pattern.trimStart().startsWith('!')));
  }

  /** Why the file needs confirmation, by its name and its link target; undefined if it doesn't. */
  async doubt(uri: vscode.Uri, isFolder = false): Promise<Doubt | undefined> {
    const [own] = await this.reasons([{ uri, isFolder }]);
    const lead = await leadOf(uri, vscode.workspace.getWorkspaceFolder(uri)?.uri);
    if (lead.kind === 'itself') return own && { reason: own };
    const target = lead.uri && { target: lead.uri };
    const [further] = lead.uri ? await this.reasons([{ uri: lead.uri, isFolder }]) : [];
    if (own === 'excluded' || further === 'excluded') return { reason: 'excluded', ...target };
    if (lead.kind === 'outside') return { reason: 'outside', ...target };
    const reason = further ?? own;
    return reason && { reason, ...target };
  }

  /** Whether `askance.exclude` matches the file or its link target. Git is not asked. */
  async secrecy(uri: vscode.Uri): Promise<Doubt | undefined> {
    const own = await this.#byPatterns({ uri, isFolder: false });
    if (own === 'excluded') return { reason: own };
    const lead = await leadOf(uri, vscode.workspace.getWorkspaceFolder(uri)?.uri);
    const target = lead.kind === 'itself' ? undefined : lead.uri;
    const further = target && (await this.#byPatterns({ uri: target, isFolder: false }));
    const reason = further ?? own;
    return reason && { reason, ...(further && target && { target }) };
  }

  /** Whether `askance.exclude` matches the file's name. */
  async isExcluded(uri: vscode.Uri): Promise<boolean> {
    return (await this.#byPatterns({ uri, isFolder: false })) === 'excluded';
  }

  /** Why each needs confirmation, by name; undefined if it doesn't. */
  async reasons(entries: readonly Entry[]): Promise<readonly (ExclusionReason | undefined)[]> {
    const reasons = new Map<Entry, ExclusionReason>();
    const byRoot = new Map<string, { readonly root: vscode.Uri; readonly entries: Entry[] }>();
    for (const entry of entries) {
      const reason = await this.#byPatterns(entry);
      if (reason) reasons.set(entry, reason);
      const root = reason === 'excluded' ? undefined : await this.#rootOf(entry.uri);
      if (!root) continue;
      const group = byRoot.get(root.toString());
      if (group) group.entries.push(entry);
      else byRoot.set(root.toString(), { root, entries: [entry] });
    }
    for (const { root, entries: group } of byRoot.values()) {
      const ignored = await this.#git.areIgnored(
        root,
        group.map(({ uri }) => uri),
      );
      for (const [index, entry] of group.entries()) {
        const { uri, isFolder } = entry;
        const isIgnored = ignored[index] ?? (await this.#files.isIgnored(root, uri, isFolder));
        if (isIgnored !== false) reasons.set(entry, isIgnored ? 'ignored' : 'unchecked');
      }
    }
    return entries.map((entry) => reasons.get(entry));
  }

  async #byPatterns({ uri, isFolder }: Entry): Promise<'excluded' | 'unchecked' | undefined> {
    const path = pathBelow(vscode.workspace.getWorkspaceFolder(uri)?.uri, uri) + (isFolder ? '/' : '');
    if (path === '' || path === '/') return undefined;
    const ofUser = await this.#time.take(() => this.#user.test(path));
    if (ofUser === 'ignored') return 'excluded';
    const ofWorkspace = (await this.#time.spend(() => this.#workspace.test(path))) ?? 'unknown';
    if (ofWorkspace === 'ignored') return 'excluded';
    return ofUser === 'unknown' || ofWorkspace === 'unknown' ? 'unchecked' : undefined;
  }

  /** The root of the file's repository, else its workspace folder; undefined if it has neither. */
  async #rootOf(uri: vscode.Uri): Promise<vscode.Uri | undefined> {
    const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri;
    if (!folder || pathBelow(folder, uri) === '') return undefined;
    return (await this.#repositoryAround(vscode.Uri.joinPath(uri, '..'))) ?? folder;
  }

  #repositoryAround(folder: vscode.Uri): Promise<vscode.Uri | undefined> {
    const key = folder.toString();
    let root = this.#roots.get(key);
    if (!root) {
      root = exists(vscode.Uri.joinPath(folder, '.git')).then((isRoot) => {
        if (isRoot) return folder;
        const parent = vscode.Uri.joinPath(folder, '..');
        // A root is its own parent, be it `/`, `c:\` or `\\server\share\`; a relative path grows by dots.
        return parent.path.length >= folder.path.length ? undefined : this.#repositoryAround(parent);
      });
      this.#roots.set(key, root);
    }
    return root;
  }
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
