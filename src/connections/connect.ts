import * as vscode from 'vscode';
import type { Answering } from '../api/connection/localServers.ts';
import { parseConnection, type Connection } from '../api/connection/connection.ts';
import type { Provider } from '../api/connection/providers.ts';
import type { SecretSource } from '../api/request.ts';
import { completionsUrl } from '../api/url.ts';
import { keyStep } from './connectKey.ts';
import { modelStep } from './connectModel.ts';
import { providerStep, urlStep } from './connectProvider.ts';
import { showConnectionTest } from './connectionTestView.ts';
import type { Endpoints } from './endpoints.ts';
import { runSteps, type Step } from './multiStepInput.ts';
import type { Settings } from '../settings/settings.ts';
import { unusedName } from './unusedName.ts';

/** What a new connection is made of, as far as the user has chosen. */
export interface NewConnection {
  readonly provider?: Provider;
  /** What the server says, where it is on this machine. */
  readonly found?: Answering;
  /** Whether the URL is typed in a step of its own. */
  readonly typesUrl?: boolean;
  readonly baseUrl?: string;
  readonly apiKey?: string;
  readonly apiKeyEnv?: string;
  readonly model?: string;
  /** As the test found out. */
  readonly includeUsage?: boolean;
}

/** What the steps ask and try things with. */
export interface ConnectTools {
  readonly settings: Settings;
  readonly endpoints: Endpoints;
}

/** Leads from nothing to an endpoint that answers: provider, key, model, test. Writes the connection and selects it. */
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

/** The connection and the secrets as they would be, for trying. */
export async function draftConnection(
  made: NewConnection,
  settings: Settings,
): Promise<{ readonly connection: Connection; readonly secret: SecretSource }> {
  const parsed = parseConnection({ ...writtenConnection(made, settings), model: made.model ?? 'any' }, vscode.l10n.t);
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join(' '));
  const stored = await settings.secretSource(parsed.connection);
  return {
    connection: parsed.connection,
    secret: (reference) => (reference.kind === 'apiKey' ? (made.apiKey ?? stored(reference)) : stored(reference)),
  };
}

function testStep({ settings, endpoints }: ConnectTools): Step<NewConnection> {
  return {
    applies: () => true,
    run: async (made, frame) => {
      const tested = { ...(await draftConnection(made, settings)), transport: endpoints.transport() };
      const end = await showConnectionTest(tested, frame, {
        passed: vscode.l10n.t('Use it'),
        failed: vscode.l10n.t('Use it all the same'),
        detail: vscode.l10n.t('Writes the connection “{0}” into your settings', tested.connection.name),
      });
      if (end.kind !== 'done') return end;
      const { includeUsage } = end.value;
      return { kind: 'done', value: { ...made, ...(includeUsage !== undefined && { includeUsage }) } };
    },
  };
}

/** As it stands in settings.json: nothing but what differs from the defaults. */
function writtenConnection(
  { provider, baseUrl = '', apiKeyEnv, model = '', includeUsage = provider?.includeUsage ?? false }: NewConnection,
  settings: Settings,
): { readonly name: string; readonly baseUrl: string; readonly model: string } {
  const names = settings.connections.map(({ name }) => name);
  return {
    name: unusedName(provider?.name ?? completionsUrl(baseUrl).host, names),
    baseUrl,
    model,
    ...(apiKeyEnv !== undefined && { apiKeyEnv }),
    ...(includeUsage && { includeUsage }),
    ...(provider?.penaltyRange === 'wide' && { penaltyRange: 'wide' }),
  };
}
