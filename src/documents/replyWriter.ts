import type * as vscode from 'vscode';
import type { Anchor } from './anchor.ts';
import type { OffsetRange } from './offsets.ts';

/** Receives a reply while it streams and when it is complete. */
export interface ReplyWriter extends vscode.Disposable {
  readonly anchor: Anchor;
  /** The range's old text. */
  readonly original: string;
  /** Number of new lines shown. */
  readonly lineCount: number;
  /** The remaining old lines in the file, below the new ones. */
  readonly rest: OffsetRange;
  /** Fires when the user abandons it. */
  readonly onDidAbandon?: vscode.Event<void>;
  /** Shows the lines that are certain so far; they only grow. */
  show(lines: readonly string[]): Promise<void>;
  /** Puts the text into the range; false if that failed, and then nothing of it is left. */
  finish(text: string): Promise<boolean>;
  /** Restores the old text. */
  withdraw(): Promise<void>;
}
