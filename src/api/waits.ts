import { asArray, asObject, asText } from '../shared/json.ts';
import { looseFields, looseNumber } from './fields.ts';
import type { ServerError } from './serverError.ts';

type Headers = Readonly<Record<string, string>>;

/**
 * Until when a server wants no other request, wherever it says so: in `Retry-After` and its kin, in the body's fields,
 * in its words, or in the headers that count what is left. Milliseconds since 1970.
 * @param now Milliseconds since 1970.
 */
export function retryTime(headers: Headers, error: ServerError | undefined, now: number): number | undefined {
  const wait = error && (fieldWait(error.body, now, 0) ?? wordsWait(error.message));
  return headerTime(headers, now) ?? (wait === undefined ? undefined : now + wait) ?? resetTime(headers, now);
}

function headerTime(headers: Headers, now: number): number | undefined {
  const milliseconds = looseNumber(headers['retry-after-ms']);
  if (milliseconds !== undefined && milliseconds >= 0) return now + milliseconds;
  // RFC 9110, 10.2.3: seconds, or a date.
  const value = headers['retry-after']?.trim() ?? '';
  const time = /^\d+(?:\.\d+)?$/.test(value) ? now + Number(value) * 1000 : timeOf(value);
  return Number.isFinite(time) ? time : undefined;
}

/** RFC 9110, 5.6.7: of its three forms of a date, the one that ends with the year names no zone and means GMT. */
function timeOf(date: string): number {
  // Without a time of day it is something else, out of which `Date` makes what it likes.
  if (!/\d:\d\d:\d\d/.test(date)) return Number.NaN;
  return Date.parse(/ \d{4}$/.test(date) ? `${date} GMT` : date);
}

/** When the counters begin again that have nothing left: seconds, a duration, a date, or a time since 1970. */
function resetTime(headers: Headers, now: number): number | undefined {
  const times = Object.entries(headers).flatMap(([name, value]) => {
    const end = name.lastIndexOf('ratelimit-') + 'ratelimit-'.length;
    const counter = /^(?:reset(-.+)?|(.+)-reset)$/.exec(name.slice(end));
    if (!counter || !name.includes('ratelimit-')) return [];
    const start = name.slice(0, end);
    const [, after, between] = counter;
    const left =
      headers[
        after === undefined
          ? between === undefined
            ? `${start}remaining`
            : `${start}${between}-remaining`
          : `${start}remaining${after}`
      ];
    if (left !== undefined && looseNumber(left) !== 0) return [];
    const time = resetValue(value.trim(), now);
    return time === undefined ? [] : [time];
  });
  return times.length === 0 ? undefined : Math.max(...times);
}

function resetValue(value: string, now: number): number | undefined {
  const number = looseNumber(value);
  if (number !== undefined) {
    if (number > 1e12) return number;
    return number > 1e9 ? number * 1000 : now + number * 1000;
  }
  const duration = durationOf(value);
  if (duration !== undefined) return now + duration;
  const time = timeOf(value);
  return Number.isFinite(time) ? time : undefined;
}

/** Names of fields with a wait, without marks between words, and the milliseconds of their unit. */
const waitFields: Readonly<Record<string, number>> = {
  retryafter: 1000,
  retryafterseconds: 1000,
  retryafterms: 1,
  retrydelay: 1000,
  retryafterinseconds: 1000,
};

function fieldWait(value: unknown, now: number, depth: number): number | undefined {
  if (depth > 5) return undefined;
  const list = asArray(value);
  const parts = list ?? [...looseFields(value).entries()];
  for (const part of parts.slice(0, 50)) {
    const [name, field] = list ? ['', part] : (part as readonly [string, unknown]);
    const unit = waitFields[name];
    if (unit !== undefined) {
      const number = looseNumber(field);
      const wait = number === undefined ? durationOf(asText(field) ?? '') : number * unit;
      if (wait !== undefined && wait >= 0) return wait;
    }
    // OpenRouter passes on the headers of the provider behind it.
    if (name === 'headers') {
      const given = Object.entries(asObject(field) ?? {}).map(([header, text]) => [header.toLowerCase(), String(text)]);
      const headers = Object.fromEntries(given) as Headers;
      const time = headerTime(headers, now) ?? resetTime(headers, now);
      if (time !== undefined) return Math.max(0, time - now);
    } else if (typeof field === 'object' && field !== null) {
      const wait = fieldWait(field, now, depth + 1);
      if (wait !== undefined) return wait;
    }
  }
  return undefined;
}

/** “Please try again in 6m0s”, “retry after 26 seconds”, “Retry in 1 minute and 30 seconds”. */
function wordsWait(message: string): number | undefined {
  const phrase =
    // linear: no word that it begins with can be repeated in it.
    /\b(?:try(?:ing)?(?: it)? again|retry(?:ing)?|wait|available(?: again)?|resets?)(?: (?:your request|the request|at least|for|another))?(?: (?:in|after|for|at least|about))* ((?:\d+(?:\.\d+)?\s*(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)(?:,? and |, | )?)+)/i.exec(
      message,
    );
  return phrase?.[1] === undefined ? undefined : durationOf(phrase[1]);
}

const units: readonly (readonly [pattern: RegExp, milliseconds: number])[] = [
  [/^(?:ms|milli)/, 1],
  [/^s/, 1000],
  [/^m/, 60_000],
  [/^h/, 3_600_000],
  [/^d/, 86_400_000],
];

/** `34.07s`, `6m0s`, `1h2m`, `450ms`, `7 minutes`, in milliseconds. */
function durationOf(text: string): number | undefined {
  let sum: number | undefined;
  // linear: it begins at the first digit of a number only.
  const parts = text.toLowerCase().matchAll(/(?<![\d.])(\d+(?:\.\d+)?)\s*([a-z]+)/g);
  for (const [, number, unit = ''] of parts) {
    const found = units.find(([pattern]) => pattern.test(unit));
    if (!found) return undefined;
    sum = (sum ?? 0) + Number(number) * found[1];
  }
  return sum === undefined ? undefined : Math.round(sum);
}
