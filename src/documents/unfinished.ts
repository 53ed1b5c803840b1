import { createHash, randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Anchor } from './anchor.ts';
import { unfinishedKey } from './unfinishedKey.ts';
import type { VirtualTexts } from './virtualTexts.ts';
import { showWarning } from '../window/notifications.ts';

/** Code being streamed into a file. */
interface Unfinished {
  readonly id: string;
  readonly uri: string;
  /** The range's old text. */
  readonly original: string;
  /** The new code so far. */
  readonly written: string;
  /** The range's states: lengths of the new code and of the remaining old text below it. */
  readonly states: readonly State[];
  /** The range's final text; absent while more is expected. */
  readonly final?: Fingerprint;
  /** The text around the range. */
  readonly above: Fingerprint;
  readonly below: Fingerprint;
}

/** Lengths in UTF-16 code units. */
type State = readonly [written: number, rest: number];

interface Fingerprint {
  readonly length: number;
  readonly hash: string;
}

/**
 * The record of an edit being streamed into a file. Updated before the file is changed, so that it covers every state.
 */
export interface UnfinishedEdit extends vscode.Disposable {
  /**
   * @param written The new code about to be in the range.
   * @param rest Length of the old text below it.
   */
  shows(written: string, rest: number): void;
  /** The range is about to get this text, and nothing will be provisional. */
  ends(text: string): void;
}

/** Provisional edits, remembered beyond the end of the window, which may close in the middle of one. */
export class UnfinishedEdits {
  readonly #memento: vscode.Memento;
  readonly #texts: Pick<VirtualTexts, 'compare'>;

  constructor(memento: vscode.Memento, texts: Pick<VirtualTexts, 'compare'>) {
    this.#memento = memento;
    this.#texts = texts;
  }

  /** Remembers an edit that is about to start, until the result is disposed. */
  remember({ document, offsets }: Anchor, original: string): UnfinishedEdit {
    const text = document.getText();
    const id = randomUUID();
    let edit: Unfinished = {
      id,
      uri: document.uri.toString(),
      original,
      written: '',
      states: [],
      above: fingerprint(text.slice(0, offsets.start)),
      below: fingerprint(text.slice(offsets.end)),
    };
    const become = (next: Unfinished): void => {
      edit = next;
      this.#set([...this.#others(id), edit]);
    };
    return {
      shows: (written, rest) => become({ ...edit, written, states: [...edit.states, [written.length, rest]] }),
      ends: (final) => become({ ...edit, final: fingerprint(final) }),
      dispose: () => this.#set(this.#others(id)),
    };
  }

  /** Undoes what an earlier window left in files, if certainly nobody else wrote there; notifies the user. */
  async takeBack(): Promise<void> {
    const left = this.#all;
    this.#set([]);
    for (const edit of left) await this.#takeBack(edit);
  }

  async #takeBack({ uri, original, above, below, ...edit }: Unfinished): Promise<void> {
    const document = await documentOf(vscode.Uri.parse(uri));
    const text = document?.getText();
    if (!document || text === undefined) return;
    const end = text.length - below.length;
    const isHere = isSame(text.slice(0, above.length), above) && isSame(text.slice(end), below);
    const now = text.slice(above.length, end);
    // It was withdrawn, closed without saving, or complete.
    if (isHere ? now === original || (edit.final && isSame(now, edit.final)) : !text.includes(firstOf(edit))) return;
    if (isHere && isWritten(now, original, edit)) {
      const replacement = new vscode.WorkspaceEdit();
      const range = new vscode.Range(document.positionAt(above.length), document.positionAt(end));
      replacement.replace(document.uri, range, original);
      if (await vscode.workspace.applyEdit(replacement)) return tellRestored(document);
    }
    const before = isHere ? text.slice(0, above.length) + original + text.slice(end) : original;
    void this.#offerComparison(document, before);
  }

  /** Text written by anyone since is kept. */
  async #offerComparison(document: vscode.TextDocument, before: string): Promise<void> {
    const compare = { title: vscode.l10n.t('Compare') };
    const message = vscode.l10n.t(
      'VS Code closed while Askance was editing {0}. The file was changed after that, so nothing was restored. Part of the new code may still be in it.',
      vscode.workspace.asRelativePath(document.uri),
    );
    if ((await showWarning(message, compare)) === compare) await this.#texts.compare(document, before);
  }

  #others(id: string): readonly Unfinished[] {
    return this.#all.filter((edit) => edit.id !== id);
  }

  get #all(): readonly Unfinished[] {
    const stored = this.#memento.get<unknown>(unfinishedKey);
    return Array.isArray(stored) ? stored.filter(isUnfinished) : [];
  }

  #set(all: readonly Unfinished[]): void {
    void this.#memento.update(unfinishedKey, all.length > 0 ? all : undefined);
  }
}

/** Whether the text is exactly one of the states that Askance wrote. */
function isWritten(
  text: string,
  original: string,
  { written, states }: Pick<Unfinished, 'written' | 'states'>,
): boolean {
  return states.some(
    ([length, rest]) =>
      text.length === length + rest &&
      text.startsWith(written.slice(0, length)) &&
      text.endsWith(original.slice(original.length - rest)),
  );
}

/** The beginning of the new code. */
function firstOf({ written, states }: Pick<Unfinished, 'written' | 'states'>): string {
  return written.slice(0, states[0]?.[0]);
}

function tellRestored({ uri }: vscode.TextDocument): void {
  const path = vscode.workspace.asRelativePath(uri);
  void showWarning(
    vscode.l10n.t('VS Code closed while Askance was editing {0}. The original code was restored.', path),
  );
}

/** Undefined if it no longer exists; documents without a file must be open. */
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
  const { id, uri, original, written, states, final, above, below } = value as Partial<
    Record<keyof Unfinished, unknown>
  >;
  const areTexts = [id, uri, original, written].every((text) => typeof text === 'string');
  const areStates = Array.isArray(states) && states.every(isState);
  return areTexts && areStates && isFingerprint(above) && isFingerprint(below) && (!final || isFingerprint(final));
}

function isState(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every((length) => typeof length === 'number');
}

function isFingerprint(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { length, hash } = value as Partial<Record<keyof Fingerprint, unknown>>;
  return typeof length === 'number' && typeof hash === 'string';
}
