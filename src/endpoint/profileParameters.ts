import * as vscode from 'vscode';
import type { Profile } from '../api/profile.ts';
import {
  checkParameter,
  parameterNote,
  parameters,
  parseParameter,
  type Parameter,
  type ParameterName,
  type Parameters,
} from '../shared/parameters.ts';

/** Lets the user set one parameter of a profile; the new parameters, or nothing if the user left. */
export async function askParameter(profile: Profile): Promise<Parameters | undefined> {
  const title = vscode.l10n.t('Parameters of “{0}”', profile.name);
  const items = parameters.map((parameter) => ({
    label: parameter.name,
    description: String(profile.parameters[parameter.name] ?? vscode.l10n.t('not sent')),
    detail: parameterNote(parameter, profile.penaltyRange, vscode.l10n.t),
    parameter,
  }));
  const placeHolder = vscode.l10n.t('A parameter that is not set is not sent: the server’s own default holds');
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true });
  if (!picked) return undefined;
  const text = await askValue(picked.parameter, profile, title);
  if (text === undefined) return askParameter(profile);
  return withParameter(profile.parameters, picked.parameter.name, parseParameter(text));
}

function askValue(parameter: Parameter, profile: Profile, title: string): Thenable<string | undefined> {
  const { name, documentedDefault } = parameter;
  return vscode.window.showInputBox({
    title: `${title}: ${name}`,
    value: String(profile.parameters[name] ?? ''),
    placeHolder: documentedDefault === undefined ? '' : String(documentedDefault),
    prompt: vscode.l10n.t('{0} Empty: not sent.', parameterNote(parameter, profile.penaltyRange, vscode.l10n.t)),
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === '' ? undefined : checkParameter(name, parseParameter(text), profile.penaltyRange, vscode.l10n.t),
  });
}

function withParameter({ ...set }: Parameters, name: ParameterName, value: number | undefined): Parameters {
  const { [name]: _before, ...others } = set;
  return value === undefined ? others : { ...others, [name]: value };
}
