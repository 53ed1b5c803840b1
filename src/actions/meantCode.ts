import * as vscode from 'vscode';
import type { Capture, Captured } from '../context/selection.ts';

/** The captured code for an action. Throws one sentence if there is none. */
export function meantCode(capture: Capture): readonly [Captured, ...Captured[]] {
  if (capture.kind === 'nothing') throw new Error(capture.reason);
  const [first, ...others] = capture.captured;
  if (first) return [first, ...others];
  throw new Error(vscode.l10n.t("There's no code here. Select some."));
}
