import { looksLikeCredential, mapCredentials } from './plaintextCredential.ts';
import { asObject, isJsonObject } from '../../shared/json.ts';
import { fieldNames } from './connection.ts';

/**
 * The connections as they are written, without keys and without what looks like one. What is no connection is left out, and
 * what is no field of one: it may be the key that someone put there.
 */
export function exportedConnections(written: readonly unknown[]): readonly object[] {
  return written.flatMap((item) => {
    const connection = asObject(item);
    return connection ? [withoutCredentials(connection)] : [];
  });
}

function withoutCredentials(connection: Readonly<Record<string, unknown>>): object {
  const { baseUrl, extraBody } = connection;
  const headers = asObject(connection['headers']);
  return {
    ...Object.fromEntries(Object.entries(connection).filter(([name]) => fieldNames.has(name))),
    ...(typeof baseUrl === 'string' && { baseUrl: cleanUrl(baseUrl) }),
    ...(headers && { headers: Object.fromEntries(Object.entries(headers).map(referenced)) }),
    ...(isJsonObject(extraBody) && { extraBody: mapCredentials(extraBody, () => undefined) }),
  };
}

/** As it is written where nothing of it is secret. */
function cleanUrl(baseUrl: string): string {
  const url = URL.parse(baseUrl);
  if (!url) return baseUrl;
  const secret = Array.from(url.searchParams).filter(([name, value]) => looksLikeCredential(name, value));
  if (secret.length === 0 && url.username === '' && url.password === '') return baseUrl;
  for (const [name, value] of secret) url.searchParams.delete(name, value);
  url.username = '';
  url.password = '';
  return url.href;
}

/** With a reference in the place of a secret, under a name that a shell could take, made of the header's. */
function referenced([name, value]: [string, unknown]): [string, unknown] {
  return typeof value === 'string' && looksLikeCredential(name, value)
    ? [name, `\${secret:${name.replace(/\W/g, '_').replace(/^\d/, '_')}}`]
    : [name, value];
}
