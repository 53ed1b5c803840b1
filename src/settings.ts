import * as vscode from 'vscode';
import { completionsUrl } from './api/url.ts';
import { parseProfiles, type Profile } from './api/profile.ts';
import type { ProxySettings } from './api/proxy.ts';
import type { Timeouts, TransportMode } from './api/transport.ts';
import type { ExcludePatterns } from './editor/context/exclusions.ts';
import type { Readiness } from './shared/protocol.ts';

/** The profile that answers, or why there is none. */
export type ActiveProfile =
  | { readonly kind: 'profile'; readonly profile: Profile }
  | { readonly kind: 'noProfile' }
  | { readonly kind: 'badSettings'; readonly problems: readonly string[] };

/** What a transport is built from; equal values make equal transports. */
export interface NetworkSettings {
  readonly timeouts: Timeouts;
  readonly mode: TransportMode;
  readonly proxy: ProxySettings;
  readonly systemCertificates: boolean;
}

/** The only reader of configuration and secrets. Everything is read at use, so a change counts from the next question. */
export class Settings {
  readonly #secrets: vscode.SecretStorage;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
  }

  get profiles(): readonly Profile[] {
    return parseProfiles(this.#get('profiles'), vscode.l10n.t).profiles;
  }

  get activeProfile(): ActiveProfile {
    const { profiles, problems } = parseProfiles(this.#get('profiles'), vscode.l10n.t);
    const wanted = this.#string('profile');
    const isFirst = wanted === '' && problems.length === 0;
    const profile = isFirst ? profiles[0] : profiles.find(({ name }) => name === wanted);
    if (profile) return { kind: 'profile', profile };
    if (problems.length > 0) return { kind: 'badSettings', problems };
    if (profiles.length === 0) return { kind: 'noProfile' };
    const names = profiles.map(({ name }) => name).join(', ');
    const problem = vscode.l10n.t(
      'askance.profile is "{0}", but the profiles are: {1}. Select one of them.',
      wanted,
      names,
    );
    return { kind: 'badSettings', problems: [problem] };
  }

  get readiness(): Readiness {
    const active = this.activeProfile;
    if (active.kind !== 'profile') return active;
    const { name, model, baseUrl } = active.profile;
    return { kind: 'ready', profile: { name, model, host: completionsUrl(baseUrl).host } };
  }

  selectProfile(name: string): Thenable<void> {
    return vscode.workspace.getConfiguration('askance').update('profile', name, vscode.ConfigurationTarget.Global);
  }

  /** Adds to what the user wrote in settings.json, whatever else stands there. */
  addProfile(profile: Pick<Profile, 'name' | 'baseUrl' | 'model'>): Thenable<void> {
    const written = this.#get('profiles');
    const profiles: readonly unknown[] = Array.isArray(written) ? written : [];
    const configuration = vscode.workspace.getConfiguration('askance');
    return configuration.update('profiles', [...profiles, profile], vscode.ConfigurationTarget.Global);
  }

  systemPrompt(profile: Profile): string {
    return profile.systemPrompt ?? this.#string('systemPrompt');
  }

  /** Where new code is reviewed: in the file, or beside it before anything is written. */
  get editReview(): 'inline' | 'diff' {
    return this.#string('edit.review') === 'diff' ? 'diff' : 'inline';
  }

  /** Milliseconds. */
  get timeouts(): Timeouts {
    const seconds = (name: string): number => 1000 * this.#number(`network.${name}`);
    return {
      connectTimeout: seconds('connectTimeout'),
      firstByteTimeout: seconds('firstByteTimeout'),
      stallTimeout: seconds('stallTimeout'),
    };
  }

  /** Askance's own settings, and VS Code's `http.*`. */
  get network(): NetworkSettings {
    const http = vscode.workspace.getConfiguration('http');
    const text = (name: string): string => {
      const value = http.get<unknown>(name);
      return typeof value === 'string' ? value : '';
    };
    const noProxy = http.get<unknown>('noProxy');
    const mode = this.#string('network.transport');
    return {
      timeouts: this.timeouts,
      mode: mode === 'undici' || mode === 'vscode' ? mode : 'auto',
      proxy: {
        proxy: text('proxy'),
        noProxy: Array.isArray(noProxy) ? noProxy.map(String) : [],
        proxySupport: text('proxySupport'),
        proxyAuthorization: text('proxyAuthorization'),
      },
      systemCertificates: http.get<unknown>('systemCertificates') !== false,
    };
  }

  /** The user's patterns take the place of the default ones; a workspace's come on top. */
  get exclude(): ExcludePatterns {
    const found = vscode.workspace.getConfiguration('askance').inspect<unknown>('exclude');
    return {
      user: strings(found?.globalValue) ?? strings(found?.defaultValue) ?? [],
      workspace: strings(found?.workspaceValue) ?? [],
    };
  }

  /** Whether `AGENTS.md` goes along with the first question of a conversation. */
  get useAgentsFile(): boolean {
    return this.#get('useAgentsFile') === true;
  }

  /** Pixels; 0 for the editor's size. */
  get fontSize(): number {
    return this.#number('fontSize');
  }

  /** The stored key for the profile's origin, else the one in its environment variable. */
  async apiKey(profile: Profile): Promise<string | undefined> {
    const stored = await this.#secrets.get(keyName(profile));
    if (stored !== undefined) return stored;
    const named = profile.apiKeyEnv === undefined ? undefined : process.env[profile.apiKeyEnv];
    return named === '' ? undefined : named;
  }

  storeApiKey(profile: Profile, key: string): Thenable<void> {
    return this.#secrets.store(keyName(profile), key);
  }

  forgetApiKey(profile: Profile): Thenable<void> {
    return this.#secrets.delete(keyName(profile));
  }

  /** Calls back when a setting of Askance changed. */
  onChange(listener: () => void): vscode.Disposable {
    return vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('askance')) listener();
    });
  }

  #string(name: string): string {
    const value = this.#get(name);
    return typeof value === 'string' ? value : String(this.#default(name));
  }

  #number(name: string): number {
    const value = this.#get(name);
    return typeof value === 'number' && value >= 0 ? value : Number(this.#default(name));
  }

  #get(name: string): unknown {
    return vscode.workspace.getConfiguration('askance').get<unknown>(name);
  }

  /** Defaults stand in package.json alone; this one holds where the user's value is of a wrong type. */
  #default(name: string): unknown {
    return vscode.workspace.getConfiguration('askance').inspect(name)?.defaultValue;
  }
}

function strings(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : undefined;
}

/** A key belongs to an origin: a profile whose URL moves to another one does not take the key along. */
function keyName({ baseUrl }: Profile): string {
  return `apiKey ${completionsUrl(baseUrl).origin}`;
}
