import { once } from 'node:events';
import { isIP, type Socket } from 'node:net';
import { credentials, type ProxyRoute } from './proxy.ts';
import { ProxyError } from './proxyError.ts';

/**
 * Asks the SOCKS 5 proxy at the other end of the socket to connect to a host (RFC 1928); the socket then leads through
 * the proxy. The proxy resolves names, because some are known only on its side.
 * @throws ProxyError when the proxy refuses.
 */
export async function openSocks5(
  socket: Socket,
  { host, port }: { readonly host: string; readonly port: number },
  { url }: ProxyRoute,
  signal: AbortSignal,
): Promise<void> {
  const read = (size: number): Promise<Buffer> => readBytes(socket, size, signal);
  const hasCredentials = url.username !== '';

  socket.write(Buffer.from(hasCredentials ? [version, 2, method.none, method.password] : [version, 1, method.none]));
  const [answered, chosen] = await read(2);
  if (answered !== version) throw new ProxyError('ERR_PROXY', 'The proxy does not speak SOCKS 5.');
  if (chosen === method.password && hasCredentials) await logIn(socket, credentials(url), read);
  else if (chosen !== method.none) throw new ProxyError('ERR_PROXY_CREDENTIALS', 'The proxy asks for credentials.');

  socket.write(Buffer.from([version, connectCommand, 0, ...address(host), port >> 8, port & 0xff]));
  const [, reply = 0, , type = 0] = await read(4);
  if (reply !== 0) throw new ProxyError('ERR_PROXY', `The proxy refused: ${replies[reply] ?? `reply ${reply}`}.`);
  const boundLength = type === addressType.name ? (await read(1)).readUInt8() : type === addressType.ipv6 ? 16 : 4;
  await read(boundLength + 2);
}

const version = 5;
const connectCommand = 1;
const method = { none: 0, password: 2 };
const addressType = { ipv4: 1, name: 3, ipv6: 4 };

/** RFC 1928, 6. */
const replies: Readonly<Record<number, string>> = {
  1: 'it failed',
  2: 'its rules do not allow the connection',
  3: 'the network cannot be reached',
  4: 'the host cannot be reached',
  5: 'the host refused the connection',
  6: 'it took too long',
  7: 'it makes no such connections',
  8: 'it does not know this kind of address',
};

/** RFC 1929. */
async function logIn(
  socket: Socket,
  { user, password }: { readonly user: string; readonly password: string },
  read: (size: number) => Promise<Buffer>,
): Promise<void> {
  socket.write(Buffer.from([1, ...lengthPrefixed(user), ...lengthPrefixed(password)]));
  const [, status] = await read(2);
  if (status !== 0) throw new ProxyError('ERR_PROXY_CREDENTIALS', 'The proxy refused the credentials.');
}

function address(host: string): readonly number[] {
  switch (isIP(host)) {
    case 4:
      return [addressType.ipv4, ...host.split('.').map(Number)];
    case 6:
      return [addressType.ipv6, ...ipv6Bytes(host)];
    default:
      return [addressType.name, ...lengthPrefixed(host)];
  }
}

/** RFC 4291, 2.2. `URL` has already converted an embedded IPv4 part. */
function ipv6Bytes(host: string): readonly number[] {
  const [before = [], after = []] = host.split('::').map((groups) => groups.split(':'));
  // A `::` at the start or end of the address splits into an extra empty group, which counts as zeros like any other.
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  return [...before, ...zeros, ...after]
    .map((group) => Number(`0x0${group}`))
    .flatMap((group) => [group >> 8, group & 0xff]);
}

function lengthPrefixed(text: string): readonly number[] {
  const bytes = Buffer.from(text);
  if (bytes.length > 255) throw new ProxyError('ERR_PROXY', 'A name or password is too long for SOCKS 5.');
  return [bytes.length, ...bytes];
}

/** Reads only what is available: unread bytes would make `readable` fire forever. */
async function readBytes(socket: Socket, size: number, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let missing = size;
  while (missing > 0) {
    const bytes: unknown = socket.read(Math.min(missing, socket.readableLength));
    if (bytes instanceof Buffer) {
      chunks.push(bytes);
      missing -= bytes.length;
    } else if (socket.readableEnded) throw new ProxyError('ERR_PROXY', 'The proxy closed the connection.');
    else await more(socket, signal);
  }
  return Buffer.concat(chunks);
}

/**
 * Resolves when there may be more to read, or at the end: an end that arrives with the last bytes fires no `readable`.
 */
async function more(socket: Socket, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const either = { signal: AbortSignal.any([signal, over.signal]) };
  try {
    await Promise.race([once(socket, 'readable', either), once(socket, 'end', either)]);
  } finally {
    over.abort();
  }
}
