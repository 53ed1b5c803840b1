import type { Translate } from './l10n.ts';

export type ParameterName = 'temperature' | 'top_p' | 'top_k' | 'max_tokens' | 'presence_penalty' | 'frequency_penalty';

/** Unset parameters aren't sent. */
export type Parameters = { readonly [name in ParameterName]?: number };

/** `documented`: the range in the API's documentation; `wide`: −2 to 2, as most other servers allow. */
export type PenaltyRange = 'documented' | 'wide';

/** Both ends are inclusive; an absent end is unbounded. */
interface Range {
  readonly min?: number;
  readonly max?: number;
}

export interface Parameter {
  readonly name: ParameterName;
  readonly integer: boolean;
  /** The server's documented default when the parameter isn't sent. */
  readonly documentedDefault: number | undefined;
  readonly ranges: Readonly<Record<PenaltyRange, Range>>;
}

/** The numeric parameters of a completion request, with the ranges of the documented API. */
export const parameters: readonly Parameter[] = [
  { name: 'temperature', integer: false, documentedDefault: 0.2, ranges: both({ min: 0, max: 2 }) },
  { name: 'top_p', integer: false, documentedDefault: 0.9, ranges: both({ min: 0, max: 1 }) },
  { name: 'top_k', integer: true, documentedDefault: 0, ranges: both({ min: 0 }) },
  { name: 'max_tokens', integer: true, documentedDefault: undefined, ranges: both({ min: 1 }) },
  {
    name: 'presence_penalty',
    integer: false,
    documentedDefault: 0,
    ranges: { documented: { min: 0, max: 2 }, wide: { min: -2, max: 2 } },
  },
  {
    name: 'frequency_penalty',
    integer: false,
    documentedDefault: 1,
    ranges: { documented: {}, wide: { min: -2, max: 2 } },
  },
];

export function isParameterName(name: string): name is ParameterName {
  return parameters.some((parameter) => parameter.name === name);
}

/** The error for a value outside the range, including the range; undefined if the value is valid. */
export function checkParameter(
  name: ParameterName,
  value: unknown,
  penaltyRange: PenaltyRange,
  t: Translate,
): string | undefined {
  const parameter = parameters.find((candidate) => candidate.name === name);
  if (!parameter) return undefined;
  const { min = -Infinity, max = Infinity } = parameter.ranges[penaltyRange];
  const allowed =
    typeof value === 'number' &&
    Number.isFinite(value) &&
    (!parameter.integer || Number.isSafeInteger(value)) &&
    value >= min &&
    value <= max;
  return allowed ? undefined : rangeText(parameter, penaltyRange, t);
}

/** One error for each invalid value. */
export function checkParameters(values: Parameters, penaltyRange: PenaltyRange, t: Translate): readonly string[] {
  return parameters.flatMap(({ name }) => {
    const value = values[name];
    return value === undefined ? [] : (checkParameter(name, value, penaltyRange, t) ?? []);
  });
}

/** Parses the user's input: a number in JSON or calculator notation, NaN for anything else, undefined if empty. */
export function parseParameter(text: string): number | undefined {
  const typed = text.trim();
  if (typed === '') return undefined;
  return /^[-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[-+]?\d+)?$/i.test(typed) ? Number(typed.replace(',', '.')) : Number.NaN;
}

/** A sentence each for the parameter's range and documented default. */
export function parameterNote(parameter: Parameter, penaltyRange: PenaltyRange, t: Translate): string {
  const { documentedDefault } = parameter;
  const range = rangeText(parameter, penaltyRange, t);
  return documentedDefault === undefined ? range : t('{0} The documented default is {1}.', range, documentedDefault);
}

function rangeText({ name, integer, ranges }: Parameter, penaltyRange: PenaltyRange, t: Translate): string {
  const { min, max } = ranges[penaltyRange];
  if (min === undefined || max === undefined) {
    if (min !== undefined) return t('{0} must be a whole number, at least {1}.', name, min);
    return t('{0} must be a number.', name);
  }
  return integer
    ? t('{0} must be a whole number from {1} to {2}.', name, min, max)
    : t('{0} must be a number from {1} to {2}.', name, min, max);
}

function both(range: Range): Readonly<Record<PenaltyRange, Range>> {
  return { documented: range, wide: range };
}
