import type { Translate } from '../shared/l10n.ts';
import type { WireId } from '../shared/wireId.ts';
import { providerOf } from './connection/providers.ts';

/** What decides where a request goes, and on which wire. */
export interface Target {
  readonly baseUrl: string;
  /** Absent: the URL says, else the provider. */
  readonly api?: WireId | undefined;
  readonly model?: string | undefined;
}

/** The API that a connection is asked on: by the end of its path, else as it says, else as its provider is known for. */
export function wireOf({ baseUrl, api, model = '' }: Target): WireId {
  const url = new URL(baseUrl);
  return pathWire(pathOf(url)) ?? api ?? providerOf(url)?.wireFor?.(model) ?? 'chat-completions';
}

/**
 * The URL that a connection's requests go to. A path that ends as its API's does is taken as it is, to any other the end
 * is appended; no path means `/v1` before it unless the host is known to want another. A trailing slash is ignored, a
 * query kept, a hash dropped.
 * @throws TypeError for what `checkBaseUrl` refuses.
 */
export function requestUrl(target: Target): URL {
  const url = new URL(target.baseUrl);
  const path = pathOf(url);
  const wire = wireOf(target);
  if (pathWire(path) !== undefined) url.pathname = path;
  else url.pathname = path === '' ? barePath(url, wire) : path + ends[wire];
  url.hash = '';
  return url;
}

/** Where the server lists its models, beside the URL that `requestUrl` gave. */
export function modelsUrl(request: URL): URL {
  const url = new URL(request);
  url.pathname = `${url.pathname.replace(anyEnd, '')}/models`;
  return url;
}

/** The API that the end of a base URL's path names. */
export function namedWire(baseUrl: string): WireId | undefined {
  const url = URL.parse(baseUrl);
  return url ? pathWire(pathOf(url)) : undefined;
}

/** Whether a connection asks for an API that its provider has ended. */
export function isRetired(target: Target): boolean {
  const url = URL.parse(target.baseUrl);
  return url !== null && providerOf(url)?.chatRetired === true && wireOf(target) === 'chat-completions';
}

/** Says what is wrong with a base URL and what to write instead, or nothing if it can be used. */
export function checkBaseUrl(baseUrl: string, t: Translate): string | undefined {
  const url = URL.parse(baseUrl);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || !/^\s*https?:\/\//i.test(baseUrl)) {
    return t('baseUrl must be a URL that starts with https:// or http://, for example https://api.example.com/v1.');
  }
  if (url.username !== '' || url.password !== '') {
    return t('baseUrl must not contain a user name or password. Use “Askance: Set API key” for the key.');
  }
  return undefined;
}

const ends: Readonly<Record<WireId, string>> = { 'chat-completions': '/chat/completions', responses: '/responses' };

const anyEnd = /\/(?:chat\/completions|responses|agent)$/;

function pathWire(path: string): WireId | undefined {
  if (path.endsWith('/chat/completions')) return 'chat-completions';
  return anyEnd.test(path) ? 'responses' : undefined;
}

function pathOf(url: URL): string {
  let end = url.pathname.length;
  while (url.pathname[end - 1] === '/') end -= 1;
  return url.pathname.slice(0, end);
}

function barePath(url: URL, wire: WireId): string {
  const provider = providerOf(url);
  if (provider?.barePaths) return provider.barePaths[wire];
  const path = provider ? pathOf(new URL(provider.baseUrl)) : '/v1';
  return (path === '' ? '/v1' : path) + ends[wire];
}
