import * as vscode from 'vscode';
import { parseConnection, type Connection } from '../api/connection/connection.ts';
import type { Answering } from '../api/connection/localServers.ts';
import type { Provider } from '../api/connection/providers.ts';
import type { SecretSource } from '../api/request.ts';
import { requestUrl } from '../api/url.ts';
import type { Settings } from '../settings/settings.ts';
import type { Endpoints } from './endpoints.ts';

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

/** As it stands in settings.json: nothing but what differs from the defaults. */
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

/** `name`, or with the first number that makes it one that nobody has. */
export function unusedName(name: string, names: readonly string[]): string {
  let unused = name;
  for (let count = 2; names.includes(unused); count += 1) unused = `${name} ${count}`;
  return unused;
}
