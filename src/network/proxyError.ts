/** A failure of the proxy. The server was never reached. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  readonly code: 'ERR_PROXY' | 'ERR_PROXY_CREDENTIALS';
  /** The proxy's response status. */
  readonly status: number | undefined;

  constructor(
    code: ProxyError['code'],
    message: string,
    { cause, status }: { readonly cause?: unknown; readonly status?: number } = {},
  ) {
    super(message, { cause });
    this.code = code;
    this.status = status;
  }
}

/** The error for a proxy's refusal (RFC 9110, 15.5.8). */
export function proxyStatusError(status: number): ProxyError {
  const code = status === 407 ? 'ERR_PROXY_CREDENTIALS' : 'ERR_PROXY';
  return new ProxyError(code, `The proxy answered with status ${status}.`, { status });
}
