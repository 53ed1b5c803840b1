import { once } from 'node:events';
import { extname } from 'node:path';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { Worker } from 'node:worker_threads';

/**
 * The authorities that Node trusts, those of `NODE_EXTRA_CA_CERTS` among them, and those that the operating system
 * trusts, in PEM, none twice. They are read once, and not before they are asked for.
 */
export function trustedCertificates(): Promise<readonly string[]> {
  trusted ??= readInWorker().catch(() => getCACertificates('default'));
  return trusted;
}

let trusted: Promise<readonly string[]> | undefined;

/** Reading the system's store takes a tenth of a second and more, during which this thread would stand still. */
async function readInWorker(): Promise<readonly string[]> {
  // It stands beside this file, in the sources and when built.
  const script = new URL(`./certificatesWorker${extname(import.meta.url)}`, import.meta.url);
  const worker = new Worker(script, { execArgv: [] });
  const [certificates]: unknown[] = await once(worker, 'message');
  if (!Array.isArray(certificates)) throw new TypeError('no certificates');
  return certificates.map(String);
}

/** A TLS context that trusts these authorities, made once, when it is asked for: making one takes 20 ms. */
export function createTrust(
  authorities: () => Promise<readonly string[] | undefined>,
): () => Promise<SecureContext | undefined> {
  let context: Promise<SecureContext | undefined> | undefined;
  return () => (context ??= authorities().then((ca) => ca && createSecureContext({ ca: [...ca] })));
}
