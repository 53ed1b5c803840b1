import type { Profile } from './profile.ts';
import type { Message } from './types.ts';
import { completionsUrl } from './url.ts';

/** What goes over the wire, complete: nothing else is added but what HTTP itself needs. */
export interface HttpRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. Nothing in a GET. */
  readonly body: string;
  /** Not set: POST. */
  readonly method?: 'GET' | 'POST';
}

/** The POST for a completion. A parameter that is not set is not sent; `extraBody` is merged last. */
export function buildRequest(profile: Profile, messages: readonly Message[], apiKey: string | undefined): HttpRequest {
  const { model, parameters, stream, includeUsage, extraBody } = profile;
  return {
    url: completionsUrl(profile.baseUrl).href,
    headers: {
      ...(apiKey && { Authorization: `Bearer ${apiKey}` }),
      'Content-Type': 'application/json',
      Accept: stream ? 'text/event-stream' : 'application/json',
      ...profile.headers,
    },
    body: JSON.stringify({
      model,
      messages,
      ...parameters,
      stream,
      ...(stream && includeUsage && { stream_options: { include_usage: true } }),
      ...extraBody,
    }),
  };
}
