import * as vscode from 'vscode';
import { complete } from './api/client.ts';
import { describeError } from './api/describe.ts';
import { CompletionError } from './api/errors.ts';
import type { Profile } from './api/profile.ts';
import { createTransport, type Timeouts, type Transport } from './api/transport.ts';
import type { Endpoint } from './chat/session.ts';
import { noProfileMessage } from './profileCommands.ts';
import type { Settings } from './settings.ts';
import type { ErrorReport } from './shared/protocol.ts';

/** The way from the settings to a completion. It keeps the connections, which outlive a question. */
export class Endpoints implements vscode.Disposable {
  readonly #settings: Settings;
  #transport: { readonly timeouts: Timeouts; readonly transport: Transport } | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** The active profile's endpoint. Throws a CompletionError where the settings name none. */
  async open(): Promise<Endpoint> {
    const active = this.#settings.activeProfile;
    switch (active.kind) {
      case 'noProfile':
        throw new CompletionError({ kind: 'badSettings', problems: [noProfileMessage()] });
      case 'badSettings':
        throw new CompletionError({ kind: 'badSettings', problems: active.problems });
      case 'profile':
        return this.#endpoint(active.profile, await this.#settings.apiKey(active.profile));
    }
  }

  /** Loads what the first question needs, while the user is still typing it. */
  async warm(): Promise<void> {
    await this.#currentTransport().warm();
  }

  dispose(): void {
    void this.#transport?.transport.close();
  }

  #endpoint(profile: Profile, apiKey: string | undefined): Endpoint {
    return {
      profile: profile.name,
      model: profile.model,
      systemPrompt: this.#settings.systemPrompt(profile),
      complete: (messages, signal) => complete({ profile, apiKey, messages }, this.#currentTransport(), signal),
    };
  }

  #currentTransport(): Transport {
    const timeouts = this.#settings.timeouts;
    if (this.#transport && sameTimeouts(this.#transport.timeouts, timeouts)) return this.#transport.transport;
    void this.#transport?.transport.close();
    const transport = createTransport(timeouts);
    this.#transport = { timeouts, transport };
    return transport;
  }
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

function sameTimeouts(a: Timeouts, b: Timeouts): boolean {
  return (
    a.connectTimeout === b.connectTimeout &&
    a.firstByteTimeout === b.firstByteTimeout &&
    a.stallTimeout === b.stallTimeout
  );
}
