import { bareHost, isExempt } from './noProxy.ts';

/** VS Code's proxy settings, from `http.*`. */
export interface ProxySettings {
  readonly proxy: string;
  readonly noProxy: readonly string[];
  readonly proxySupport: string;
  /** `Proxy-Authorization` for a proxy whose URL has no credentials. */
  readonly proxyAuthorization: string;
}

export interface ProxyRoute {
  readonly kind: 'proxy';
  /** The scheme is http, https, socks, socks5 or socks5h. May contain credentials: never show it. */
  readonly url: URL;
  /** The setting or variable that names the proxy. */
  readonly source: string;
  /** The value of `Proxy-Authorization`. */
  readonly authorization: string | undefined;
}

/** How a URL is reached, and the setting or variable that decided it. */
export type Route =
  | { readonly kind: 'direct'; readonly source: string }
  | ProxyRoute
  /** The proxy setting or variable isn't a valid proxy URL. */
  | { readonly kind: 'unusable'; readonly source: string };

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Finds the route as VS Code does: loopback directly, else `http.proxy`, else the environment. `http.noProxy` exempts
 * from both; `NO_PROXY` applies only if it is empty.
 */
export function findRoute(target: URL, settings: ProxySettings, environment: Environment): Route {
  // Local servers print the address that they listen at, which means any of this machine.
  if (isLoopback(target) || target.hostname === '0.0.0.0') return { kind: 'direct', source: 'loopback' };
  if (settings.proxySupport === 'off') return { kind: 'direct', source: 'http.proxySupport' };
  const exceptions = findExceptions(settings, environment);
  if (isExempt(target, exceptions.entries)) return { kind: 'direct', source: exceptions.source };
  const found = findProxy(target, settings, environment);
  return found ? proxyRoute(found, settings.proxyAuthorization) : { kind: 'direct', source: 'no proxy is set' };
}

export function isSocks({ url }: ProxyRoute): boolean {
  return url.protocol.startsWith('socks');
}

/** The proxy's URL for display, without credentials. */
export function shownProxy({ url }: ProxyRoute): string {
  return `${url.protocol}//${url.username === '' && url.password === '' ? '' : '•••@'}${url.host}`;
}

interface Found {
  readonly value: string;
  readonly source: string;
}

/** RFC 6761, 6.3: names below localhost are loopback, too. */
export function isLoopback(target: URL): boolean {
  return isExempt(target, ['localhost', '127.0.0.0/8', '::1']);
}

function findExceptions(
  { noProxy }: ProxySettings,
  environment: Environment,
): { entries: readonly string[]; source: string } {
  if (noProxy.length > 0) return { entries: noProxy, source: 'http.noProxy' };
  const found = firstSet(['no_proxy', 'NO_PROXY'], environment);
  return { entries: found?.value.split(/[\s,]+/) ?? [], source: found?.source ?? '' };
}

function findProxy(target: URL, { proxy }: ProxySettings, environment: Environment): Found | undefined {
  if (proxy.trim() !== '') return { value: proxy.trim(), source: 'http.proxy' };
  const secure = target.protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : [];
  return firstSet([...secure, 'http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'], environment);
}

function firstSet(names: readonly string[], environment: Environment): Found | undefined {
  for (const source of names) {
    const value = environment[source]?.trim();
    if (value) return { value, source };
  }
  return undefined;
}

function proxyRoute({ value, source }: Found, proxyAuthorization: string): Route {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`);
  if (!url || !/^(?:https?|socks(?:5h?)?):$/.test(url.protocol) || bareHost(url.hostname) === '') {
    return { kind: 'unusable', source };
  }
  const authorization = basicAuthorization(url) ?? (proxyAuthorization === '' ? undefined : proxyAuthorization);
  return { kind: 'proxy', url, source, authorization };
}

/** RFC 7617, 2. */
function basicAuthorization(url: URL): string | undefined {
  if (url.username === '' && url.password === '') return undefined;
  const { user, password } = credentials(url);
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** A password may contain an unencoded `%`. */
export function credentials({ username, password }: URL): { user: string; password: string } {
  return { user: decoded(username), password: decoded(password) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
