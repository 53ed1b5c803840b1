import { asArray, parseJson } from '../shared/json.ts';

/** The data of one event, read as loosely as servers write it. */
export type EventData =
  | { readonly kind: 'values'; readonly values: readonly unknown[] }
  /** Nothing follows. */
  | { readonly kind: 'done' }
  /** `broken`: it began as JSON; what it held is lost. */
  | { readonly kind: 'unread'; readonly text: string; readonly broken: boolean };

/** @param isStray Whether it is the line of another format. */
export function readEventData(data: string, isStray = false): EventData {
  const value = parseJson(data);
  if (value !== undefined) return { kind: 'values', values: asArray(value) ?? [value] };
  const text = data.trim();
  if (isStray && !data.startsWith('{')) return { kind: 'unread', text, broken: false };
  if (/^(?:data:\s*)*\[?done\]?$/i.test(text)) return { kind: 'done' };
  const mended = parseMended(text);
  if (mended !== undefined) return { kind: 'values', values: [mended] };
  // Where the blank lines between events are missing, each line may be one.
  const lines = text.split('\n').map((line) => line.trim());
  const values = lines.filter((line) => !/^\[?done\]?$/i.test(line)).map(parseMended);
  if (lines.length > 1 && values.every((each) => each !== undefined)) return { kind: 'values', values };
  return { kind: 'unread', text, broken: /^(?:data:\s*)*[{[]/.test(text) };
}

/** With the prefix of the frame once too often, or numbers that JSON does not have. */
function parseMended(text: string): unknown {
  const bare = text.replace(/^(?:data:\s*)+/, '');
  const value = parseJson(bare);
  if (value !== undefined || !bare.startsWith('{') || bare.length > longestMended) return value;
  const mended = bare.replace(/"[^"\\]*(?:\\[^][^"\\]*)*(?:"|\\?$)|-?\b(?:NaN|Infinity)\b/g, (found) =>
    found.startsWith('"') ? found : 'null',
  );
  return mended === bare ? undefined : parseJson(mended);
}

/** In UTF-16 code units. */
const longestMended = 1_000_000;
