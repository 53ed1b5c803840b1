import * as vscode from 'vscode';
import { requestUrl } from '../api/url.ts';
import { draftConnection, type ConnectTools, type NewConnection } from './newConnection.ts';
import { keyIn } from '../api/pastedKey.ts';
import { checkKey } from './keyCheck.ts';
import { showStep, type Step } from './multiStepInput.ts';
import { createInput } from '../window/pickers.ts';

/** The key or its environment variable; skipped if a local server answered without one. */
export function keyStep({ settings }: ConnectTools): Step<NewConnection> {
  return {
    applies: ({ found }) => found?.asksForKey ?? true,
    run: async (made, frame) => {
      const { origin } = requestUrl({ baseUrl: made.baseUrl ?? '' });
      const { secret } = await draftConnection(made, settings);
      const hasKey = secret({ kind: 'apiKey' }) !== undefined;
      const { apiKey: _key, apiKeyEnv: _variable, ...unkeyed } = made;
      const stored = await draftConnection(unkeyed, settings);
      const hasStored = stored.secret({ kind: 'apiKey' }) !== undefined;
      const input = createInput();
      input.password = true;
      input.placeholder = hasKey
        ? vscode.l10n.t('Leave empty to use the stored key')
        : vscode.l10n.t('Leave empty if no key is needed');
      input.prompt = vscode.l10n.t(
        "API key for {0}. VS Code stores it, and it's sent only to this address. To use an environment variable, enter {1}.",
        origin,
        '$NAME',
      );
      const keysUrl = made.provider?.keysUrl;
      if (keysUrl !== undefined) input.buttons = [keysButton(keysUrl)];
      const end = await showStep<NewConnection>(input, frame, (enter) => {
        input.onDidTriggerButton((button) => {
          if (keysUrl !== undefined && 'opensKeys' in button) void vscode.env.openExternal(vscode.Uri.parse(keysUrl));
        });
        input.onDidChangeValue((value) => {
          const variable = hasStored ? variableName(value.trim()) : undefined;
          input.validationMessage = variable === undefined ? checkKey(keyIn(value)) : storedFirst(variable);
        });
        input.onDidAccept(() => {
          if (checkKey(keyIn(input.value)) === undefined) enter(withKey(made, keyIn(input.value)));
        });
      });
      return end;
    },
  };
}

function withKey({ apiKey, apiKeyEnv, ...made }: NewConnection, value: string): NewConnection {
  const variable = variableName(value);
  if (variable !== undefined) return { ...made, apiKeyEnv: variable };
  if (value !== '') return { ...made, apiKey: value };
  return { ...made, ...(apiKey !== undefined && { apiKey }), ...(apiKeyEnv !== undefined && { apiKeyEnv }) };
}

function variableName(value: string): string | undefined {
  return /^\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?$/.exec(value)?.[1];
}

/** Warns that the variable wouldn't be read because a key is stored. */
function storedFirst(name: string): vscode.InputBoxValidationMessage {
  const message = vscode.l10n.t(
    'A stored key for this address is used instead of {0}. To delete it, run “Askance: Delete API key”.',
    name,
  );
  return { message, severity: vscode.InputBoxValidationSeverity.Warning };
}

function keysButton(url: string): vscode.QuickInputButton & { readonly opensKeys: true } {
  const tooltip = vscode.l10n.t('Get an API key at {0}', new URL(url).host);
  return { iconPath: new vscode.ThemeIcon('link-external'), tooltip, opensKeys: true };
}
