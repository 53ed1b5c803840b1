import * as vscode from 'vscode';
import type { Connection } from '../api/connection/connection.ts';
import {
  checkParameter,
  parameterNote,
  parameters,
  parseParameter,
  type Parameter,
  type ParameterName,
  type Parameters,
} from '../shared/parameters.ts';
import { askText, pickOne } from '../window/pickers.ts';

/** Lets the user set one parameter of a connection. Returns the new parameters, or undefined if cancelled. */
export async function askParameter(connection: Connection): Promise<Parameters | undefined> {
  const title = vscode.l10n.t('Model parameters of “{0}”', connection.name);
  const items = parameters.map((parameter) => ({
    label: parameter.name,
    description: String(connection.parameters[parameter.name] ?? vscode.l10n.t('not sent')),
    detail: parameterNote(parameter, connection.penaltyRange, vscode.l10n.t),
    parameter,
  }));
  const placeHolder = vscode.l10n.t("Parameters you don't set aren't sent. The server uses its defaults.");
  const picked = await pickOne(items, { title, placeHolder, ignoreFocusOut: true });
  if (!picked) return undefined;
  const text = await askValue(picked.parameter, connection, title);
  if (text === undefined) return askParameter(connection);
  return withParameter(connection.parameters, picked.parameter.name, parseParameter(text));
}

function askValue(parameter: Parameter, connection: Connection, title: string): Promise<string | undefined> {
  const { name, documentedDefault } = parameter;
  return askText({
    title: `${title}: ${name}`,
    value: String(connection.parameters[name] ?? ''),
    placeHolder: documentedDefault === undefined ? '' : String(documentedDefault),
    prompt: vscode.l10n.t(
      "{0} If empty, it isn't sent.",
      parameterNote(parameter, connection.penaltyRange, vscode.l10n.t),
    ),
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === ''
        ? undefined
        : checkParameter(name, parseParameter(text), connection.penaltyRange, vscode.l10n.t),
  });
}

function withParameter({ ...set }: Parameters, name: ParameterName, value: number | undefined): Parameters {
  const { [name]: _before, ...others } = set;
  return value === undefined ? others : { ...others, [name]: value };
}
