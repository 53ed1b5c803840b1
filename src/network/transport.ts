import type { Environment, ProxySettings } from './proxy.ts';

/** Milliseconds. */
export interface Timeouts {
  /** Until the connection stands, with proxy and TLS. */
  readonly connectTimeout: number;
  /** From there to the first byte of the answer. */
  readonly firstByteTimeout: number;
  /** Between two pieces of the answer. */
  readonly stallTimeout: number;
}

/** `undici`: Askance's own connections. `vscode`: the editor's fetch. `auto`: that where the own ones reach nobody. */
export type TransportMode = 'auto' | 'undici' | 'vscode';

/** What there is between this machine and the server. */
export interface Network {
  readonly mode: TransportMode;
  readonly proxy: ProxySettings;
  readonly environment: Environment;
  /** The authorities to trust, in PEM; nothing for Node's own. Asked for only where TLS is spoken. */
  readonly authorities: () => Promise<readonly string[] | undefined>;
  /** The editor's own, which knows ways that no setting names: proxy scripts, Kerberos. */
  readonly fetch: Fetch;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; of several with one name, all, joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** To be read once. Leaving the loop before the end closes the connection. Throws as `send` does. */
  readonly body: AsyncIterable<Uint8Array>;
}

export interface Transport {
  /**
   * Sends a request. Redirects are not followed.
   * @throws TransportError, or the signal's reason.
   */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse>;
  /** Loads what the first request needs. */
  warm(): Promise<void>;
  close(): Promise<void>;
}

/** What goes over the wire, complete: nothing else is added but what HTTP itself needs. */
export interface HttpRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. Nothing in a GET. */
  readonly body: string;
  /** Not set: POST. */
  readonly method?: 'GET' | 'POST';
}

export type Fetch = (url: string, options: RequestInit) => Promise<Response>;
