import { CompletionError } from './errors.ts';
import { listModels } from './models.ts';
import { parseProfile } from './profile.ts';
import { providers, type Provider } from './providers.ts';
import { buildModelsRequest } from './request.ts';
import { createTransport, type Transport } from './transport.ts';

/** A model server that answers on this machine. */
export interface LocalServer {
  readonly provider: Provider;
  /** The models that it lists; none where it has none yet, or lists them for a key alone. */
  readonly models: readonly string[];
  readonly asksForKey: boolean;
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
        const server = await ask(provider, transport, signal);
        if (!signal.aborted) told(provider, server);
      }),
    );
  } finally {
    await transport.close();
  }
}

async function ask(provider: Provider, transport: Transport, signal: AbortSignal): Promise<LocalServer | undefined> {
  try {
    return { provider, models: await listModels(modelsRequest(provider), transport, signal), asksForKey: false };
  } catch (error) {
    const asksForKey = error instanceof CompletionError && error.failure.kind === 'noKey';
    return asksForKey ? { provider, models: [], asksForKey } : undefined;
  }
}

function modelsRequest({ name, baseUrl }: Provider): ReturnType<typeof buildModelsRequest> {
  const parsed = parseProfile({ name, baseUrl, model: 'any' }, (text) => text);
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join(' '));
  return buildModelsRequest(parsed.profile, () => undefined);
}
