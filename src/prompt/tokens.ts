import { estimateTokenCount } from 'tokenx';

/** Longest text that is looked at as a whole, and the length of a sample, in UTF-16 code units. */
const wholeLength = 2000;
const sampleLength = 250;

/** Tokens that a message has beside its text: role and separators, as the common chat formats have them. */
export const messageOverhead = 4;

/** How far usage may move an estimate: a server that counts what was not sent must not spoil it. */
const [leastFactor, largestFactor] = [0.5, 2];
/** Weight of the latest answer. */
const weight = 0.5;

/** Estimates how many tokens texts are for a model, and learns from what servers counted. Kept in memory alone. */
export class TokenEstimates {
  readonly #factors = new Map<string, number>();
  readonly #counted = new WeakMap<object, number>();

  /** What an estimate for the model is multiplied by; 1 before its first answer. */
  factor(model: string): number {
    return this.#factors.get(model) ?? 1;
  }

  /**
   * @param estimate Tokens of what was sent, before calibration.
   * @param promptTokens What the server counted for that.
   */
  learn(model: string, estimate: number, promptTokens: number): void {
    const seen = Math.min(largestFactor, Math.max(leastFactor, promptTokens / estimate));
    const before = this.#factors.get(model) ?? seen;
    this.#factors.set(model, before + weight * (seen - before));
  }

  /** The estimate for what belongs to the object, made once: the object must not change. */
  remembered(object: object, text: () => string): number {
    const tokens = this.#counted.get(object) ?? estimateTokens(text());
    this.#counted.set(object, tokens);
    return tokens;
  }
}

/** Tokens before calibration. The work is bounded: a long text is judged by samples. */
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
