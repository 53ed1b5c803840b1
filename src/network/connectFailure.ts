export type ConnectFailure =
  | 'refused'
  | 'dns'
  | 'certificate'
  | 'tls'
  | 'proxy'
  | 'proxyCredentials'
  | 'timeout'
  | 'other';

/** Classifies the error that ended a connection attempt. */
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

/** Node's names for OpenSSL verification errors, and for a host name that doesn't match. */
const certificateCode = /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET)|INVALID_(?:CA|PURPOSE)|HOSTNAME_MISMATCH/;

/** The first error code. Node throws an AggregateError when it has tried several addresses. */
function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof AggregateError ? error.errors.map(errorCode).find((code) => code !== undefined) : undefined;
}
