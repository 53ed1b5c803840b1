import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { trustedCertificates } from '../network/certificates.ts';
import { complete } from '../api/client.ts';
import type { Diagnosed } from '../api/diagnosis.ts';
import { CompletionError } from '../api/errors.ts';
import { buildProbe, buildRequest, sentParameters, type RequestParts, type SecretSource } from '../api/request.ts';
import { type Network, type Transport } from '../network/transport.ts';
import { createTransport } from '../network/createTransport.ts';
import type { Message } from '../api/types.ts';
import type { Endpoint } from '../conversation/session.ts';
import { describedError } from './reportError.ts';
import type { PreparedRequest } from './requestView.ts';
import { requireConnection } from './requireConnection.ts';
import type { NetworkSettings, Purpose, Settings } from '../settings/settings.ts';
import { checkParameters, type Parameters } from '../shared/parameters.ts';

export interface OpenOptions {
  /** Those of the conversation, in place of the connection's. */
  readonly parameters?: Parameters;
  /** Name of a connection; one that is gone: the one for the purpose. */
  readonly connection?: string | undefined;
}

/** The way from the settings to a completion. It keeps the transports, which outlive a question. */
export class Endpoints implements vscode.Disposable {
  readonly #settings: Settings;
  #transport: { readonly settings: NetworkSettings; readonly transport: Transport } | undefined;
  /** Once is enough; one that failed is begun again. */
  #rehearsal: Promise<void> | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /**
   * The endpoint for a purpose, as the settings are now.
   * @throws CompletionError where the settings name none, or a parameter is out of its range.
   */
  async open(purpose: Purpose = 'chat', { parameters = {}, connection: name }: OpenOptions = {}): Promise<Endpoint> {
    const { connection, adaptation, secret } = await this.#prepared(purpose, parameters, name);
    return {
      connection: connection.name,
      model: connection.model,
      systemPrompt: this.#settings.systemPrompt(connection),
      parameters: sentParameters({ connection, parameters, adaptation }),
      complete: (messages, signal) =>
        complete(buildRequest({ connection, messages, parameters, adaptation }, secret), this.transport(), signal),
    };
  }

  /**
   * What a question would be asked with.
   * @param messages Gets the system prompt.
   * @throws What the user is to be told, where `open` throws.
   */
  async preview(
    messages: (systemPrompt: string) => readonly Message[],
    { purpose = 'chat', parameters = {}, connection: name }: OpenOptions & { readonly purpose?: Purpose } = {},
  ): Promise<PreparedRequest> {
    const prepared = this.#prepared(purpose, parameters, name);
    const { connection, adaptation, secret } = await prepared.catch((error: unknown) => {
      throw describedError(error);
    });
    const systemPrompt = this.#settings.systemPrompt(connection);
    return { parts: { connection, adaptation, parameters, messages: messages(systemPrompt) }, secret };
  }

  /** The way to a connection's endpoint, to be tried. Throws as `open` does. */
  async diagnosed(connection = requireConnection(this.#settings)): Promise<Diagnosed> {
    const { request, ...without } = buildProbe(connection, await this.#settings.secretSource(connection));
    const settings = this.#settings.network;
    return { ...request, ...without, timeouts: settings.timeouts, network: networkOf(settings) };
  }

  /** Loads what the first question needs, and goes through it once, while the user is still typing. */
  async warm(): Promise<void> {
    // Whatever a question will fail at is told when it is asked.
    this.#rehearsal ??= this.#rehearse().catch(() => (this.#rehearsal = undefined));
    await Promise.all([this.transport().warm(), this.#rehearsal]);
  }

  /** The transports as the settings want them now. */
  transport(): Transport {
    const settings = this.#settings.network;
    if (this.#transport && isDeepStrictEqual(this.#transport.settings, settings)) return this.#transport.transport;
    // The old one is not closed: an answer or a retry under way still needs it, and what is idle ends by itself.
    const transport = createTransport(settings.timeouts, networkOf(settings));
    this.#transport = { settings, transport };
    return transport;
  }

  dispose(): void {
    void this.#transport?.transport.close();
  }

  async #rehearse(): Promise<void> {
    const { connection, secret } = await this.#prepared('chat', {});
    const { rehearse } = await import('../api/warmUp.ts');
    await rehearse(buildRequest({ connection, messages: [] }, secret));
  }

  async #prepared(
    purpose: Purpose,
    parameters: Parameters,
    name?: string,
  ): Promise<Pick<Required<RequestParts>, 'connection' | 'adaptation'> & { readonly secret: SecretSource }> {
    const connection = requireConnection(this.#settings, purpose, name);
    // They may have been set under another connection, or come with a file.
    const problems = checkParameters(parameters, connection.penaltyRange, vscode.l10n.t).map((problem) =>
      vscode.l10n.t('{0} Change it in the parameters of this conversation, below the input.', problem),
    );
    if (problems.length > 0) throw new CompletionError({ kind: 'badSettings', problems });
    const adaptation = this.#settings.adaptation(connection);
    return { connection, adaptation, secret: await this.#settings.secretSource(connection) };
  }
}

/** The network as the settings and this process have it. */
function networkOf({ mode, proxy, systemCertificates }: NetworkSettings): Network {
  return {
    mode,
    proxy,
    environment: process.env,
    authorities: async () => (systemCertificates ? trustedCertificates() : undefined),
    fetch: (url, options) => globalThis.fetch(url, options),
  };
}
