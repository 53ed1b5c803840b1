import { withoutBodyCredentials, withoutQueryCredentials } from './clearCredential.ts';
import { masked } from './errors.ts';
import { isJsonObject, parseJson } from './json.ts';
import type { CompletionRequest } from './request.ts';

/** A request for people to read before it is sent, whole, with its secrets masked. */
export function shownRequest(request: CompletionRequest): string {
  const { method = 'POST', url, headers, body } = request;
  const hidden = (text: string): string => masked(text, request.secrets);
  const shownHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, hidden(value)]));
  return `${JSON.stringify({ method, url: hidden(withoutQueryCredentials(url, '•••')), headers: shownHeaders, body: shownBody(body) }, undefined, 2)}\n`;
}

function shownBody(body: string): unknown {
  const fields = parseJson(body);
  return isJsonObject(fields) ? withoutBodyCredentials(fields, '•••') : fields;
}
