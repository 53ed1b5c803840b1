import type * as vscode from 'vscode';
import type { Anchor } from './anchor.ts';
import type { OffsetRange } from './offsets.ts';

/** Where a reply goes while it comes, and when it is whole. */
export interface ReplyWriter extends vscode.Disposable {
  readonly anchor: Anchor;
  /** What stood in the range before. */
  readonly original: string;
  /** How many new lines are shown. */
  readonly lineCount: number;
  /** What is left of the old lines in the file, below the new ones. */
  readonly rest: OffsetRange;
  /** Fires when the user wants no more of it. */
  readonly onDidAbandon?: vscode.Event<void>;
  /** Shows the lines that are certain by now; they only grow. */
  show(lines: readonly string[]): Promise<void>;
  /** Makes the range hold the text; false where it could not, and then nothing is left of it. */
  finish(text: string): Promise<boolean>;
  /** Puts back what stood there. */
  withdraw(): Promise<void>;
}
