import * as vscode from 'vscode';

/** Where an action is to be done: what the lightbulb and the lenses hand to `askance.runAction`. */
export interface ActionPlace {
  readonly uri: vscode.Uri;
  readonly range: vscode.Range;
}

/** The kind of what neither mends a problem nor changes the code; VS Code lists it under “More Actions…”. */
export const otherKind = vscode.CodeActionKind.Empty.append('askance');
