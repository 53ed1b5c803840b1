import { once } from 'node:events';
import { extname } from 'node:path';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { Worker } from 'node:worker_threads';

/**
 * The authorities trusted by Node (including `NODE_EXTRA_CA_CERTS`) and by the operating system, in PEM, without
 * duplicates. Read once, on first use.
 */
export function trustedCertificates(): Promise<readonly string[]> {
  trusted ??= readInWorker().catch(() => getCACertificates('default'));
  return trusted;
}

let trusted: Promise<readonly string[]> | undefined;

/** Reading the system store takes 100 ms or more and would block this thread. */
async function readInWorker(): Promise<readonly string[]> {
  // It is in the same folder as this file, both in the sources and in the build.
  const script = new URL(`./certificatesWorker${extname(import.meta.url)}`, import.meta.url);
  const worker = new Worker(script, { execArgv: [] });
  const [certificates]: unknown[] = await once(worker, 'message');
  if (!Array.isArray(certificates)) throw new TypeError('no certificates');
  return certificates.map(String);
}

/** Returns a lazily created, shared TLS context that trusts these authorities. Creating one takes 20 ms. */
export function createTrust(
  authorities: () => Promise<readonly string[] | undefined>,
): () => Promise<SecureContext | undefined> {
  let context: Promise<SecureContext | undefined> | undefined;
  return () => (context ??= authorities().then((ca) => ca && createSecureContext({ ca: [...ca] })));
}
