import { adaptFields, noAdaptation } from './adaptation.ts';
import { chatBody } from './chatCompletions/body.ts';
import {
  bodyCredentials,
  looksLikeCredential,
  urlCredentials,
  withoutBodyCredentials,
} from './connection/plaintextCredential.ts';
import { CompletionError } from './errors.ts';
import { concealed } from './mask.ts';
import { providerOf } from './connection/providers.ts';
import { fieldValue, keyValue } from './headers.ts';
import type { Connection } from './connection/connection.ts';
import type { HttpRequest } from '../network/transport.ts';
import { references, resolveReferences, type Reference } from './references.ts';
import type { JsonObject, JsonValue } from '../shared/json.ts';
import type { WireId } from '../shared/wireId.ts';
import type { RequestParts } from './requestParts.ts';
import { responsesBody } from './responses/body.ts';
import { modelsUrl, requestUrl, wireOf } from './url.ts';

/** The value that a reference stands for; nothing where none is set. */
export type SecretSource = (reference: Reference) => string | undefined;

/** What lets a request in. */
export type SentCredential =
  /** `variable`: the one of the environment that a key was to come from. */
  | { readonly kind: 'none'; readonly variable?: string }
  | { readonly kind: 'key' }
  /** A header of the connection's own, the query of its URL or a field of `extraBody`; `secret`: the name of a stored secret in it. */
  | { readonly kind: 'header'; readonly secret?: string };

/** A request for a completion, and what must never be shown of it. */
export interface CompletionRequest extends HttpRequest {
  readonly credential: SentCredential;
  /** Names of the body's fields. */
  readonly fields: readonly string[];
  /** What the answer is read with. */
  readonly wire: WireId;
  readonly model: string;
  /** Of the answer's tokens, as it is sent. */
  readonly limit?: number;
  readonly secrets: readonly string[];
}

/**
 * The POST for a completion. A parameter that is not set is not sent; `extraBody` takes the place of the connection's
 * parameters, and what the conversation sets that of both.
 * @throws CompletionError where a secret that the headers need is not set or cannot stand in a header.
 */
export function buildRequest(parts: RequestParts, secret: SecretSource): CompletionRequest {
  const { connection } = parts;
  const apiKey = secret({ kind: 'apiKey' });
  if (!canStand(apiKey ?? '', { kind: 'apiKey' })) throw new CompletionError(unusable({ kind: 'apiKey' }));
  const used = new Map<string, Reference>();
  const look = (reference: Reference): string => {
    const value = secret(reference);
    if (value === undefined || value === '') throw new CompletionError(missing(reference, connection));
    if (!canStand(value, reference)) throw new CompletionError(unusable(reference));
    used.set(value, reference);
    return value;
  };
  const own = Object.entries(connection.headers);
  const headers = Object.fromEntries(own.map(([name, value]) => [name, resolveReferences(value, look)]));
  const sendsKeyElsewhere = placesKey(connection);
  const clear = own.filter(([name, value]) => looksLikeCredential(name, value)).map(([name]) => headers[name] ?? '');
  const visible = [...clear, ...urlCredentials(connection), ...bodyCredentials(connection.extraBody)];
  const fields = bodyFields(parts);
  const limit = fields['max_output_tokens'] ?? fields['max_completion_tokens'] ?? fields['max_tokens'];
  const keyHeader = providerOf(new URL(connection.baseUrl))?.keyHeader;
  return {
    url: requestUrl(connection).href,
    headers: {
      ...(apiKey && !sendsKeyElsewhere && keyField(keyHeader, apiKey)),
      'Content-Type': 'application/json',
      Accept: connection.stream ? 'text/event-stream' : 'application/json',
      // Firewalls before many gateways refuse who does not say what asks (RFC 9110, 10.1.5).
      ...(!own.some(([name]) => /^user-agent$/i.test(name)) && { 'User-Agent': 'Askance' }),
      ...headers,
    },
    body: JSON.stringify(fields),
    credential: credentialOf(connection, apiKey, [...used.values()], visible.length > 0),
    fields: Object.keys(fields),
    wire: wireOf(connection),
    model: connection.model,
    ...(typeof limit === 'number' && { limit }),
    secrets: [apiKey ?? '', ...used.keys(), ...visible].filter((value) => value !== ''),
  };
}

/**
 * The GET for the list of models, with the headers of a completion.
 * @throws CompletionError as `buildRequest` does.
 */
export function buildModelsRequest(connection: Connection, secret: SecretSource): CompletionRequest {
  const request = buildRequest({ connection, messages: [] }, secret);
  const { 'Content-Type': _type, ...headers } = request.headers;
  return {
    ...request,
    method: 'GET',
    url: modelsUrl(new URL(request.url)).href,
    headers: { ...headers, Accept: 'application/json' },
    body: '',
    fields: [],
  };
}

/** A request to try the way with, without what cannot be sent because it is not set or no header can hold it. */
export interface Probe {
  readonly request: CompletionRequest;
  /** Whether there is a key that no header can hold. */
  readonly withoutKey: boolean;
  /** Names of the connection's headers that it lacks. */
  readonly withoutHeaders: readonly string[];
}

/** Never throws: what is wrong with key and secrets is to be told, not to be in the way. */
export function buildProbe(connection: Connection, secret: SecretSource): Probe {
  const usable: SecretSource = (reference) => {
    const value = secret(reference);
    return value !== undefined && canStand(value, reference) ? value : undefined;
  };
  const isSet = ([, value]: [string, string]): boolean => references(value).every((each) => Boolean(usable(each)));
  const headers = Object.entries(connection.headers);
  const sent = { ...connection, headers: Object.fromEntries(headers.filter(isSet)) };
  const key = { kind: 'apiKey' } as const;
  return {
    request: buildRequest({ connection: sent, messages: [] }, usable),
    withoutKey: secret(key) !== usable(key),
    withoutHeaders: headers.filter((header) => !isSet(header)).map(([name]) => name),
  };
}

/** The fields of the body beside model and messages, as they are sent but for what is secret. */
export function sentParameters(parts: Omit<RequestParts, 'messages'>): JsonObject {
  const {
    model: _model,
    preset: _preset,
    messages: _messages,
    input: _input,
    ...fields
  } = bodyFields({ ...parts, messages: [] });
  return withoutBodyCredentials(fields, concealed);
}

/** Whether the key goes into a header of the connection's own, and so not into `Authorization`. */
function placesKey({ headers }: Pick<Connection, 'headers'>): boolean {
  return Object.values(headers).some((value) => references(value).some(({ kind }) => kind === 'apiKey'));
}

function keyField(header: string | undefined, apiKey: string): Readonly<Record<string, string>> {
  return header === undefined ? { Authorization: `Bearer ${apiKey}` } : { [header]: apiKey };
}

function canStand(value: string, { kind }: Reference): boolean {
  return (kind === 'apiKey' ? keyValue : fieldValue).test(value);
}

function credentialOf(
  connection: Connection,
  apiKey: string | undefined,
  used: readonly Reference[],
  hasVisible: boolean,
): SentCredential {
  if (apiKey) return { kind: 'key' };
  if (used.length === 0 && !hasVisible) return { kind: 'none', ...variableOf(connection) };
  const stored = used.find((reference) => reference.kind === 'secret');
  return { kind: 'header', ...(stored && { secret: stored.name }) };
}

function bodyFields(parts: RequestParts): Readonly<Record<string, JsonValue>> {
  const body = wireOf(parts.connection) === 'responses' ? responsesBody(parts) : chatBody(parts);
  return adaptFields(body, parts.adaptation ?? noAdaptation);
}

function variableOf({ apiKeyEnv }: Connection): { readonly variable?: string } {
  return apiKeyEnv === undefined ? {} : { variable: apiKeyEnv };
}

function missing(reference: Reference, connection: Connection): CompletionError['failure'] {
  switch (reference.kind) {
    case 'apiKey':
      return { kind: 'noKey', ...variableOf(connection) };
    case 'env':
    case 'secret':
      return { kind: 'noSecret', source: reference.kind, name: reference.name };
    default:
      return reference satisfies never;
  }
}

function unusable(reference: Reference): CompletionError['failure'] {
  switch (reference.kind) {
    case 'apiKey':
      return { kind: 'unusableKey' };
    case 'env':
    case 'secret':
      return { kind: 'unusableSecret', source: reference.kind, name: reference.name };
    default:
      return reference satisfies never;
  }
}
