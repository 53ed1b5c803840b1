import * as vscode from 'vscode';
import type { Answering } from '../api/localServers.ts';
import { parseProfile, type Profile } from '../api/profile.ts';
import type { Provider } from '../api/providers.ts';
import type { SecretSource } from '../api/request.ts';
import { completionsUrl } from '../api/url.ts';
import { keyStep } from './connectKey.ts';
import { modelStep } from './connectModel.ts';
import { providerStep, urlStep } from './connectProvider.ts';
import { showConnectionTest } from './connectionTestView.ts';
import type { Endpoints } from './endpoints.ts';
import { runSteps, type Step } from './quickSteps.ts';
import type { Settings } from '../settings.ts';
import { unusedName } from './unusedName.ts';

/** What a new profile is made of, as far as the user has chosen. */
export interface NewProfile {
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

/** Leads from nothing to an endpoint that answers: provider, key, model, test. Writes the profile and selects it. */
export async function connect(settings: Settings, endpoints: Endpoints): Promise<void> {
  void endpoints.warm();
  const tools = { settings, endpoints };
  const steps = [providerStep(), urlStep(), keyStep(tools), modelStep(tools), testStep(tools)];
  const made = await runSteps<NewProfile>(vscode.l10n.t('Connect to an endpoint'), {}, steps);
  if (!made) return;
  const written = writtenProfile(made, settings);
  if (made.apiKey !== undefined) await settings.storeApiKey(written, made.apiKey);
  await settings.writeProfiles([...settings.writtenProfiles, written]);
  await settings.selectProfile(written.name);
  await vscode.commands.executeCommand('askance.focusChat');
}

/** The profile and the secrets as they would be, for trying. */
export async function draftProfile(
  made: NewProfile,
  settings: Settings,
): Promise<{ readonly profile: Profile; readonly secret: SecretSource }> {
  const parsed = parseProfile({ ...writtenProfile(made, settings), model: made.model ?? 'any' }, vscode.l10n.t);
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join(' '));
  const stored = await settings.secretSource(parsed.profile);
  return {
    profile: parsed.profile,
    secret: (reference) => (reference.kind === 'apiKey' ? (made.apiKey ?? stored(reference)) : stored(reference)),
  };
}

function testStep({ settings, endpoints }: ConnectTools): Step<NewProfile> {
  return {
    applies: () => true,
    run: async (made, frame) => {
      const tested = { ...(await draftProfile(made, settings)), transport: endpoints.transport() };
      const end = await showConnectionTest(tested, frame, {
        passed: vscode.l10n.t('Use it'),
        failed: vscode.l10n.t('Use it all the same'),
        detail: vscode.l10n.t('Writes the profile “{0}” into your settings', tested.profile.name),
      });
      if (end.kind !== 'done') return end;
      const { includeUsage } = end.value;
      return { kind: 'done', value: { ...made, ...(includeUsage !== undefined && { includeUsage }) } };
    },
  };
}

/** As it stands in settings.json: nothing but what differs from the defaults. */
function writtenProfile(
  { provider, baseUrl = '', apiKeyEnv, model = '', includeUsage = provider?.includeUsage ?? false }: NewProfile,
  settings: Settings,
): { readonly name: string; readonly baseUrl: string; readonly model: string } {
  const names = settings.profiles.map(({ name }) => name);
  return {
    name: unusedName(provider?.name ?? completionsUrl(baseUrl).host, names),
    baseUrl,
    model,
    ...(apiKeyEnv !== undefined && { apiKeyEnv }),
    ...(includeUsage && { includeUsage }),
    ...(provider?.penaltyRange === 'wide' && { penaltyRange: 'wide' }),
  };
}
