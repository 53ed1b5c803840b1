import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { trustedCertificates } from './api/certificates.ts';
import { complete } from './api/client.ts';
import { describeError } from './api/describe.ts';
import type { Diagnosed } from './api/diagnosis.ts';
import { CompletionError } from './api/errors.ts';
import type { Profile } from './api/profile.ts';
import { buildRequest } from './api/request.ts';
import { createTransport, type Network, type Transport } from './api/transport.ts';
import type { Endpoint } from './chat/session.ts';
import { noProfileMessage } from './profileCommands.ts';
import type { NetworkSettings, Settings } from './settings.ts';
import type { ErrorReport } from './shared/protocol.ts';

/** The way from the settings to a completion. It keeps the connections, which outlive a question. */
export class Endpoints implements vscode.Disposable {
  readonly #settings: Settings;
  #transport: { readonly settings: NetworkSettings; readonly transport: Transport } | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /**
   * The endpoint of a profile. Throws a CompletionError where the settings have none.
   * @param name Absent, or the name of a profile that is gone: the active one.
   */
  async open(name?: string): Promise<Endpoint> {
    const named = name === undefined ? undefined : this.#settings.profiles.find((profile) => profile.name === name);
    const profile = named ?? this.#activeProfile();
    const apiKey = await this.#settings.apiKey(profile);
    return {
      profile: profile.name,
      model: profile.model,
      systemPrompt: this.#settings.systemPrompt(profile),
      complete: (messages, signal) => complete({ profile, apiKey, messages }, this.#currentTransport(), signal),
    };
  }

  /** The way to the active profile's endpoint, to be tried. Throws as `open` does. */
  async diagnosed(): Promise<Diagnosed> {
    const profile = this.#activeProfile();
    const { url, headers } = buildRequest(profile, [], await this.#settings.apiKey(profile));
    const settings = this.#settings.network;
    return { url, headers, timeouts: settings.timeouts, network: networkOf(settings) };
  }

  /** Loads what the first question needs, while the user is still typing it. */
  async warm(): Promise<void> {
    await this.#currentTransport().warm();
  }

  dispose(): void {
    void this.#transport?.transport.close();
  }

  #activeProfile(): Profile {
    const active = this.#settings.activeProfile;
    switch (active.kind) {
      case 'noProfile':
        throw new CompletionError({ kind: 'badSettings', problems: [noProfileMessage()] });
      case 'badSettings':
        throw new CompletionError({ kind: 'badSettings', problems: active.problems });
      case 'profile':
        return active.profile;
    }
  }

  #currentTransport(): Transport {
    const settings = this.#settings.network;
    if (this.#transport && isDeepStrictEqual(this.#transport.settings, settings)) return this.#transport.transport;
    // The old one is not closed: an answer or a retry under way still needs it, and what is idle ends by itself.
    const transport = createTransport(settings.timeouts, networkOf(settings));
    this.#transport = { settings, transport };
    return transport;
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

/** What an error is called before the user; one that is no CompletionError is a mistake of Askance and says so. */
export function reportError(error: unknown): ErrorReport {
  if (error instanceof CompletionError) return describeError(error, vscode.l10n.t);
  const cause = error instanceof Error ? error.message : String(error);
  return {
    message: vscode.l10n.t('Askance failed: {0}. Please report this.', cause),
    actions: [{ id: 'retry', label: vscode.l10n.t('Retry') }],
  };
}
