import { bodyWithoutCredentials, looksLikeCredential, withoutQueryCredentials } from './clearCredential.ts';
import { buildRequest, type Question } from './request.ts';
import type { Reference } from './references.ts';

/**
 * The request as a command for a POSIX shell. The key and every secret are variables of the shell, so that none is in
 * the text.
 * @param hasKey Whether a key is sent.
 */
export function curlCommand(question: Question, hasKey: boolean): string {
  const { profile } = question;
  const request = buildRequest(question, (reference) =>
    reference.kind === 'apiKey' && !hasKey ? undefined : marked(variable(reference)),
  );
  const url = withoutQueryCredentials(request.url, clearSecret);
  const headers = Object.entries(request.headers).map(([name, value]) => {
    const isClear = looksLikeCredential(name, profile.headers[name] ?? '');
    return `-H ${quoted(`${name}: ${isClear ? clearSecret : value}`)}`;
  });
  const body = JSON.stringify(bodyWithoutCredentials(request.body, clearSecret));
  const parts = [`curl -N ${quoted(url)}`, ...headers, `--data-raw ${quoted(body)}`];
  return parts.join(' \\\n  ');
}

/** The name of the variable that a secret is expected in. */
function variable(reference: Reference): string {
  return reference.kind === 'apiKey' ? 'ASKANCE_API_KEY' : reference.name;
}

/** Marks a variable for `quoted`, in characters that a header and a key may hold and nobody writes. */
function marked(name: string): string {
  return `~{{${name}}}~`;
}

/** For a credential that stands in settings.json. */
const clearSecret = marked('ASKANCE_SECRET');

/** In single quotes nothing means anything to the shell; a variable steps out of them. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`).replace(/~\{\{(\w+)\}\}~/g, `'"$$$1"'`)}'`;
}
