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
  /** Override the connection's parameters. */
  readonly parameters?: Parameters;
  /** Name of a connection; if it no longer exists, the one for the purpose is used. */
  readonly connection?: string | undefined;
}

/** Opens endpoints from the settings. The code that sends requests is loaded while the first question is written. */
export class Endpoints implements vscode.Disposable {
  readonly #settings: Settings;
  readonly #requester: Lazy<Requester>;
  /** Runs once; a failed run is repeated. */
  #warmUp: Promise<void> | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#requester = new Lazy(async () => {
      const { Requester: Made } = await import('./requester.ts');
      return new Made(settings);
    });
  }

  /**
   * The endpoint for a purpose with the current settings.
   * @throws CompletionError if the settings name none, or a parameter is out of range.
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
   * The request for a question.
   * @param messages Gets the system prompt.
   * @throws As `open`, worded for the user.
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

  /** The route to a connection's endpoint, for diagnosis. Throws as `open` does. */
  async diagnosed(connection = requireConnection(this.#settings)): Promise<Diagnosed> {
    const requester = await this.#requester.load();
    return requester.diagnosed(connection, await this.#settings.secretSource(connection));
  }

  /** Loads what the first question needs and runs through it once while the user is still typing. */
  async warm(): Promise<void> {
    // Errors are reported when a question is asked.
    this.#warmUp ??= this.#runWarmUp().catch(() => (this.#warmUp = undefined));
    await Promise.all([this.transport().then((transport) => transport.warm()), this.#warmUp]);
  }

  /** The transports for the current settings. */
  async transport(): Promise<Transport> {
    return (await this.#requester.load()).transport;
  }

  dispose(): void {
    this.#requester.made?.close();
  }

  async #runWarmUp(): Promise<void> {
    const { connection, secret } = await this.#prepared('chat', {});
    await (await this.#requester.load()).warmUp(connection, secret);
  }

  async #prepared(
    purpose: Purpose,
    parameters: Parameters,
    name?: string,
  ): Promise<Pick<Required<RequestParts>, 'connection' | 'adaptation'> & { readonly secret: SecretSource }> {
    const connection = requireConnection(this.#settings, purpose, name);
    // Don't send anything to an API that was shut down.
    if (isRetired(connection)) {
      throw new CompletionError({ kind: 'retired' }, { url: requestUrl(connection).href });
    }
    // They may come from another connection or a file.
    const problems = checkParameters(parameters, connection.penaltyRange, vscode.l10n.t).map((problem) =>
      vscode.l10n.t('{0} Change it in the parameters of this chat, below the input.', problem),
    );
    if (problems.length > 0) throw new CompletionError({ kind: 'badSettings', problems });
    const adaptation = this.#settings.adaptation(connection);
    return { connection, adaptation, secret: await this.#settings.secretSource(connection) };
  }
}
