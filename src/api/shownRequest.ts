import { bodyWithoutCredentials, withoutUrlCredentials } from './connection/plaintextCredential.ts';
import { concealed, masked } from './mask.ts';
import type { CompletionRequest } from './request.ts';

/** A request for people to read before it is sent, whole, with its secrets masked. */
export function shownRequest(request: CompletionRequest): string {
  const { method = 'POST', url, headers, body } = request;
  const hidden = (text: string): string => masked(text, request.secrets);
  const shownHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, hidden(value)]));
  const shown = {
    method,
    url: hidden(withoutUrlCredentials(url, concealed)),
    headers: shownHeaders,
    body: bodyWithoutCredentials(body, concealed),
  };
  return `${JSON.stringify(shown, undefined, 2)}\n`;
}
