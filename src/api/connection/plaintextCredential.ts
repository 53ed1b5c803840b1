import type { Translate } from '../../shared/l10n.ts';
import { isJsonObject, parseJson } from '../../shared/json.ts';
import type { Connection } from './connection.ts';
import { withoutReferences } from '../references.ts';
import type { JsonObject, JsonValue } from '../../shared/json.ts';

/** A secret that stands in settings.json for all to read. */
export interface ClearCredential {
  /** The header that holds it; absent: the query of the base URL does, or `extraBody`. */
  readonly header?: string;
  /** One sentence with cause and next step; the secret is not in it. */
  readonly warning: string;
}

/** What of a connection looks like a credential in clear. It is sent all the same: the user may know better. */
export function findClearCredentials(connection: Connection, t: Translate): readonly ClearCredential[] {
  const inHeaders = Object.entries(connection.headers)
    .filter(([name, value]) => looksLikeCredential(name, value))
    .map(([header]) => ({
      header,
      warning: t(
        'Connection “{0}”: the header {1} looks like a credential in clear. Run “Askance: Set secret” and write {2} in its place.',
        connection.name,
        header,
        '${secret:NAME}',
      ),
    }));
  const warnings: string[] = [];
  if (bodyCredentials(connection.extraBody).length > 0) {
    warnings.push(
      t(
        'Connection “{0}”: extraBody looks as if it held a credential in clear. If the server takes it there, put it into a header as {1}.',
        connection.name,
        '${secret:NAME}',
      ),
    );
  }
  if (queryCredentials(connection).length > 0) {
    warnings.push(
      t(
        'Connection “{0}”: baseUrl looks as if it held a credential in clear. Set it with “Askance: Set API key”, and place {1} in a header.',
        connection.name,
        '${apiKey}',
      ),
    );
  }
  return [...inHeaders, ...warnings.map((warning) => ({ warning }))];
}

/** Values of the base URL's query that are meant to be secret: each as it is meant and as the URL spells it. */
export function queryCredentials({ baseUrl }: Pick<Connection, 'baseUrl'>): readonly string[] {
  const url = URL.parse(baseUrl);
  return url ? queryParts(url).flatMap(({ value, spelled, isSecret }) => (isSecret ? [value, spelled] : [])) : [];
}

/** The URL with another text in the place of each value of its query that is meant to be secret. */
export function withoutQueryCredentials(address: string, replacement: string): string {
  const url = new URL(address);
  const parts = queryParts(url).map(({ part, spelled, isSecret }) =>
    isSecret ? part.slice(0, part.length - spelled.length) + replacement : part,
  );
  return parts.length === 0 ? address : `${url.origin}${url.pathname}?${parts.join('&')}`;
}

interface QueryPart {
  /** `name=value`, as it stands in the URL. */
  readonly part: string;
  readonly value: string;
  /** The value as it stands in the URL: one value has many spellings there. */
  readonly spelled: string;
  readonly isSecret: boolean;
}

function queryParts({ search }: URL): readonly QueryPart[] {
  return search
    .slice(1)
    .split('&')
    .flatMap((part) => {
      const [entry] = new URLSearchParams(part);
      if (!entry) return [];
      const [name, value] = entry;
      const spelled = part.slice(part.indexOf('=') + 1);
      return [{ part, value, spelled, isSecret: looksLikeCredential(name, value) }];
    });
}

/** Texts in a body's fields that are meant to be secret. */
export function bodyCredentials(fields: JsonObject): readonly string[] {
  const found: string[] = [];
  mapCredentials(fields, (value) => {
    found.push(value);
    return value;
  });
  return found;
}

/**
 * The fields of a body with another text in the place of each that is meant to be secret. The messages stay as the user
 * wrote them.
 */
export function withoutBodyCredentials(fields: JsonObject, replacement: string): JsonObject {
  const { messages } = fields;
  return { ...mapCredentials(fields, () => replacement), ...(messages !== undefined && { messages }) };
}

/** The same of a body as it is sent; undefined where there is none. */
export function bodyWithoutCredentials(body: string, replacement: string): unknown {
  const fields = parseJson(body);
  return isJsonObject(fields) ? withoutBodyCredentials(fields, replacement) : fields;
}

/** The fields with what `change` makes of each text that is meant to be secret; undefined: without it. */
export function mapCredentials(fields: JsonObject, change: (value: string) => string | undefined): JsonObject {
  const map = (name: string, value: JsonValue): JsonValue | undefined => {
    if (typeof value === 'string') return isBodyCredential(name, value) ? change(value) : value;
    if (typeof value !== 'object' || value === null) return value;
    if (!isList(value)) return mapCredentials(value, change);
    return value.map((item) => map(name, item)).filter((item) => item !== undefined);
  };
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const mapped = map(name, value);
      return mapped === undefined ? [] : [[name, mapped] as const];
    }),
  );
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Fields of a request have names of tokens and caches that no header has. */
function isBodyCredential(name: string, value: string): boolean {
  return !/(?:^|_)(?:bos|eos|pad|stop|cache)_(?:token|key)s?$/i.test(words(name)) && looksLikeCredential(name, value);
}

/** Whether a field with this name and value is meant to be secret. */
export function looksLikeCredential(name: string, value: string): boolean {
  const clear = withoutReferences(value);
  if (clear.trim() === '') return false;
  const isTold = clear === value && telling.test(words(name));
  return isTold || known.test(clear.trim()) || isRandom(clear.trim().replace(/^(?:Bearer|Basic|Token)\s+/i, ''));
}

/** A name with an underscore where a capital begins a word. */
function words(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2');
}

const telling =
  /(?:^|[-_])(?:key|apikey|token|secret|password|passwd|pwd|auth|credential|signature|sig)s?$|authorization/i;

/** Beginnings of keys that providers give out, and the schemes of `Authorization`. */
const known = /^(?:(?:Bearer|Basic|Token)\s+\S{8}|(?:sk|pk|rk|gsk|pplx|xai|hf|ghp|gho|AIza|eyJ)[-_A-Za-z0-9]{12})/;

/** A long word of letters and digits that no language has; a version, a date or a UUID in parts is none. */
function isRandom(value: string): boolean {
  if (!/^[A-Za-z0-9+/=_]{24,}$/.test(value)) return false;
  return /[0-9]/.test(value) && /[A-Z]/.test(value) && /[a-z]/.test(value);
}
