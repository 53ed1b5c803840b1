import { FallbackTransport } from './fallbackTransport.ts';
import { FetchTransport } from './fetchTransport.ts';
import type { Network, Timeouts, Transport } from './transport.ts';
import { UndiciTransport } from './undiciTransport.ts';

/** Creates a transport with its own keep-alive connections. */
export function createTransport(timeouts: Timeouts, network: Network = direct): Transport {
  switch (network.mode) {
    case 'undici':
      return new UndiciTransport(timeouts, network);
    case 'vscode':
      return new FetchTransport(timeouts, network.fetch);
    case 'auto':
      return new FallbackTransport(new UndiciTransport(timeouts, network), new FetchTransport(timeouts, network.fetch));
    default:
      return network.mode satisfies never;
  }
}

/** No proxy; Node's own authorities. */
export const direct: Network = {
  mode: 'undici',
  proxy: { proxy: '', noProxy: [], proxySupport: 'off', proxyAuthorization: '' },
  environment: {},
  authorities: async () => undefined,
  fetch: (url, options) => fetch(url, options),
};
