import { isDeepStrictEqual } from 'node:util';
import { complete } from '../api/client.ts';
import type { Connection } from '../api/connection/connection.ts';
import type { Diagnosed } from '../api/diagnosis.ts';
import type { CompletionEvent } from '../api/events.ts';
import { buildProbe, buildRequest, type SecretSource } from '../api/request.ts';
import type { RequestParts } from '../api/requestParts.ts';
import { rehearse } from '../api/warmUp.ts';
import { trustedCertificates } from '../network/certificates.ts';
import { createTransport } from '../network/createTransport.ts';
import type { Network, Transport } from '../network/transport.ts';
import type { NetworkSettings, Settings } from '../settings/settings.ts';

/** Sends requests. It keeps the transports, which outlive a question. Loaded while the first question is written. */
export class Requester {
  readonly #settings: Settings;
  #transport: { readonly settings: NetworkSettings; readonly transport: Transport } | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** The transports as the settings want them now. */
  get transport(): Transport {
    const settings = this.#settings.network;
    if (this.#transport && isDeepStrictEqual(this.#transport.settings, settings)) return this.#transport.transport;
    // The old one is not closed: an answer or a retry under way still needs it, and what is idle ends by itself.
    const transport = createTransport(settings.timeouts, networkOf(settings));
    this.#transport = { settings, transport };
    return transport;
  }

  complete(parts: RequestParts, secret: SecretSource, signal: AbortSignal): AsyncIterable<CompletionEvent> {
    return complete(buildRequest(parts, secret), this.transport, signal);
  }

  /** Goes through a question that never leaves this process. @throws CompletionError where a real one would fail. */
  async rehearse(connection: Connection, secret: SecretSource): Promise<void> {
    await rehearse(buildRequest({ connection, messages: [] }, secret));
  }

  /** The way to a connection's endpoint, to be tried. */
  diagnosed(connection: Connection, secret: SecretSource): Diagnosed {
    const { request, ...without } = buildProbe(connection, secret);
    const settings = this.#settings.network;
    return { ...request, ...without, timeouts: settings.timeouts, network: networkOf(settings) };
  }

  close(): void {
    void this.#transport?.transport.close();
  }
}

/** The network as the settings and this process have it. */
function networkOf({ mode, proxy, systemCertificates }: NetworkSettings): Network {
  return {
    mode,
    proxy,
    environment: process.env,
    authorities: async () => (systemCertificates ? trustedCertificates() : undefined),
    fetch: (url, options) => globalThis.fetch(url, options),
  };
}
