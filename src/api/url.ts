import type { Translate } from '../shared/l10n.ts';
import { providerOf } from './connection/providers.ts';

/**
 * The URL that a connection's requests go to. A path that ends in `/chat/completions` is taken as it is, to any other it is
 * appended; no path means `/v1/chat/completions` unless the host is known to want another. A trailing slash is ignored,
 * a query kept, a hash dropped.
 * @throws TypeError for what `checkBaseUrl` refuses.
 */
export function completionsUrl(baseUrl: string): URL {
  const url = new URL(baseUrl);
  const path = url.pathname.replace(/(^|[^/])\/+$/, '$1');
  if (!path.endsWith(endpoint))
    url.pathname = path === '' ? (providerOf(url)?.barePath ?? `/v1${endpoint}`) : path + endpoint;
  else url.pathname = path;
  url.hash = '';
  return url;
}

/** Where the server lists its models, beside the URL that `completionsUrl` gave. */
export function modelsUrl(completions: URL): URL {
  const url = new URL(completions);
  url.pathname = `${url.pathname.slice(0, -endpoint.length)}/models`;
  return url;
}

/** Says what is wrong with a base URL and what to write instead, or nothing if it can be used. */
export function checkBaseUrl(baseUrl: string, t: Translate): string | undefined {
  const url = URL.parse(baseUrl);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || !/^\s*https?:\/\//i.test(baseUrl)) {
    return t('baseUrl must be a URL that starts with https:// or http://, for instance https://api.example.com/v1.');
  }
  if (url.username !== '' || url.password !== '') {
    return t('baseUrl must not contain a user name or password. Use “Askance: Set API key” for the key.');
  }
  return undefined;
}

const endpoint = '/chat/completions';
