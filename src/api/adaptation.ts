import type { RefusedField } from '../shared/protocol.ts';
import type { JsonValue } from '../shared/json.ts';

/** What a server said it does not take; requests to it leave it out or call it by the name that it wants. */
export interface Adaptation {
  readonly omitted: readonly string[];
  /** Name -> the name that the server wants. */
  readonly renamed: Readonly<Record<string, string>>;
}

export const noAdaptation: Adaptation = { omitted: [], renamed: {} };

/** Whether a request can do without the field. */
export function isOptional(field: string): boolean {
  return !['model', 'preset', 'messages', 'input', 'stream'].includes(field);
}

/** The adaptation with one more refusal heeded. */
export function adapted({ omitted, renamed }: Adaptation, { parameter, replacement }: RefusedField): Adaptation {
  if (replacement !== undefined) return { omitted, renamed: { ...renamed, [parameter]: replacement } };
  // What was called by another name is known to the server by that alone.
  const own = Object.keys(renamed).find((name) => renamed[name] === parameter) ?? parameter;
  return { omitted: omitted.includes(own) ? omitted : [...omitted, own], renamed };
}

/** The adaptation without what it says about one field. */
export function withoutRefusal({ omitted, renamed }: Adaptation, field: string): Adaptation {
  return {
    omitted: omitted.filter((name) => name !== field),
    renamed: Object.fromEntries(Object.entries(renamed).filter(([name]) => name !== field)),
  };
}

/** The body's fields as the server takes them, in their order. A new name that is there already wins. */
export function adaptFields(
  fields: Readonly<Record<string, JsonValue>>,
  { omitted, renamed }: Adaptation,
): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      if (omitted.includes(name) && isOptional(name)) return [];
      const wanted = Object.hasOwn(renamed, name) && isOptional(name) ? renamed[name] : undefined;
      if (wanted === undefined) return [[name, value]];
      return wanted in fields ? [] : [[wanted, value]];
    }),
  );
}
