import * as vscode from 'vscode';
import { parseConnection, type Connection } from '../api/connection/connection.ts';
import type { ProbeResult } from '../api/connection/localServers.ts';
import type { Provider } from '../api/connection/providers.ts';
import type { SecretSource } from '../api/request.ts';
import { requestUrl } from '../api/url.ts';
import type { Settings } from '../settings/settings.ts';
import type { Endpoints } from './endpoints.ts';

/** The choices made so far for a new connection. */
export interface NewConnection {
  readonly provider?: Provider;
  /** The probe result of a local server. */
  readonly found?: ProbeResult;
  /** Whether the URL is typed in its own step. */
  readonly typesUrl?: boolean;
  readonly baseUrl?: string;
  readonly apiKey?: string;
  readonly apiKeyEnv?: string;
  readonly model?: string;
  /** As determined by the test. */
  readonly includeUsage?: boolean;
}

/** Dependencies of the steps. */
export interface ConnectTools {
  readonly settings: Settings;
  readonly endpoints: Endpoints;
}

/** The connection and secrets as they would be, for testing. */
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

/** The item for settings.json, without default values. */
export function writtenConnection(
  { provider, baseUrl = '', apiKeyEnv, model = '', includeUsage = provider?.includeUsage ?? false }: NewConnection,
  settings: Settings,
): { readonly name: string; readonly baseUrl: string; readonly model: string } {
  const names = settings.connections.map(({ name }) => name);
  return {
    name: unusedName(provider?.name ?? requestUrl({ baseUrl }).host, names),
    baseUrl,
    model,
    ...(apiKeyEnv !== undefined && { apiKeyEnv }),
    ...(includeUsage && { includeUsage }),
    ...(provider?.penaltyRange === 'wide' && { penaltyRange: 'wide' }),
  };
}

/** `name`, with the first number appended that makes it unique. */
export function unusedName(name: string, names: readonly string[]): string {
  let unused = name;
  for (let count = 2; names.includes(unused); count += 1) unused = `${name} ${count}`;
  return unused;
}
