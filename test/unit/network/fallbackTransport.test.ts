import assert from 'node:assert/strict';
import { FallbackTransport } from '../../../src/network/fallbackTransport.ts';
import { ProxyError } from '../../../src/network/proxyError.ts';
import type { HttpResponse, Transport } from '../../../src/network/transport.ts';
import { TransportError } from '../../../src/network/transportError.ts';

const never = new AbortController().signal;
const request = { url: 'https://a.test/v1', headers: {}, body: '' };
const unreached = new TransportError('connect', { cause: new Error('nobody there') });

/** Records its calls and answers or fails as configured. */
class Way implements Transport {
  readonly calls: string[] = [];
  fails: unknown;

  async send(): Promise<HttpResponse> {
    this.calls.push('send');
    if (this.fails !== undefined) throw this.fails;
    return { status: 200, headers: {}, body: (async function* () {})() };
  }

  async warm(): Promise<void> {
    this.calls.push('warm');
  }

  async close(): Promise<void> {
    this.calls.push('close');
  }
}

describe('FallbackTransport', () => {
  let first: Way;
  let second: Way;
  let both: FallbackTransport;

  beforeEach(() => {
    first = new Way();
    second = new Way();
    both = new FallbackTransport(first, second);
  });

  it('tries the transport that last got a response first', async () => {
    first.fails = unreached;
    await both.send(request, never);
    await both.send(request, never);
    assert.deepEqual([first.calls.length, second.calls.length], [1, 2]);
    first.fails = undefined;
    second.fails = unreached;
    await both.send(request, never);
    await both.send(request, never);
    assert.deepEqual([first.calls.length, second.calls.length], [3, 3]);
  });

  it('reports the first error if its proxy requires credentials, whatever the second error is', async () => {
    first.fails = new TransportError('connect', { cause: new ProxyError('ERR_PROXY_CREDENTIALS', 'Log in.') });
    second.fails = new TransportError('lost');
    await assert.rejects(both.send(request, never), (error) => error === first.fails);
  });

  it('warms up and closes both transports', async () => {
    await both.warm();
    await both.close();
    for (const { calls } of [first, second]) assert.deepEqual(calls, ['warm', 'close']);
  });
});
