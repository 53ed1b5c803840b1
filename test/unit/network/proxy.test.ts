import assert from 'node:assert/strict';
import { findRoute, shownProxy, type Environment, type ProxySettings, type Route } from '../../../src/network/proxy.ts';

const unset: ProxySettings = { proxy: '', noProxy: [], proxySupport: 'override', proxyAuthorization: '' };

describe('findRoute', () => {
  /** The route as a short text. */
  function route(url: string, settings: Partial<ProxySettings> = {}, environment: Environment = {}): string {
    const found = findRoute(new URL(url), { ...unset, ...settings }, environment);
    return found.kind === 'proxy' ? `${found.url.host} by ${found.source}` : `${found.kind} by ${found.source}`;
  }

  it('is direct if nothing names a proxy', () => {
    assert.equal(route('https://api.example.com/v1'), 'direct by no proxy is set');
  });

  it('prefers the setting to the environment', () => {
    const environment = { HTTPS_PROXY: 'http://other:1' };
    assert.equal(route('https://example.com', { proxy: 'http://proxy:8080' }, environment), 'proxy:8080 by http.proxy');
  });

  for (const [url, names] of [
    ['https://example.com', ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY']],
    ['http://example.com', ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY']],
  ] as const) {
    it(`uses the first of ${names.join(', ')} for ${url}`, () => {
      for (const index of names.keys()) {
        const environment = Object.fromEntries(names.slice(index).map((name) => [name, `http://${name}:1`]));
        assert.equal(route(url, {}, environment), `${names[index]?.toLowerCase()}:1 by ${names[index]}`);
      }
    });
  }

  it("doesn't use the https proxy for an http URL", () => {
    assert.equal(route('http://example.com', {}, { HTTPS_PROXY: 'http://proxy:1' }), 'direct by no proxy is set');
  });

  for (const url of [
    'http://localhost:1',
    'http://127.0.0.1',
    'http://127.8.0.1',
    'https://[::1]',
    'http://a.localhost',
  ])
    it(`bypasses the proxy for ${url}`, () => {
      assert.equal(route(url, { proxy: 'http://proxy' }, { HTTP_PROXY: 'http://proxy' }), 'direct by loopback');
    });

  it('is direct if proxies are switched off', () => {
    const settings = { proxy: 'http://proxy', proxySupport: 'off' };
    assert.equal(route('http://example.com', settings, { HTTP_PROXY: 'p' }), 'direct by http.proxySupport');
  });

  it('applies NO_PROXY only if http.noProxy is empty', () => {
    const proxy = 'http://proxy';
    const environment = { NO_PROXY: 'a.test, b.test c.test' };
    assert.equal(route('https://a.test', { proxy }, { no_proxy: 'a.test' }), 'direct by no_proxy');
    for (const name of ['a', 'b', 'c'])
      assert.equal(route(`https://${name}.test`, { proxy }, environment), 'direct by NO_PROXY');
    assert.equal(route('https://a.test', { proxy, noProxy: ['d.test'] }, environment), 'proxy by http.proxy');
    assert.equal(route('https://d.test', { proxy, noProxy: ['d.test'] }, environment), 'direct by http.noProxy');
  });

  for (const [entry, exempt, proxied] of [
    ['*', 'https://example.com', undefined],
    ['example.com', 'https://example.com', 'https://badexample.com'],
    ['example.com', 'https://api.EXAMPLE.com', 'https://example.com.evil.test'],
    ['.example.com', 'https://api.example.com', 'https://example.org'],
    ['*.example.com', 'https://example.com.', 'https://example.org'],
    ['example.com:8443', 'https://example.com:8443', 'https://example.com'],
    ['example.com:443', 'https://example.com', 'http://example.com'],
    ['example.com:80', 'http://example.com', 'https://example.com'],
    ['10.1.2.3', 'http://10.1.2.3:11434', 'http://10.1.2.30'],
    ['10.0.0.0/8', 'http://10.200.1.1', 'http://11.0.0.1'],
    ['fd00::7', 'http://[fd00::7]', 'http://[fd00::8]'],
    ['fd00::/8', 'http://[fd12::1]', 'http://[fe80::1]'],
    ['[fd00::7]:8080', 'http://[fd00::7]:8080', 'http://[fd00::7]'],
    ['10.0.0.0/99', undefined, 'http://10.0.0.1'],
    ['', undefined, 'http://example.com'],
  ] as const) {
    it(`understands the exception ${JSON.stringify(entry)}`, () => {
      const settings = { proxy: 'http://proxy', noProxy: [entry] };
      if (exempt !== undefined) assert.equal(route(exempt, settings), 'direct by http.noProxy');
      if (proxied !== undefined) assert.equal(route(proxied, settings), 'proxy by http.proxy');
    });
  }

  it('treats a proxy without a scheme as an HTTP proxy', () => {
    assert.equal(proxyOf('proxy.corp.test:3128').url.href, 'http://proxy.corp.test:3128/');
  });

  for (const value of ['ftp://proxy', 'socks4://proxy', 'http://', 'socks5://', 'a b'])
    it(`reports ${value} as unusable instead of going direct`, () => {
      assert.equal(route('https://example.com', { proxy: value }), 'unusable by http.proxy');
    });

  it('derives the authorization from credentials, encoded or not', () => {
    const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
    assert.equal(proxyOf('http://proxy').authorization, undefined);
    assert.equal(proxyOf('http://me:p%40ss@proxy').authorization, basic('me:p@ss'));
    assert.equal(proxyOf('http://me:100%@proxy').authorization, basic('me:100%'));
    assert.equal(proxyOf('http://me@proxy').authorization, basic('me:'));
    assert.equal(proxyOf('http://:p@proxy').authorization, basic(':p'));
    assert.equal(proxyOf('http://proxy', 'Basic eDp5').authorization, 'Basic eDp5');
    assert.equal(proxyOf('http://me:p@proxy', 'Basic eDp5').authorization, basic('me:p'));
  });

  it('displays a proxy without its credentials', () => {
    assert.equal(shownProxy(proxyOf('http://me:p%40ss@proxy:8080')), 'http://•••@proxy:8080');
    for (const one of ['me', ':p']) assert.equal(shownProxy(proxyOf(`http://${one}@proxy`)), 'http://•••@proxy');
    assert.equal(shownProxy(proxyOf('socks5://proxy:1080')), 'socks5://proxy:1080');
  });

  function proxyOf(proxy: string, proxyAuthorization = ''): Route & { kind: 'proxy' } {
    const found = findRoute(new URL('https://example.com'), { ...unset, proxy, proxyAuthorization }, {});
    assert.equal(found.kind, 'proxy');
    return found;
  }
});
