import { isRetired, requestUrl, wireOf } from '../api/url.ts';
import * as vscode from 'vscode';
import type { Diagnosed } from '../api/diagnosis.ts';
import { CompletionError } from '../api/errors.ts';
import type { SecretSource } from '../api/request.ts';
import type { RequestParts } from '../api/requestParts.ts';
import type { Message } from '../api/types.ts';
import type { Endpoint } from '../conversation/session.ts';
import type { Transport } from '../network/transport.ts';
import type { Purpose, Settings } from '../settings/settings.ts';
import { Lazy } from '../shared/lazy.ts';
import { checkParameters, type Parameters } from '../shared/parameters.ts';
import type { Requester } from './requester.ts';
import type { PreparedRequest } from './requestView.ts';
import { requireConnection } from './requireConnection.ts';

export interface OpenOptions {
  /** Those of the conversation, in place of the connection's. */
  readonly parameters?: Parameters;
  /** Name of a connection; one that is gone: the one for the purpose. */
  readonly connection?: string | undefined;
}

/** The way from the settings to a completion. What sends it is loaded while the first question is written. */
export class Endpoints implements vscode.Disposable {
  readonly #settings: Settings;
  readonly #requester: Lazy<Requester>;
  /** Once is enough; one that failed is begun again. */
  #rehearsal: Promise<void> | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#requester = new Lazy(async () => {
      const { Requester: Made } = await import('./requester.ts');
      return new Made(settings);
    });
  }

  /**
   * The endpoint for a purpose, as the settings are now.
   * @throws CompletionError where the settings name none, or a parameter is out of its range.
   */
  async open(purpose: Purpose = 'chat', { parameters = {}, connection: name }: OpenOptions = {}): Promise<Endpoint> {
    const { secret, ...prepared } = await this.#prepared(purpose, parameters, name);
    const [requester, { sentParameters }] = await Promise.all([this.#requester.load(), import('../api/request.ts')]);
    const { connection } = prepared;
    return {
      connection: connection.name,
      model: connection.model,
      wire: wireOf(connection),
      systemPrompt: this.#settings.systemPrompt(connection),
      parameters: sentParameters({ ...prepared, parameters }),
      complete: (messages, signal) => requester.complete({ ...prepared, messages, parameters }, secret, signal),
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
    const { connection, adaptation, secret } = await prepared.catch(async (error: unknown) => {
      throw (await import('./reportError.ts')).describedError(error);
    });
    const systemPrompt = this.#settings.systemPrompt(connection);
    return { parts: { connection, adaptation, parameters, messages: messages(systemPrompt) }, secret };
  }

  /** The way to a connection's endpoint, to be tried. Throws as `open` does. */
  async diagnosed(connection = requireConnection(this.#settings)): Promise<Diagnosed> {
    const requester = await this.#requester.load();
    return requester.diagnosed(connection, await this.#settings.secretSource(connection));
  }

  /** Loads what the first question needs, and goes through it once, while the user is still typing. */
  async warm(): Promise<void> {
    // Whatever a question will fail at is told when it is asked.
    this.#rehearsal ??= this.#rehearse().catch(() => (this.#rehearsal = undefined));
    await Promise.all([this.transport().then((transport) => transport.warm()), this.#rehearsal]);
  }

  /** The transports as the settings want them now. */
  async transport(): Promise<Transport> {
    return (await this.#requester.load()).transport;
  }

  dispose(): void {
    this.#requester.made?.close();
  }

  async #rehearse(): Promise<void> {
    const { connection, secret } = await this.#prepared('chat', {});
    await (await this.#requester.load()).rehearse(connection, secret);
  }

  async #prepared(
    purpose: Purpose,
    parameters: Parameters,
    name?: string,
  ): Promise<Pick<Required<RequestParts>, 'connection' | 'adaptation'> & { readonly secret: SecretSource }> {
    const connection = requireConnection(this.#settings, purpose, name);
    // Nothing is sent to an API that is known to have ended.
    if (isRetired(connection)) {
      throw new CompletionError({ kind: 'retired' }, { url: requestUrl(connection).href });
    }
    // They may have been set under another connection, or come with a file.
    const problems = checkParameters(parameters, connection.penaltyRange, vscode.l10n.t).map((problem) =>
      vscode.l10n.t('{0} Change it in the parameters of this chat, below the input.', problem),
    );
    if (problems.length > 0) throw new CompletionError({ kind: 'badSettings', problems });
    const adaptation = this.#settings.adaptation(connection);
    return { connection, adaptation, secret: await this.#settings.secretSource(connection) };
  }
}
