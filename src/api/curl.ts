import {
  bodyWithoutCredentials,
  looksLikeCredential,
  withoutUrlCredentials,
} from './connection/plaintextCredential.ts';
import { buildRequest, type CompletionRequest } from './request.ts';
import type { RequestParts } from './requestParts.ts';
import type { Reference } from './references.ts';

/**
 * The request as a command for a POSIX shell. The key and every secret are variables of the shell, so that none is in
 * the text; what stands in clear in settings.json has one for the URL, for the body, and for each header.
 * @param hasKey Whether a key is sent.
 */
export function curlCommand(parts: RequestParts, hasKey: boolean): string {
  const { connection } = parts;
  const build = (stand: (reference: Reference) => string): CompletionRequest =>
    buildRequest(parts, (reference) => (reference.kind === 'apiKey' && !hasKey ? undefined : stand(reference)));
  const mark = unusedMark(JSON.stringify(build(() => 'x')));
  const marked = (name: string): string => `${mark}${name}}}`;
  const request = build((reference) => marked(variable(reference)));
  const url = withoutUrlCredentials(request.url, marked('ASKANCE_URL_SECRET'));
  const headers = Object.entries(request.headers).map(([name, value]) => {
    const isClear = looksLikeCredential(name, connection.headers[name] ?? '');
    return `-H ${quoted(`${name}: ${isClear ? marked(headerVariable(name)) : value}`, mark)}`;
  });
  const body = JSON.stringify(bodyWithoutCredentials(request.body, marked('ASKANCE_BODY_SECRET')));
  const words = [`curl -gN ${quoted(url, mark)}`, ...headers, `--data-raw ${quoted(body, mark)}`];
  return words.join(' \\\n  ');
}

/** The name of the variable that a secret is expected in. */
function variable(reference: Reference): string {
  return reference.kind === 'apiKey' ? 'ASKANCE_API_KEY' : reference.name;
}

function headerVariable(name: string): string {
  return `ASKANCE_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;
}

/** What a variable's name is put behind for `quoted`: it stands nowhere in the text, and a header and a key may hold it. */
function unusedMark(text: string): string {
  for (let count = 0; ; count += 1) {
    const mark = `~${count}{{`;
    if (!text.includes(mark)) return mark;
  }
}

/** In single quotes nothing means anything to the shell; a variable steps out of them. */
function quoted(text: string, mark: string): string {
  const [start = '', ...parts] = text.replaceAll("'", `'\\''`).split(mark);
  const rest = parts.map((part) => part.replace('}}', `"'`)).map((part) => `'"$${part}`);
  return `'${start}${rest.join('')}'`;
}
