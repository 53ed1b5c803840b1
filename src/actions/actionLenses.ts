import * as vscode from 'vscode';
import type { Action } from '../prompt/actions.ts';
import type { ActionPlace } from './actionPlace.ts';
import { definitions } from '../context/symbols.ts';

/** Actions above each function and class of the document. */
export async function actionLenses(
  actions: readonly Action[],
  document: vscode.TextDocument,
): Promise<readonly vscode.CodeLens[]> {
  const shown = actions.filter(({ id }) => shownIds.has(id));
  return (await definitions(document)).flatMap(({ range, selectionRange }) => {
    const place: ActionPlace = { uri: document.uri, range };
    const lens = (title: string, argument: object) =>
      new vscode.CodeLens(selectionRange, { title, command: 'askance.runAction', arguments: [argument] });
    const more = lens(vscode.l10n.t('More…'), place);
    return [...shown.map(({ id, title }) => lens(title, { id, ...place })), more];
  });
}

/** The others are under “More…”. */
const shownIds: ReadonlySet<string> = new Set(['explain', 'addComments', 'writeTests']);
