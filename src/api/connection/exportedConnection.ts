import type { Translate } from '../../shared/l10n.ts';
import { concealed } from '../mask.ts';
import {
  holdsCredential,
  looksLikeCredential,
  mapCredentials,
  withoutCredentials,
  withoutUrlCredentials,
} from './plaintextCredential.ts';
import { asObject, isJsonObject } from '../../shared/json.ts';
import { parseConnection } from './connection.ts';

/**
 * The connections as they are written, without keys and without what looks like one. What could not be used is left out,
 * field by field: it may be the key that someone put there.
 */
export function exportedConnections(written: readonly unknown[], t: Translate): readonly object[] {
  return written.flatMap((item) => exportedConnection(asObject(item) ?? {}, t) ?? []);
}

/** Undefined where it leads nowhere: without a name, a model or an address. */
function exportedConnection(written: Readonly<Record<string, unknown>>, t: Translate): object | undefined {
  const { name, baseUrl, model, ...others } = written;
  const needed = { name: clean(name), baseUrl: cleanUrl(baseUrl), model: clean(model) };
  const isUsable = (fields: object): boolean => parseConnection({ ...needed, ...fields }, t).kind === 'connection';
  if (!isUsable({})) return undefined;
  const optional = Object.entries(others).flatMap(([field, value]): [string, unknown][] => {
    const kept = field === 'headers' || field === 'parameters' ? asObject(value) : undefined;
    const shown = kept
      ? Object.fromEntries(
          Object.entries(kept)
            .map((entry) => (field === 'headers' ? referenced(entry) : entry))
            .filter(([key, each]) => !holdsCredential(key) && isUsable({ [field]: { [key]: each } })),
        )
      : cleanField(field, value);
    return shown !== undefined && isUsable({ [field]: shown }) ? [[field, shown]] : [];
  });
  // In the order in which they are written.
  const fields = { ...Object.fromEntries(optional), ...needed };
  return Object.fromEntries(
    Object.keys(written).flatMap((key) => (key in fields ? [[key, Reflect.get(fields, key)]] : [])),
  );
}

/** Undefined where it is to be left out. */
function cleanField(field: string, value: unknown): unknown {
  if (field === 'apiKeyEnv') return typeof value === 'string' && !holdsCredential(value) ? value : undefined;
  if (field === 'extraBody') return isJsonObject(value) ? mapCredentials(value, () => undefined) : undefined;
  return clean(value);
}

function clean(value: unknown): unknown {
  return typeof value === 'string' ? withoutCredentials(value, concealed) : value;
}

/** As it is written where nothing of it is secret. A hash is never sent, and a user name is a credential. */
function cleanUrl(value: unknown): unknown {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (!url) return undefined;
  const secret = Array.from(url.searchParams).filter(
    ([name, text]) => /^code$/i.test(name) || looksLikeCredential(name, text),
  );
  const path = url.pathname.split('/');
  if (secret.length + url.username.length + url.password.length + url.hash.length === 0 && !path.some(holdsCredential))
    return value;
  for (const [name, text] of secret) url.searchParams.delete(name, text);
  return withoutUrlCredentials(url.href, concealed);
}

/** With a reference in the place of a secret, under a name that a shell could take, made of the header's. */
function referenced([name, value]: [string, unknown]): [string, unknown] {
  return typeof value === 'string' && looksLikeCredential(name, value)
    ? [name, `\${secret:${name.replace(/\W/g, '_').replace(/^\d/, '_')}}`]
    : [name, value];
}
