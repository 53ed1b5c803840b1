import * as vscode from 'vscode';
import { changesName } from './changesName.ts';
import { openEditors } from './openEditors.ts';
import { isMeant, rankByPath } from './rank.ts';
import { sourceId, type ContextSource } from './source.ts';
import type { WorkspaceEntry } from './workspaceFiles.ts';
import { baseName, displayPath } from './displayPath.ts';
import { gitRepositories, type GitRepository } from './git.ts';
import type { Settings } from '../settings/settings.ts';
import { fold } from '../shared/characters.ts';
import type { CompletionItem, ContextKind } from '../shared/protocol.ts';
import { plural } from '../shared/plural.ts';

/** Most items offered at a time. */
const mostItems = 50;
/** Shortest query, in characters, for which a large workspace is searched. */
const shortest = 2;

/** The `#` completions: the kinds of context available now, and the workspace's files and folders. */
export class ContextCompletions {
  readonly #settings: Settings;
  #entries: readonly WorkspaceEntry[] = [];
  /** Whether the entries are complete. */
  #isWhole = true;
  #repositories: readonly GitRepository[] = [];
  #query = '';

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /**
   * Offers what is known at once, and again once the workspace has been searched. The search runs each time the popup
   * opens, so it finds the current files.
   */
  async complete(
    query: string,
    offer: (query: string, items: readonly CompletionItem[], isComplete: boolean) => void,
  ): Promise<void> {
    this.#query = query;
    const isKnown = query !== '' && this.#entries.length > 0;
    const isFinal = isKnown && (this.#isWhole || query.length < shortest);
    offer(query, this.#items(query), isFinal);
    if (isFinal) return;
    if (!isKnown) await this.refresh();
    if (!this.#isWhole && query.length >= shortest) await this.#search(query);
    offer(this.#query, this.#items(this.#query), true);
  }

  /** Searches the workspace. */
  async refresh(): Promise<void> {
    const [{ Exclusions }, { workspaceEntries }] = await Promise.all([
      import('./exclusions.ts'),
      import('./workspaceFiles.ts'),
    ]);
    const [{ entries, isWhole }, repositories] = await Promise.all([
      workspaceEntries(new Exclusions(this.#settings.exclude)),
      gitRepositories(),
    ]);
    this.#entries = entries;
    this.#isWhole = isWhole;
    this.#repositories = repositories;
  }

  /** Adds files beyond the limit. */
  async #search(query: string): Promise<void> {
    const [{ Exclusions }, { matchingEntries }] = await Promise.all([
      import('./exclusions.ts'),
      import('./workspaceFiles.ts'),
    ]);
    const found = await matchingEntries(query, new Exclusions(this.#settings.exclude));
    const known = new Set(this.#entries.map(({ uri }) => uri.toString()));
    this.#entries = [...this.#entries, ...found.filter(({ uri }) => !known.has(uri.toString()))];
  }

  /** All items, for a list that filters on its own. */
  get all(): readonly CompletionItem[] {
    return [...this.#kinds(), ...this.#entries.map((entry) => entryItem(entry))];
  }

  #items(query: string): readonly CompletionItem[] {
    const kinds = this.#kinds().filter(({ id, label }) => matches(query, id, label));
    const entries = rankByPath(query, query === '' ? openFiles() : this.#entries, mostItems - kinds.length);
    return [...kinds, ...entries.map((entry) => entryItem(entry, query))];
  }

  #kinds(): readonly CompletionItem[] {
    const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
    const editors = openEditors().length;
    const items = editor
      ? [
          item({ kind: 'selection' }, 'code', vscode.l10n.t('Selection'), placeOf(editor)),
          ...problemItems(editor.document.uri),
        ]
      : [];
    if (editors > 0) {
      const count = plural(editors, vscode.l10n.t('1 file'), vscode.l10n.t('{0} files', editors));
      items.push(item({ kind: 'openEditors' }, 'file', vscode.l10n.t('Open editors'), count));
    }
    for (const { rootUri: uri } of this.#repositories) {
      for (const kind of ['stagedChanges', 'workingChanges'] as const) {
        items.push(item({ kind, uri }, kind, changesName(kind), baseName(uri)));
      }
    }
    const { activeTerminal } = vscode.window;
    if (activeTerminal) {
      items.push(item({ kind: 'terminal' }, 'terminal', vscode.l10n.t('Terminal selection'), activeTerminal.name));
    }
    return items;
  }
}

function problemItems(uri: vscode.Uri): readonly CompletionItem[] {
  const { length } = vscode.languages.getDiagnostics(uri);
  if (length === 0) return [];
  return [item({ kind: 'problems', uri }, 'problems', vscode.l10n.t('Problems'), `${displayPath(uri)} (${length})`)];
}

function openFiles(): readonly WorkspaceEntry[] {
  return openEditors().map((uri) => ({ kind: 'file', uri, path: displayPath(uri) }));
}

function entryItem({ kind, uri, path }: WorkspaceEntry, query = ''): CompletionItem {
  const detail = path === baseName(uri) ? '' : path;
  return { ...item({ kind, uri }, kind, baseName(uri), detail), meant: isMeant(query, path) };
}

function item(source: ContextSource, icon: ContextKind, label: string, detail: string): CompletionItem {
  return { id: sourceId(source), icon, label, detail, meant: true };
}

/** `intervals.ts:11-13`, or only the file if nothing is selected. */
function placeOf({ document, selection }: vscode.TextEditor): string {
  const path = displayPath(document.uri);
  if (selection.isEmpty) return path;
  const [start, end] = [selection.start.line + 1, selection.end.line + 1];
  return start === end ? `${path}:${start}` : `${path}:${start}-${end}`;
}

/** Whether the query matches the kind's English or translated name. */
function matches(query: string, id: string, label: string): boolean {
  const wanted = fold(query);
  return id
    .split(' ', 1)
    .concat(label)
    .some((name) => fold(name).includes(wanted));
}
