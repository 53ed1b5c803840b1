import type { Translate } from './l10n.ts';

export type ParameterName = 'temperature' | 'top_p' | 'top_k' | 'max_tokens' | 'presence_penalty' | 'frequency_penalty';

/** What is not set is not sent. */
export type Parameters = { readonly [name in ParameterName]?: number };

/** `documented`: as the API's documentation says; `wide`: −2 to 2, as most other servers allow. */
export type PenaltyRange = 'documented' | 'wide';

/** Both ends belong to the range; an absent one is unbounded. */
interface Range {
  readonly min?: number;
  readonly max?: number;
}

export interface Parameter {
  readonly name: ParameterName;
  readonly integer: boolean;
  /** What the documentation says the server takes when the parameter is not sent. */
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

/** Says what is wrong with a value, with the range, or nothing if it may be sent. */
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

/** Says of each value that may not be sent what is wrong with it. */
export function checkParameters(values: Parameters, penaltyRange: PenaltyRange, t: Translate): readonly string[] {
  return parameters.flatMap(({ name }) => {
    const value = values[name];
    return value === undefined ? [] : (checkParameter(name, value, penaltyRange, t) ?? []);
  });
}

/** What the user typed: a number, in whatever way JSON or a pocket calculator writes it; else `NaN`; nothing typed is unset. */
export function parseParameter(text: string): number | undefined {
  const typed = text.trim();
  if (typed === '') return undefined;
  return /^[-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[-+]?\d+)?$/i.test(typed) ? Number(typed.replace(',', '.')) : Number.NaN;
}

/** The range and the documented default of a parameter, in a sentence each. */
export function parameterNote(parameter: Parameter, penaltyRange: PenaltyRange, t: Translate): string {
  const { documentedDefault } = parameter;
  const range = rangeText(parameter, penaltyRange, t);
  return documentedDefault === undefined ? range : t('{0} The documented default is {1}.', range, documentedDefault);
}

function rangeText({ name, integer, ranges }: Parameter, penaltyRange: PenaltyRange, t: Translate): string {
  const { min, max } = ranges[penaltyRange];
  if (min === undefined || max === undefined) {
    if (min !== undefined) return t('{0} must be an integer from {1}.', name, min);
    return t('{0} must be a number.', name);
  }
  return integer
    ? t('{0} must be an integer from {1} to {2}.', name, min, max)
    : t('{0} must be a number from {1} to {2}.', name, min, max);
}

function both(range: Range): Readonly<Record<PenaltyRange, Range>> {
  return { documented: range, wide: range };
}
