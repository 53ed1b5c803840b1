import { connectFailure } from './connectFailure.ts';
import type { HttpRequest } from './transport.ts';
import type { HttpResponse, Transport } from './transport.ts';
import { TransportError } from './transportError.ts';

/**
 * Falls back to a second transport, but only if the first certainly didn't send the request. Per origin, the transport
 * that last got a response is tried first.
 */
export class FallbackTransport implements Transport {
  readonly #first: Transport;
  readonly #second: Transport;
  readonly #winners = new Map<string, Transport>();

  constructor(first: Transport, second: Transport) {
    this.#first = first;
    this.#second = second;
  }

  async send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    const { origin } = new URL(request.url);
    const preferred = this.#winners.get(origin) ?? this.#first;
    const other = preferred === this.#first ? this.#second : this.#first;
    try {
      return await preferred.send(request, signal);
    } catch (error) {
      if (!isUnsent(error)) throw error;
      const response = await other.send(request, signal).catch((otherError: unknown) => {
        // If the proxy requires credentials, the second transport meets the same proxy, whatever error it reports.
        throw isUnsent(otherError) || wantsCredentials(error) ? error : otherError;
      });
      this.#winners.set(origin, other);
      return response;
    }
  }

  async warm(): Promise<void> {
    await Promise.all([this.#first.warm(), this.#second.warm()]);
  }

  async close(): Promise<void> {
    await Promise.all([this.#first.close(), this.#second.close()]);
  }
}

function wantsCredentials({ cause }: TransportError): boolean {
  return connectFailure(cause).reason === 'proxyCredentials';
}

function isUnsent(error: unknown): error is TransportError {
  return error instanceof TransportError && (error.phase === 'connect' || error.phase === 'connectTimeout');
}
