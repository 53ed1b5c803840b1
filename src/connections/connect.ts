import * as vscode from 'vscode';
import { keyStep } from './connectKey.ts';
import { modelStep } from './connectModel.ts';
import { providerStep, urlStep } from './connectProvider.ts';
import { showConnectionTest } from './connectionTestView.ts';
import type { Endpoints } from './endpoints.ts';
import { runSteps, type Step } from './multiStepInput.ts';
import { draftConnection, writtenConnection, type ConnectTools, type NewConnection } from './newConnection.ts';
import type { Settings } from '../settings/settings.ts';

/** Guides the user to a working endpoint: provider, key, model, test. Writes the connection and selects it. */
export async function connect(settings: Settings, endpoints: Endpoints): Promise<void> {
  void endpoints.warm();
  const tools = { settings, endpoints };
  const steps = [providerStep(), urlStep(), keyStep(tools), modelStep(tools), testStep(tools)];
  const made = await runSteps<NewConnection>(vscode.l10n.t('Connect to an endpoint'), {}, steps);
  if (!made) return;
  const written = writtenConnection(made, settings);
  if (made.apiKey !== undefined) await settings.storeApiKey(written, made.apiKey);
  await settings.writeConnections([...settings.writtenConnections, written]);
  await settings.selectConnection(written.name);
  await vscode.commands.executeCommand('askance.focusChat');
}

function testStep({ settings, endpoints }: ConnectTools): Step<NewConnection> {
  return {
    applies: () => true,
    run: async (made, frame) => {
      const tested = { ...(await draftConnection(made, settings)), transport: await endpoints.transport() };
      const end = await showConnectionTest(tested, frame, {
        passed: vscode.l10n.t('Use connection'),
        failed: vscode.l10n.t('Use anyway'),
        detail: vscode.l10n.t('Saves the connection “{0}” in your settings', tested.connection.name),
      });
      if (end.kind !== 'done') return end;
      const { includeUsage } = end.value;
      return { kind: 'done', value: { ...made, ...(includeUsage !== undefined && { includeUsage }) } };
    },
  };
}
