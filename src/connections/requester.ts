import { isDeepStrictEqual } from 'node:util';
import { complete } from '../api/client.ts';
import type { Connection } from '../api/connection/connection.ts';
import type { Diagnosed } from '../api/diagnosis.ts';
import type { CompletionEvent } from '../api/events.ts';
import { buildProbe, buildRequest, type SecretSource } from '../api/request.ts';
import type { RequestParts } from '../api/requestParts.ts';
import { warmUp } from '../api/warmUp.ts';
import { trustedCertificates } from '../network/certificates.ts';
import { createTransport } from '../network/createTransport.ts';
import type { Network, Transport } from '../network/transport.ts';
import type { NetworkSettings, Settings } from '../settings/settings.ts';

/** Sends requests, and keeps the transports between questions. Loaded while the first question is written. */
export class Requester {
  readonly #settings: Settings;
  #transport: { readonly settings: NetworkSettings; readonly transport: Transport } | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** The transports for the current settings. */
  get transport(): Transport {
    const settings = this.#settings.network;
    if (this.#transport && isDeepStrictEqual(this.#transport.settings, settings)) return this.#transport.transport;
    // The old one isn't closed: a running answer or retry still needs it, and idle connections end by themselves.
    const transport = createTransport(settings.timeouts, networkOf(settings));
    this.#transport = { settings, transport };
    return transport;
  }

  complete(parts: RequestParts, secret: SecretSource, signal: AbortSignal): AsyncIterable<CompletionEvent> {
    return complete(buildRequest(parts, secret), this.transport, signal);
  }

  /**
   * Runs through a question that never leaves this process.
   * @throws CompletionError where a real one would fail.
   */
  async warmUp(connection: Connection, secret: SecretSource): Promise<void> {
    await warmUp(buildRequest({ connection, messages: [] }, secret));
  }

  /** The route to a connection's endpoint, for diagnosis. */
  diagnosed(connection: Connection, secret: SecretSource): Diagnosed {
    const { request, ...without } = buildProbe(connection, secret);
    const settings = this.#settings.network;
    return { ...request, ...without, timeouts: settings.timeouts, network: networkOf(settings) };
  }

  close(): void {
    void this.#transport?.transport.close();
  }
}

/** The network as configured by the settings and this process. */
function networkOf({ mode, proxy, systemCertificates }: NetworkSettings): Network {
  return {
    mode,
    proxy,
    environment: process.env,
    authorities: async () => (systemCertificates ? trustedCertificates() : undefined),
    fetch: (url, options) => globalThis.fetch(url, options),
  };
}
