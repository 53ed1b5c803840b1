export type ConnectFailure =
  | 'refused'
  | 'dns'
  | 'certificate'
  | 'tls'
  | 'proxy'
  | 'proxyCredentials'
  | 'timeout'
  | 'other';

/** What a connection failed at, from the error that ended it. */
export function connectFailure(cause: unknown): { reason: ConnectFailure; code?: string } {
  const code = errorCode(cause);
  if (code === undefined) return { reason: 'other' };
  return { reason: connectReason(code), code };
}

function connectReason(code: string): ConnectFailure {
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'dns';
  if (code === 'ETIMEDOUT' || code === 'UND_ERR_CONNECT_TIMEOUT') return 'timeout';
  if (code === 'ERR_PROXY_CREDENTIALS') return 'proxyCredentials';
  if (code === 'ERR_PROXY' || code.startsWith('UND_ERR_PRX')) return 'proxy';
  if (certificateCode.test(code)) return 'certificate';
  if (/^(?:ERR_SSL_|ERR_TLS_|EPROTO$)/.test(code)) return 'tls';
  return 'other';
}

/** The verification errors of OpenSSL, as Node names them, and a name that does not match. */
const certificateCode = /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET)|INVALID_(?:CA|PURPOSE)|HOSTNAME_MISMATCH/;

/** Of several addresses that were tried, the first that names a code. */
function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof AggregateError ? error.errors.map(errorCode).find((code) => code !== undefined) : undefined;
}
