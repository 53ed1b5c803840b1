import type { Translate } from '../shared/l10n.ts';
import { unknownReference } from './references.ts';

/** Says what is wrong with a header that a user adds, or nothing if it may be sent. */
export function checkHeader(name: string, value: unknown, t: Translate): string | undefined {
  if (!fieldName.test(name)) {
    return t("headers: {0} isn't a valid header name. Use letters, digits and hyphens.", JSON.stringify(name));
  }
  if (isReservedHeader(name)) {
    return t("headers: {0} is set by Askance and can't be replaced. Remove it.", name);
  }
  if (typeof value !== 'string') return t('headers: The value of {0} must be a string.', name);
  if (!fieldValue.test(value)) {
    return t(
      'headers: The value of {0} must not contain line breaks, control characters or characters outside Latin-1.',
      name,
    );
  }
  const unknown = unknownReference(value);
  return unknown === undefined
    ? undefined
    : t(
        'headers: Unknown variable {0} in the value of {1}. Use {2}, {3} or {4}.',
        unknown,
        name,
        '${apiKey}',
        '${env:NAME}',
        '${secret:NAME}',
      );
}

/** RFC 9110, 5.1: a token. */
const fieldName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** RFC 9110, 5.5. A line break would smuggle in another header. */
export const fieldValue = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;

/** As `fieldValue`, without spaces and what is not ASCII: where a key has those, something went wrong in copying it. */
export const keyValue = /^[\u0021-\u007e]*$/;

function isReservedHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return reserved.has(lower) || lower.startsWith('proxy-');
}

/** Those that the request is made of, and those that belong to the connection (RFC 9110, 7.6.1). */
const reserved: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'authorization',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'cookie',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
