import { TLSSocket } from 'node:tls';
import { createTrust } from '../network/certificates.ts';
import { openSocket, type SocketStep, type Way } from '../network/socket.ts';
import { masked } from './mask.ts';
import { credentials, findRoute, shownProxy, type Route } from '../network/proxy.ts';
import { type Network, type Timeouts, type TransportMode } from '../network/transport.ts';
import { createTransport } from '../network/createTransport.ts';
import { TransportError } from '../network/transportError.ts';
import { modelsUrl } from './url.ts';

/** What is to be diagnosed. */
export interface Diagnosed {
  /** Where completions are asked for. */
  readonly url: string;
  /** Those of a request, with the key. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether there is a key that no header can hold. */
  readonly withoutKey: boolean;
  /** Names of the connection's headers that cannot be sent. */
  readonly withoutHeaders: readonly string[];
  /** What must not be in a line. */
  readonly secrets: readonly string[];
  readonly timeouts: Timeouts;
  readonly network: Network;
}

/**
 * Tries the way to an endpoint step by step and tells each result in a line of English, for a log that may be handed on:
 * no key, header or password is in it. No model is asked anything.
 * @throws The signal's reason when it aborts.
 */
export async function* diagnose(diagnosed: Diagnosed, signal: AbortSignal): AsyncGenerator<string, void> {
  const { network } = diagnosed;
  const url = new URL(diagnosed.url);
  const route = findRoute(url, network.proxy, network.environment);
  const secrets = secretsOf(diagnosed, route);
  const authorities = await network.authorities();
  yield `Endpoint: ${shownUrl(url)}`;
  if (diagnosed.withoutKey) yield "Sent without the API key. It contains characters that aren't allowed in headers";
  if (diagnosed.withoutHeaders.length > 0) {
    yield `Sent without these headers. Their secrets aren't set or can't be sent: ${diagnosed.withoutHeaders.join(', ')}`;
  }
  yield `Transport: ${network.mode}`;
  yield `Proxy: ${shownRoute(route)}`;
  yield `Certificates: ${authorities ? `${authorities.length} authorities are trusted` : "Node's own authorities"}`;
  const way = { route, secureContext: createTrust(async () => authorities) };
  for (const line of await trySocket(url, way, diagnosed.timeouts, signal)) yield masked(line, secrets);
  yield masked(
    `GET ${shownUrl(modelsUrl(url))} over Askance's HTTP client: ${await probe('undici', diagnosed, signal)}`,
    secrets,
  );
  yield masked(`The same over VS Code's fetch: ${await probe('vscode', diagnosed, signal)}`, secrets);
}

/** The steps with the time that each took, and how it ended. */
async function trySocket(
  url: URL,
  way: Way,
  { connectTimeout }: Timeouts,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const lines: string[] = [];
  const timeout = AbortSignal.timeout(connectTimeout);
  let elapsed = stopwatch();
  const reached = (step: SocketStep): void => {
    lines.push(`${stepNames[step]}: ${elapsed()}`);
    elapsed = stopwatch();
  };
  try {
    const socket = await openSocket(url, way, AbortSignal.any([signal, timeout]), reached);
    if (socket instanceof TLSSocket) lines.push(shownTls(socket));
    socket.destroy();
  } catch (error) {
    signal.throwIfAborted();
    lines.push(`Connecting failed after ${elapsed()}: ${timeout.aborted ? 'no answer in time' : shownError(error)}`);
  }
  return lines;
}

/** What the server answers to a request for its list of models. */
async function probe(mode: TransportMode, diagnosed: Diagnosed, signal: AbortSignal): Promise<string> {
  const { url, headers, timeouts, network } = diagnosed;
  const transport = createTransport(timeouts, { ...network, mode });
  const enough = new AbortController();
  const elapsed = stopwatch();
  try {
    const request = { method: 'GET', url: modelsUrl(new URL(url)).href, headers, body: '' } as const;
    const { status } = await transport.send(request, AbortSignal.any([signal, enough.signal]));
    return `HTTP ${status} after ${elapsed()}`;
  } catch (error) {
    signal.throwIfAborted();
    return `failed after ${elapsed()}: ${shownError(error)}`;
  } finally {
    enough.abort();
    await transport.close();
  }
}

const stepNames: Readonly<Record<SocketStep, string>> = {
  lookup: 'Name looked up',
  tcp: 'Connected',
  proxyTls: 'TLS with the proxy',
  tunnel: 'Tunnel through the proxy',
  tls: 'TLS with the endpoint',
};

function stopwatch(): () => string {
  const start = performance.now();
  return () => `${Math.round(performance.now() - start)} ms`;
}

/** A query may hold a key. */
function shownUrl({ origin, pathname, search }: URL): string {
  return origin + pathname + (search === '' ? '' : '?•••');
}

function shownRoute(route: Route): string {
  switch (route.kind) {
    case 'direct':
      return `none (${route.source})`;
    case 'proxy':
      return `${shownProxy(route)} (${route.source})`;
    case 'unusable':
      return `not usable (${route.source})`;
    default:
      return route satisfies never;
  }
}

function shownTls(socket: TLSSocket): string {
  const { issuer } = socket.getPeerCertificate();
  return `${socket.getProtocol() ?? 'TLS'}, certificate issued by ${String(issuer.O ?? issuer.CN)}`;
}

function shownError(error: unknown): string {
  if (error instanceof TransportError) {
    return error.cause === undefined
      ? `${error.phase}, ${error.seconds} s`
      : `${error.phase}, ${shownError(error.cause)}`;
  }
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? `${String(error.code)} ` : '';
  const cause = error.cause instanceof Error ? `; ${shownError(error.cause)}` : '';
  return code + error.message + cause;
}

/** All that must not be in a line. Shorter values tell nothing, and would blot out half of it. */
function secretsOf({ headers, secrets }: Diagnosed, route: Route): readonly string[] {
  const values = Object.values(headers)
    .flatMap((value) => [value, value.replace(/^\S+ /, '')])
    .concat(secrets);
  if (route.kind === 'proxy') {
    const { user, password } = credentials(route.url);
    values.push(user, password, route.url.password, route.authorization ?? '');
  }
  return values.filter((value) => value.length > 3);
}
