import type { Translate } from '../../shared/l10n.ts';
import { isJsonObject, parseJson } from '../../shared/json.ts';
import type { Connection } from './connection.ts';
import { isLoopback } from '../../network/proxy.ts';
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
        'Connection “{0}”: The header {1} looks like a plain-text credential. Run “Askance: Set header secret…” and use {2} instead.',
        connection.name,
        header,
        '${secret:NAME}',
      ),
    }));
  const warnings: string[] = [];
  if (connection.apiKeyEnv !== undefined && holdsCredential(connection.apiKeyEnv)) {
    warnings.push(
      t(
        'Connection “{0}”: apiKeyEnv looks like an API key, but must be the name of a variable. Remove it and run “Askance: Set API key”.',
        connection.name,
      ),
    );
  }
  if (bodyCredentials(connection.extraBody).length > 0) {
    warnings.push(
      t(
        'Connection “{0}”: extraBody seems to contain a plain-text credential. If the server accepts it in a header, put it there as {1}.',
        connection.name,
        '${secret:NAME}',
      ),
    );
  }
  if (urlCredentials(connection).length > 0) {
    warnings.push(
      t(
        'Connection “{0}”: baseUrl seems to contain a plain-text credential. Set it with “Askance: Set API key” and use {1} in a header.',
        connection.name,
        '${apiKey}',
      ),
    );
  }
  return [...inHeaders, ...warnings.map((warning) => ({ warning }))];
}

/** Whether it is asked over http and on another machine: whoever is on the way can read all of it. */
export function isUnencrypted({ baseUrl }: Pick<Connection, 'baseUrl'>): boolean {
  const url = URL.parse(baseUrl);
  return url?.protocol === 'http:' && !isLoopback(url);
}

/** What is meant to be secret in the path and the query of the base URL: each as it is meant and as the URL spells it. */
export function urlCredentials({ baseUrl }: Pick<Connection, 'baseUrl'>): readonly string[] {
  const url = URL.parse(baseUrl);
  if (!url) return [];
  const inQuery = queryParts(url).flatMap(({ value, spelled, isSecret }) => (isSecret ? [value, spelled] : []));
  return [...url.pathname.split('/').filter(holdsCredential), ...inQuery];
}

/** The URL with another text in the place of each part of its path and query that is meant to be secret. */
export function withoutUrlCredentials(address: string, replacement: string): string {
  const url = new URL(address);
  const path = url.pathname.split('/').map((segment) => (holdsCredential(segment) ? replacement : segment));
  const parts = queryParts(url).map(({ part, spelled, isSecret }) =>
    isSecret ? part.slice(0, part.length - spelled.length) + replacement : part,
  );
  return `${url.origin}${path.join('/')}${parts.length === 0 ? '' : `?${parts.join('&')}`}`;
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
      return [{ part, value, spelled, isSecret: /^code$/i.test(name) || looksLikeCredential(name, value) }];
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
  const { messages, input } = fields;
  return {
    ...mapCredentials(fields, () => replacement),
    ...(messages !== undefined && { messages }),
    ...(input !== undefined && { input }),
  };
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
      const shown = holdsCredential(name) ? change(name) : name;
      const mapped = map(name, value);
      return mapped === undefined || shown === undefined ? [] : [[shown, mapped] as const];
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
  return isTold || scheme.test(clear.trim()) || holdsCredential(clear);
}

/** Whether a word of the text looks like a key by itself. */
export function holdsCredential(text: string): boolean {
  return (text.match(keyLike) ?? []).some(isKey);
}

/** The text with another in the place of each word that looks like a key. */
export function withoutCredentials(text: string, replacement: string): string {
  return text.replaceAll(keyLike, (word) => (isKey(word) ? replacement : word));
}

/** A run of the characters that keys are made of. */
const keyLike = /[\w.+/=-]{16,}/g;

function isKey(word: string): boolean {
  return word.split(/[./+=]/).some((part) => known.test(part)) || isRandom(word);
}

/** A name with an underscore where a capital begins a word. */
function words(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2');
}

const telling =
  /(?:^|[-_])(?:key|apikey|token|secret|pass|passphrase|password|passwd|pwd|auth|bearer|jwt|cookie|access|credential|signature|sig)s?$|authorization/i;

/** The schemes of `Authorization`. */
const scheme = /^(?:Bearer|Basic|Token)\s+\S{8}/;

/** Beginnings of keys that providers give out. */
const known =
  // linear: it begins where the text begins, and repeats only to look ahead for a digit.
  /^(?:(?:sk|pk|rk|gsk|csk|pplx|xai|hf|r8|fw|tgp|gh[oprsu]|github_pat|glpat|nvapi|xox[abeprs])[-_](?=\D*\d)[-\w]{12}|AIza[-\w]{12}|eyJ[-\w]{12}|(?:AKIA|ASIA)[A-Z0-9]{16}$)/;

/** Whether a word is made of letters and digits by chance; a version, a date, a name of a model or a UUID is not. */
function isRandom(word: string): boolean {
  return word.split(/[-_./+=]/).some((part) => {
    if (part.length < 16 || !/\d.*\d/.test(part) || !/[A-Za-z]/.test(part)) return false;
    // As long as a hash; a shorter one is mostly the id of a trace.
    if (/^(?:[0-9a-f]+|[0-9A-F]+)$/.test(part)) return part.length >= 40;
    // Where small and large letters and digits follow each other; matches do not overlap, so about half are counted.
    const changes = part.match(/[a-z][^a-z]|[A-Z][^A-Z]|\d\D/g)?.length ?? 0;
    return changes >= part.length / (/[A-Z]/.test(part) ? 5 : 6);
  });
}
