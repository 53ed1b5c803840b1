import { asArray, asObject, asText } from '../shared/json.ts';

/**
 * What servers write loosely, read in one place: a number that is a text, a text that is a list of texts, a name in
 * another spelling.
 */

type Fields = Readonly<Record<string, unknown>>;

/** A number, also one in quotes. */
export function looseNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || !/^\s*[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?\s*$/i.test(value)) return undefined;
  return Number(value);
}

/** The first of the names under which there is something: neither nothing nor an empty text. */
export function firstField(fields: Fields | undefined, ...names: readonly string[]): unknown {
  if (!fields) return undefined;
  for (const name of names) {
    const value = fields[name];
    if (value !== undefined && value !== null && value !== '') return value;
  }
  return undefined;
}

/** The fields under their names in lower case, without marks between words: `errorCode` and `error_code` are one. */
export function looseFields(value: unknown): ReadonlyMap<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const [name, field] of Object.entries(asObject(value) ?? {})) {
    const plain = name.toLowerCase().replaceAll(/[_\-. ]/g, '');
    if (!fields.has(plain)) fields.set(plain, field);
  }
  return fields;
}

/** A list, also one with a single item that is none. */
export function looseList(value: unknown): readonly unknown[] {
  return asArray(value) ?? (value === undefined || value === null ? [] : [value]);
}

/** A text, or the text of what holds one. */
export function looseText(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (typeof value === 'number') return String(value);
  const fields = asObject(value);
  return fields && asText(firstField(fields, 'text', 'content', 'value'));
}
