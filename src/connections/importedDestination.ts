import type { Connection } from '../api/connection/connection.ts';
import { references } from '../api/references.ts';
import type { SecretSource } from '../api/request.ts';
import { requestUrl } from '../api/url.ts';
import type { Translate } from '../shared/l10n.ts';
import { oneLine } from '../window/literal.ts';

/** In UTF-16 code units: a longer name or address would push others out of the dialog. */
const longestName = 60;
const longestAddress = 200;

/**
 * One line about an imported connection: its address, the secrets that would be sent there, then its name. The name
 * comes last and on one line, so that it can't pass for an address.
 * @param stored The secrets stored for the connection's origin.
 */
export function importedDestination(connection: Connection, stored: SecretSource, t: Translate): string {
  const { baseUrl, headers, apiKeyEnv } = connection;
  const { href, origin } = requestUrl({ baseUrl });
  const named = Object.values(headers).flatMap((value) => references(value));
  const taken = new Set([
    ...(stored({ kind: 'apiKey' }) === undefined ? [] : [t('the stored key for {0}', origin)]),
    ...named.flatMap((reference) => {
      if (reference.kind === 'env') return [t('environment variable {0}', reference.name)];
      const isStored = reference.kind === 'secret' && stored(reference) !== undefined;
      return isStored ? [t('the stored secret {0}', reference.name)] : [];
    }),
    ...(apiKeyEnv === undefined ? [] : [t('environment variable {0}', apiKeyEnv)]),
  ]);
  const address = oneLine(href, longestAddress);
  const place = taken.size === 0 ? address : t('{0}, with {1}', address, [...taken].join(', '));
  return `${place} · “${importedName(connection)}”`;
}

/** The name under which a connection is added. */
export function importedName({ name }: Pick<Connection, 'name'>): string {
  return oneLine(name, longestName);
}
