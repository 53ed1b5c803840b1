import ignore, { type Ignore } from 'ignore';

/** Largest list of patterns, in UTF-16 code units, and most patterns in it. Lists of big projects have some 10 000. */
const largestList = 200_000;
const mostPatterns = 5000;
/** Longest pattern and longest path that are matched. */
const longestPattern = 1000;
const longestPath = 2000;
/**
 * Most `**` in a pattern, and most `*` between two slashes. Each further one multiplies the matching time by the path's
 * number of folders or characters.
 */
const mostDoubleStars = 2;
const mostStars = 2;

/** The result of matching a path. `unknown`: matching would take too long. */
export type Verdict = 'ignored' | 'unignored' | 'unknown' | 'nothing';

/**
 * Patterns in `.gitignore` syntax. Strangers may have written them, so their matching time is bounded: a pattern with
 * too many wildcards is replaced by one with fewer that matches at least as much.
 */
export class IgnorePatterns {
  /** Undefined if there are too many. */
  readonly #rules: Ignore | undefined;

  constructor(patterns: readonly string[]) {
    const length = patterns.reduce((sum, pattern) => sum + pattern.length, 0);
    const isTooLarge = length > largestList || patterns.length > mostPatterns;
    this.#rules = isTooLarge ? undefined : ignore().add(patterns.flatMap(bounded));
  }

  /** @param text Content of a `.gitignore`. */
  static parse(text: string): IgnorePatterns {
    // Too large a text isn't even split.
    return new IgnorePatterns(text.length > largestList ? [text] : text.split(/\r?\n/));
  }

  /** @param path Relative, with slashes; a folder's ends with one. */
  test(path: string): Verdict {
    if (!this.#rules || path.length > longestPath || !ignore.isPathValid(path)) return 'unknown';
    const { ignored, unignored } = this.#rules.test(path);
    return ignored ? 'ignored' : unignored ? 'unignored' : 'nothing';
  }
}

/** The pattern, or a faster one that matches more; none for a negated pattern that would then re-include too much. */
function bounded(pattern: string): readonly string[] {
  if (pattern.length > longestPattern) return [];
  const isNegative = pattern.startsWith('!');
  const segments = pattern.slice(isNegative ? 1 : 0).split('/');
  const widened = withFewDoubleStars(segments.map(withFewStars)).join('/');
  const same = segments.join('/');
  if (widened === same) return [pattern];
  return isNegative && !isCollapsed(same, widened) ? [] : [`${isNegative ? '!' : ''}${widened}`];
}

/** Whether they differ only in consecutive stars, which are equivalent. */
function isCollapsed(pattern: string, widened: string): boolean {
  return pattern.replaceAll(/(?:\*\*\/)+/g, '**/') === widened;
}

/** `a*b*c*d` becomes `a*d`. */
function withFewStars(segment: string): string {
  if (segment === '**') return segment;
  const stars = Array.from(segment.matchAll(/\\.|\*+/gs)).filter(([text]) => text.startsWith('*'));
  const [first, last] = [stars[0], stars.at(-1)];
  if (!first || !last || stars.length <= mostStars) return segment;
  // In brackets a star is literal, and where they end is hard to tell.
  if (segment.includes('[')) return '*';
  return `${segment.slice(0, first.index)}*${segment.slice(last.index + last[0].length)}`;
}

/** Merges consecutive `**`; of further ones, drops what is between the first and the last. */
function withFewDoubleStars(segments: readonly string[]): readonly string[] {
  const single = segments.filter((segment, index) => segment !== '**' || segments[index - 1] !== '**');
  if (single.filter((segment) => segment === '**').length <= mostDoubleStars) return single;
  return [...single.slice(0, single.indexOf('**')), ...single.slice(single.lastIndexOf('**'))];
}
