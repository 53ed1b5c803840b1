import { listModels } from './models.ts';
import { parseProfile } from './profile.ts';
import { providers, type Provider } from './providers.ts';
import { buildModelsRequest } from './request.ts';
import { createTransport } from './transport.ts';

/** A model server that answers on this machine. */
export interface LocalServer {
  readonly provider: Provider;
  /** The models that it lists, at least one. */
  readonly models: readonly string[];
}

/** Milliseconds; a server on the same machine answers in a few. */
const timeouts = { connectTimeout: 1000, firstByteTimeout: 3000, stallTimeout: 3000 };

/**
 * Asks the usual ports of 127.0.0.1 for their models and calls back with each server as it answers. Nothing leaves the
 * machine, no proxy is used and no key sent.
 * @returns when all have answered or cannot any more, or the signal aborts.
 */
export async function findLocalServers(
  found: (server: LocalServer) => void,
  signal: AbortSignal,
  candidates: readonly Provider[] = providers.filter(({ localPort }) => localPort !== undefined),
): Promise<void> {
  const transport = createTransport(timeouts);
  try {
    await Promise.all(
      candidates.map(async (provider) => {
        const models = await listModels(modelsRequest(provider), transport, signal).catch(() => []);
        if (models.length > 0 && !signal.aborted) found({ provider, models });
      }),
    );
  } finally {
    await transport.close();
  }
}

function modelsRequest({ name, baseUrl }: Provider): ReturnType<typeof buildModelsRequest> {
  const parsed = parseProfile({ name, baseUrl, model: 'any' }, (text) => text);
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join(' '));
  return buildModelsRequest(parsed.profile, () => undefined);
}
