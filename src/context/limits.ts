import * as vscode from 'vscode';

/** Largest text that is attached, in UTF-16 code units: about 300 000 tokens, more than most models' context window. */
export const largestText = 1_000_000;

export function tooLarge(path: string, length: number): Error {
  const megabytes = (length / 1_000_000).toFixed(1);
  return new Error(
    vscode.l10n.t('{0} is too large to attach ({1} million characters). Open it and select a part.', path, megabytes),
  );
}
