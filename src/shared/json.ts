import { deepestJson } from './limits.ts';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** Readers of untrusted values: each returns the value if it has that type, else undefined. */

export function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return isObject(value) ? value : undefined;
}

export function asArray(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** A text that isn't blank. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return isObject(value) && Object.values(value).every(isJsonValue);
}

/** Parses JSON; undefined if it is invalid. Values deeper than `deepestJson` levels become null. */
export function parseJson(text: string): unknown {
  try {
    const value = JSON.parse(text) as unknown;
    prune(value, deepestJson);
    return value;
  } catch {
    return undefined;
  }
}

/** @param levels Below the value itself. */
function prune(value: unknown, levels: number): void {
  if (Array.isArray(value)) {
    for (const [index, part] of value.entries()) if (isTooDeep(part, levels)) value[index] = null;
  } else if (isObject(value)) {
    for (const name of Object.keys(value)) if (isTooDeep(value[name], levels)) Reflect.set(value, name, null);
  }
}

function isTooDeep(part: unknown, levels: number): boolean {
  if (typeof part !== 'object' || part === null) return false;
  if (levels > 0) prune(part, levels - 1);
  return levels === 0;
}

function isJsonValue(value: unknown): value is JsonValue {
  if (Array.isArray(value)) return value.every(isJsonValue);
  if (typeof value === 'number') return Number.isFinite(value);
  return value === null || typeof value === 'string' || typeof value === 'boolean' || isJsonObject(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
