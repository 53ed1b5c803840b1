import { createHash, randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Anchor } from './anchor.ts';
import { unfinishedKey } from './unfinishedKey.ts';
import { showWarning } from '../window/notifications.ts';

/** Code that has begun to stream into a file. */
interface Unfinished {
  readonly id: string;
  readonly uri: string;
  /** What stood in the range before. */
  readonly original: string;
  /** How the new code began. */
  readonly first: string;
  /** What stands around the range. */
  readonly above: Fingerprint;
  readonly below: Fingerprint;
}

interface Fingerprint {
  readonly length: number;
  readonly hash: string;
}

/** What is provisional in files, remembered beyond the end of the window, which may come before that of the code. */
export class UnfinishedEdits {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  /** Remembers an edit whose first lines stand in the file, until what is returned is disposed. */
  remember({ document, offsets }: Anchor, original: string, first: string): vscode.Disposable {
    const text = document.getText();
    const edit: Unfinished = {
      id: randomUUID(),
      uri: document.uri.toString(),
      original,
      first,
      above: fingerprint(text.slice(0, offsets.start)),
      below: fingerprint(text.slice(offsets.end)),
    };
    this.#set([...this.#all, edit]);
    return new vscode.Disposable(() => this.#set(this.#all.filter(({ id }) => id !== edit.id)));
  }

  /** Takes back what an earlier window left in files, where it is certain what that is; the user is told. */
  async takeBack(): Promise<void> {
    const left = this.#all;
    this.#set([]);
    for (const edit of left) await takeBack(edit);
  }

  get #all(): readonly Unfinished[] {
    const stored = this.#memento.get<unknown>(unfinishedKey);
    return Array.isArray(stored) ? stored.filter(isUnfinished) : [];
  }

  #set(all: readonly Unfinished[]): void {
    void this.#memento.update(unfinishedKey, all.length > 0 ? all : undefined);
  }
}

async function takeBack({ uri, original, first, above, below }: Unfinished): Promise<void> {
  const document = await documentOf(vscode.Uri.parse(uri));
  const text = document?.getText();
  if (!document || text === undefined) return;
  const end = text.length - below.length;
  const written = text.slice(above.length, end);
  const isHere = isSame(text.slice(0, above.length), above) && isSame(text.slice(end), below);
  if (isHere ? written === original || !written.startsWith(first) : !text.includes(first)) {
    // It was taken back or closed without a save.
    return;
  }
  const path = vscode.workspace.asRelativePath(document.uri);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(above.length), document.positionAt(end)), original);
  const message =
    isHere && (await vscode.workspace.applyEdit(edit))
      ? vscode.l10n.t(
          'VS Code ended while Askance was writing to {0}. What stood there before stands there again.',
          path,
        )
      : vscode.l10n.t('VS Code ended while Askance was writing to {0}. Half of the code may be left there.', path);
  void showWarning(message);
}

/** Undefined where there is none any more; of what has no file, only what is open. */
async function documentOf(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open || uri.scheme === 'untitled' || uri.scheme === 'vscode-notebook-cell') return open;
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}

function fingerprint(text: string): Fingerprint {
  return { length: text.length, hash: createHash('sha256').update(text).digest('base64') };
}

function isSame(text: string, { length, hash }: Fingerprint): boolean {
  return text.length === length && fingerprint(text).hash === hash;
}

function isUnfinished(value: unknown): value is Unfinished {
  if (typeof value !== 'object' || value === null) return false;
  const { id, uri, original, first, above, below } = value as Partial<Record<keyof Unfinished, unknown>>;
  const areTexts = [id, uri, original, first].every((text) => typeof text === 'string');
  return areTexts && isFingerprint(above) && isFingerprint(below);
}

function isFingerprint(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { length, hash } = value as Partial<Record<keyof Fingerprint, unknown>>;
  return typeof length === 'number' && typeof hash === 'string';
}
