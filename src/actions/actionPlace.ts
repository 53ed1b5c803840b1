import * as vscode from 'vscode';

/** Where an action applies: the argument that the lightbulb and the lenses pass to `askance.runAction`. */
export interface ActionPlace {
  readonly uri: vscode.Uri;
  readonly range: vscode.Range;
}

/** The kind of actions that neither fix a problem nor change code; VS Code lists them under “More Actions…”. */
export const otherKind = vscode.CodeActionKind.Empty.append('askance');
