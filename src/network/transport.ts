import type { Environment, ProxySettings } from './proxy.ts';

/** Milliseconds. */
export interface Timeouts {
  /** Until the connection is open, including proxy and TLS. */
  readonly connectTimeout: number;
  /** From then to the first byte of the response. */
  readonly firstByteTimeout: number;
  /** Between two chunks of the response. */
  readonly stallTimeout: number;
}

/**
 * `undici`: Askance's own connections. `vscode`: VS Code's `fetch`. `auto`: `undici`, then `vscode` if it can't
 * connect.
 */
export type TransportMode = 'auto' | 'undici' | 'vscode';

/** The path from this machine to the server. */
export interface Network {
  readonly mode: TransportMode;
  readonly proxy: ProxySettings;
  readonly environment: Environment;
  /** The authorities to trust, in PEM; undefined means Node's own. Called only for TLS. */
  readonly authorities: () => Promise<readonly string[] | undefined>;
  /** VS Code's `fetch`, which handles what no setting names: proxy scripts, Kerberos. */
  readonly fetch: Fetch;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names; repeated headers are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** Can be read once. Leaving the loop early closes the connection. Throws as `send` does. */
  readonly body: AsyncIterable<Uint8Array>;
}

export interface Transport {
  /**
   * Sends a request without following redirects.
   * @throws TransportError, or the signal's reason.
   */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse>;
  /** Loads what the first request needs. */
  warm(): Promise<void>;
  close(): Promise<void>;
}

/** The complete request. Only what HTTP itself requires is added. */
export interface HttpRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. Empty for GET. */
  readonly body: string;
  /** Default: POST. */
  readonly method?: 'GET' | 'POST';
}

export type Fetch = (url: string, options: RequestInit) => Promise<Response>;
