import { BlockList, isIP } from 'node:net';

/**
 * Whether a URL bypasses the proxy. An entry is one of
 * - `*`: every address;
 * - `example.com`, `.example.com` or `*.example.com`: that name and its subdomains;
 * - `10.0.0.7` or `fd00::7`: that address; `10.0.0.0/8` or `fd00::/8`: that network;
 * - any name or address with a port, `example.com:8443` or `[fd00::7]:8443`: that port only.
 */
export function isExempt(target: URL, entries: readonly string[]): boolean {
  const host = bareHost(target.hostname);
  const port = target.port || (target.protocol === 'https:' ? '443' : '80');
  return entries.some((entry) => {
    const { name, onlyPort } = parseEntry(entry.trim().toLowerCase());
    if (name === '' || (onlyPort !== undefined && onlyPort !== port)) return false;
    return name === '*' || (isIP(host) === 0 ? isBelow(host, name) : isInNetwork(host, name));
  });
}

/** A URL's host name without IPv6 brackets and without the trailing dot of a fully qualified name. */
export function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

function parseEntry(entry: string): { name: string; onlyPort?: string | undefined } {
  const groups = /^(?:\[(?<bracketed>[^\]]*)\]|(?<plain>[^:]*))(?::(?<port>\d+))?$/.exec(entry)?.groups;
  // Colons without brackets: an IPv6 address.
  if (!groups) return { name: entry };
  return { name: bareHost(groups['bracketed'] ?? groups['plain'] ?? ''), onlyPort: groups['port'] };
}

function isBelow(host: string, name: string): boolean {
  const domain = name.replace(/^\*?\./, '');
  return host === domain || host.endsWith(`.${domain}`);
}

function isInNetwork(address: string, name: string): boolean {
  const [network = '', prefix] = name.split('/');
  const version = isIP(network);
  const longest = version === 4 ? 32 : 128;
  const bits = Number(prefix ?? longest);
  if (version !== isIP(address) || !Number.isInteger(bits) || bits < 0 || bits > longest) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(network, bits, family);
  return list.check(address, family);
}
