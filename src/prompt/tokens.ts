import { estimateTokenCount } from 'tokenx';

/** Longest text that is counted in full, and the length of a sample, in UTF-16 code units. */
const wholeLength = 2000;
const sampleLength = 250;

/** Tokens of a message in addition to its text: role and separators in common chat formats. */
export const messageOverhead = 4;

/** Limits of calibration: a server that counts what wasn't sent must not spoil the estimate. */
const [leastFactor, largestFactor] = [0.5, 2];
/** Weight of the latest answer. */
const weight = 0.5;

/** Estimates tokens per model, calibrated by the counts of servers. In memory only. */
export class TokenEstimates {
  readonly #factors = new Map<string, number>();
  readonly #counted = new WeakMap<object, number>();

  /** The model's calibration factor; 1 before its first answer. */
  factor(model: string): number {
    return this.#factors.get(model) ?? 1;
  }

  /**
   * @param estimate Uncalibrated estimate of what was sent.
   * @param promptTokens The server's count.
   */
  learn(model: string, estimate: number, promptTokens: number): void {
    const seen = Math.min(largestFactor, Math.max(leastFactor, promptTokens / estimate));
    const before = this.#factors.get(model) ?? seen;
    this.#factors.set(model, before + weight * (seen - before));
  }

  /** Caches the estimate for an object, which must be immutable. */
  remembered(object: object, text: () => string): number {
    const tokens = this.#counted.get(object) ?? estimateTokens(text());
    this.#counted.set(object, tokens);
    return tokens;
  }
}

/** Uncalibrated estimate. The work is bounded: a long text is sampled. */
export function estimateTokens(text: string): number {
  if (text.length <= wholeLength) return estimateTokenCount(text);
  const count = wholeLength / sampleLength;
  const step = (text.length - sampleLength) / (count - 1);
  let sampled = 0;
  for (let index = 0; index < count; index++) {
    const from = Math.round(index * step);
    sampled += estimateTokenCount(text.slice(from, from + sampleLength));
  }
  return Math.round((sampled / wholeLength) * text.length);
}
