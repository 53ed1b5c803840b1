import * as vscode from 'vscode';
import { Adaptations } from './adaptations.ts';
import type { Adaptation } from '../api/adaptation.ts';
import { parseConnections, type Connection } from '../api/connection/connection.ts';
import { keyIn } from '../api/pastedKey.ts';
import type { ProxySettings } from '../network/proxy.ts';
import { references, type Reference } from '../api/references.ts';
import type { SecretSource } from '../api/request.ts';
import type { Timeouts, TransportMode } from '../network/transport.ts';
import { requestUrl } from '../api/url.ts';
import type { WireId } from '../shared/wireId.ts';
import { Secrets } from './secrets.ts';
import type { RefusedField } from '../shared/protocol.ts';

/** Patterns of files that need confirmation before they are attached, in `.gitignore` syntax. */
export interface ExcludePatterns {
  readonly user: readonly string[];
  /** A workspace can only add patterns; its `!` patterns don't count. */
  readonly workspace: readonly string[];
}

/** What a connection is used for: questions in the chat, or code written to a file. */
export type Purpose = 'chat' | 'edit';

/** The connection to use, or why there is none. */
export type ActiveConnection =
  /** `problems`: of the other connections. */
  | { readonly kind: 'connection'; readonly connection: Connection; readonly problems: readonly string[] }
  | { readonly kind: 'noConnection' }
  | { readonly kind: 'badSettings'; readonly problems: readonly string[] };

/** The inputs of a transport; equal values make equal transports. */
export interface NetworkSettings {
  readonly timeouts: Timeouts;
  readonly mode: TransportMode;
  readonly proxy: ProxySettings;
  readonly systemCertificates: boolean;
}

/**
 * The only reader of configuration, secrets and remembered adaptations. Values are read at use, so a change applies
 * from the next question on.
 */
export class Settings implements vscode.Disposable {
  readonly #secrets: Secrets;
  readonly #adaptations: Adaptations;
  readonly #remembered = new vscode.EventEmitter<void>();

  constructor(secrets: vscode.SecretStorage, memory: vscode.Memento) {
    this.#secrets = new Secrets(secrets);
    this.#adaptations = new Adaptations(memory);
  }

  get connections(): readonly Connection[] {
    return parseConnections(this.#get('connections'), vscode.l10n.t).connections;
  }

  get activeConnection(): ActiveConnection {
    return this.connectionFor('chat');
  }

  /** For edits, `askance.editConnection` takes precedence if it is set. */
  connectionFor(purpose: Purpose): ActiveConnection {
    const { connections, problems } = parseConnections(this.#get('connections'), vscode.l10n.t);
    const setting = purpose === 'edit' && this.editConnection !== '' ? 'editConnection' : 'connection';
    const wanted = this.#string(setting);
    const isFirst = wanted === '' && problems.length === 0;
    const connection = isFirst ? connections[0] : connections.find(({ name }) => name === wanted);
    if (connection) return { kind: 'connection', connection, problems };
    if (problems.length > 0) return { kind: 'badSettings', problems };
    if (connections.length === 0) return { kind: 'noConnection' };
    const problem = vscode.l10n.t(
      '{0} is "{1}", but no connection has this name. Select one of {2}.',
      `askance.${setting}`,
      wanted,
      connections.map(({ name }) => name).join(', '),
    );
    return { kind: 'badSettings', problems: [problem] };
  }

  /** Name of the connection for edits; empty: the chat's connection. */
  get editConnection(): string {
    return this.#string('editConnection');
  }

  selectConnection(name: string, purpose: Purpose = 'chat'): Thenable<void> {
    const setting = purpose === 'edit' ? 'editConnection' : 'connection';
    return vscode.workspace.getConfiguration('askance').update(setting, name, vscode.ConfigurationTarget.Global);
  }

  /** The raw items of `askance.connections`, valid or not. */
  get writtenConnections(): readonly unknown[] {
    const written = this.#get('connections');
    return Array.isArray(written) ? written : [];
  }

  writeConnections(connections: readonly unknown[]): Thenable<void> {
    return vscode.workspace
      .getConfiguration('askance')
      .update('connections', connections, vscode.ConfigurationTarget.Global);
  }

  /** Fields that this connection's server rejected and the user agreed to omit or rename. */
  adaptation(connection: Connection): Adaptation {
    return this.#adaptations.of(connection);
  }

  async rememberRefusal(
    connection: Pick<Connection, 'name' | 'model'> & { readonly wire?: WireId | undefined },
    refused: RefusedField,
  ): Promise<void> {
    await this.#adaptations.add(connection, refused);
    this.#remembered.fire();
  }

  /** Another API refuses other fields. */
  async forgetRefusals(connection: Connection): Promise<void> {
    await this.#adaptations.forget(connection);
    this.#remembered.fire();
  }

  async revokeRefusal(connection: Connection, field: string): Promise<void> {
    await this.#adaptations.revoke(connection, field);
    this.#remembered.fire();
  }

  systemPrompt(connection: Connection): string {
    return connection.systemPrompt ?? this.#string('systemPrompt');
  }

  /** Where edits are reviewed: in the file, or in a diff before anything is written. */
  get editReview(): 'inline' | 'diff' {
    return this.#string('edit.review') === 'diff' ? 'diff' : 'inline';
  }

  /** Milliseconds. */
  get timeouts(): Timeouts {
    // A zero timeout would fail at once, and so would a timer beyond the platform's limit.
    const seconds = (name: string): number => 1000 * this.#number(`network.${name}`, 1, 86_400);
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

  /** The user's patterns replace the defaults; the workspace's are added. */
  get exclude(): ExcludePatterns {
    const found = vscode.workspace.getConfiguration('askance').inspect<unknown>('exclude');
    return {
      user: strings(found?.globalValue) ?? strings(found?.defaultValue) ?? [],
      workspace: strings(found?.workspaceValue) ?? [],
    };
  }

  /** Whether `AGENTS.md` is attached to the first question of a chat. */
  get useAgentsFile(): boolean {
    return this.#get('useAgentsFile') === true;
  }

  /** The raw items of `askance.actions`; `parseActions` reads them, which isn't needed at start. */
  get actions(): unknown {
    return this.#get('actions');
  }

  /** Whether the lightbulb offers actions. */
  get lightbulb(): boolean {
    return this.#get('lightbulb') === true;
  }

  /** Whether actions appear as code lenses above functions. */
  get codeLens(): boolean {
    return this.#get('codeLens') === true;
  }

  /** Pixels; 0 for the editor's size. */
  get fontSize(): number {
    return this.#number('fontSize');
  }

  /** The stored key for the connection's origin, else the one in its environment variable. */
  async apiKey(connection: Connection): Promise<string | undefined> {
    const stored = await this.#secrets.get(keyName(connection));
    if (stored !== undefined) return stored;
    const named = connection.apiKeyEnv === undefined ? undefined : process.env[connection.apiKeyEnv];
    return named === undefined ? undefined : keyIn(named) || undefined;
  }

  storeApiKey(connection: Pick<Connection, 'baseUrl'>, key: string): Promise<void> {
    return this.#secrets.store(keyName(connection), key);
  }

  forgetApiKey(connection: Connection): Promise<void> {
    return this.#secrets.delete(keyName(connection));
  }

  /** Stores the value of `${secret:NAME}` for the headers of this origin's connections. */
  storeSecret(connection: Connection, name: string, value: string): Promise<void> {
    return this.#secrets.store(secretKey(connection, name), value);
  }

  /** All secrets that a request of the connection may need. */
  async secretSource(connection: Connection): Promise<SecretSource> {
    const needed: readonly Reference[] = [
      { kind: 'apiKey' },
      ...Object.values(connection.headers).flatMap((value) => references(value)),
    ];
    const values = new Map(
      await Promise.all(
        needed.map(async (reference) => [referenceName(reference), await this.#secret(connection, reference)] as const),
      ),
    );
    return (reference) => values.get(referenceName(reference));
  }

  /** Called when a setting of Askance or a remembered adaptation changes. */
  onChange(listener: () => void): vscode.Disposable {
    return vscode.Disposable.from(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('askance')) listener();
      }),
      this.#remembered.event(listener),
    );
  }

  dispose(): void {
    this.#secrets.dispose();
    this.#remembered.dispose();
  }

  async #secret(connection: Connection, reference: Reference): Promise<string | undefined> {
    switch (reference.kind) {
      case 'apiKey':
        return this.apiKey(connection);
      case 'env':
        // A line end of a file that a variable was read from is none of the secret.
        return process.env[reference.name]?.trimEnd();
      case 'secret':
        return this.#secrets.get(secretKey(connection, reference.name));
      default:
        return reference satisfies never;
    }
  }

  #string(name: string): string {
    const value = this.#get(name);
    return typeof value === 'string' ? value : String(this.#default(name));
  }

  #number(name: string, least = 0, most = Infinity): number {
    const value = this.#get(name);
    return typeof value === 'number' && value >= least && value <= most ? value : Number(this.#default(name));
  }

  #get(name: string): unknown {
    return vscode.workspace.getConfiguration('askance').get<unknown>(name);
  }

  /** Defaults are declared only in package.json. This one applies if the user's value is invalid. */
  #default(name: string): unknown {
    return vscode.workspace.getConfiguration('askance').inspect(name)?.defaultValue;
  }
}

function strings(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : undefined;
}

/** A key belongs to an origin: if a connection's URL moves to another origin, the key isn't sent there. */
function keyName({ baseUrl }: Pick<Connection, 'baseUrl'>): string {
  return `apiKey ${requestUrl({ baseUrl }).origin}`;
}

/** Scoped like keys. */
function secretKey({ baseUrl }: Connection, name: string): string {
  return `secret ${name} ${requestUrl({ baseUrl }).origin}`;
}

function referenceName(reference: Reference): string {
  return reference.kind === 'apiKey' ? reference.kind : `${reference.kind}:${reference.name}`;
}
