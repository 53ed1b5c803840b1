import { CompletionError } from '../errors.ts';
import { listModels } from '../models.ts';
import { parseConnection } from './connection.ts';
import { providers, type Provider } from './providers.ts';
import { isLoopback } from '../../network/proxy.ts';
import { buildModelsRequest } from '../request.ts';
import { type Transport } from '../../network/transport.ts';
import { createTransport } from '../../network/createTransport.ts';

/** What a server on this machine says when it is asked for its models without a key. */
export interface ProbeResult {
  /** The models that it lists; none where it has none yet, or lists them for a key alone. */
  readonly models: readonly string[];
  readonly asksForKey: boolean;
}

/** A model server that answers at its usual port. */
export interface LocalServer extends ProbeResult {
  readonly provider: Provider;
}

/** Milliseconds; a server on the same machine answers in a few. */
const timeouts = { connectTimeout: 1000, firstByteTimeout: 3000, stallTimeout: 3000 };

/**
 * Asks the usual ports of 127.0.0.1 for their models and calls back for each: with the server as it answers, or with
 * nothing where none does. Nothing leaves the machine, no proxy is used and no key sent.
 * @returns when all have answered or cannot any more, or the signal aborts.
 */
export async function findLocalServers(
  told: (provider: Provider, server: LocalServer | undefined) => void,
  signal: AbortSignal,
  candidates: readonly Provider[] = providers.filter(({ localPort }) => localPort !== undefined),
): Promise<void> {
  const transport = createTransport(timeouts);
  try {
    await Promise.all(
      candidates.map(async (provider) => {
        const answering = await ask(provider.baseUrl, transport, signal);
        if (!signal.aborted) told(provider, answering && { ...answering, provider });
      }),
    );
  } finally {
    await transport.close();
  }
}

/** Asks the server at any URL in the same way; nobody is asked who is not on this machine. */
export async function askLocalServer(baseUrl: string, signal: AbortSignal): Promise<ProbeResult | undefined> {
  if (!isLoopback(new URL(baseUrl))) return undefined;
  const transport = createTransport(timeouts);
  try {
    return await ask(baseUrl, transport, signal);
  } finally {
    await transport.close();
  }
}

async function ask(baseUrl: string, transport: Transport, signal: AbortSignal): Promise<ProbeResult | undefined> {
  try {
    return { models: await listModels(modelsRequest(baseUrl), transport, signal), asksForKey: false };
  } catch (error) {
    const asksForKey = error instanceof CompletionError && error.failure.kind === 'noKey';
    return asksForKey ? { models: [], asksForKey } : undefined;
  }
}

function modelsRequest(baseUrl: string): ReturnType<typeof buildModelsRequest> {
  const parsed = parseConnection({ name: 'local', baseUrl, model: 'any' }, (text) => text);
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join(' '));
  return buildModelsRequest(parsed.connection, () => undefined);
}
