import { RegExpParser, type AST } from '@eslint-community/regexpp';
import type { Pump } from './growth.ts';

/** What no pattern expects, so that the match fails behind the repeated part. */
const commonEnds = ['', '\0', '\nx', ' !x'];

/** Texts made of a pattern's own parts: something before, a part that may repeat, an end that fails. */
export function pumpsOf(regex: RegExp): readonly Pump[] {
  const pattern = new RegExpParser().parsePattern(regex.source, undefined, undefined, {
    unicode: regex.unicode,
    unicodeSets: regex.unicodeSets,
  });
  const units = new Set<string>();
  const starts = new Set<string>(['']);
  const ends = new Set(commonEnds);
  const found = { units, starts, ends, candidates: [...ownCharacters(regex), ...commonCharacters] };
  for (const alternative of pattern.alternatives) visitAlternative(alternative, '', found);
  const all = [...units].filter((unit) => unit !== '' && unit.length <= 60);
  const pairs = all.flatMap((unit) => all.filter((other) => other !== unit).map((other) => unit + other));
  return [...all, ...pairs.slice(0, mostPairs)].flatMap((unit) =>
    [...starts]
      .slice(0, mostStarts)
      .flatMap((start) => [...ends].slice(0, mostEnds).map((end) => ({ start, unit, end }))),
  );
}

const mostPairs = 12;
const mostStarts = 6;
const mostEnds = 6;

interface Found {
  readonly units: Set<string>;
  readonly starts: Set<string>;
  readonly ends: Set<string>;
  /** Characters to try for a class of them. */
  readonly candidates: readonly string[];
}

/** The marks that the pattern names: what one part ends with, another may begin with. */
function ownCharacters({ source }: RegExp): readonly string[] {
  return [...new Set(source.match(/[^\w\s()[\]?*+{}|^$.:\\]/g))].slice(0, 4);
}

/** @param before What the pattern matched before the alternative. @returns A text that it matches. */
function visitAlternative({ elements }: AST.Alternative, before: string, found: Found): string {
  let text = before;
  for (const element of elements) text += visitElement(element, text, found);
  const own = text.slice(before.length);
  found.units.add(own);
  return own;
}

function visitElement(element: AST.Element, before: string, found: Found): string {
  switch (element.type) {
    case 'Quantifier': {
      const one = visitElement(element.element, before, found);
      if (element.max > 8) {
        // Also what comes before it: a search that fails begins again at each of its beginnings.
        for (const unit of [
          one,
          before,
          before + one,
          `${before} `,
          `${before}${one} `,
          ...samples(element.element, found),
        ])
          found.units.add(unit);
        found.starts.add(before);
      }
      // What need not come may keep what follows from matching.
      if (element.min === 0 && element.max === 1) return '';
      return one.repeat(Math.min(Math.max(element.min, 1), 100));
    }
    case 'Group':
    case 'CapturingGroup': {
      const texts = element.alternatives.map((alternative) => visitAlternative(alternative, before, found));
      return texts.find((text) => text !== '') ?? '';
    }
    case 'Assertion':
      if (element.kind === 'lookahead' || element.kind === 'lookbehind')
        for (const alternative of element.alternatives) {
          const own = visitAlternative(alternative, before, found);
          // What must not follow: it may be looked for again and again.
          if (element.negate) found.ends.add(own);
        }
      return '';
    case 'Backreference':
      return [element.resolved].flat().map((group) => visitElement(group, before, found))[0] ?? '';
    default:
      return samples(element, found)[0] ?? '';
  }
}

/** Characters and short texts that a part matches. */
function samples(element: AST.Element, { candidates }: Pick<Found, 'candidates'>): readonly string[] {
  switch (element.type) {
    case 'Character':
      return [element.raw.startsWith('\\') ? String.fromCodePoint(element.value) : element.raw];
    case 'CharacterSet':
    case 'CharacterClass':
    case 'ExpressionCharacterClass': {
      const matches = classMatcher(element);
      return candidates.filter((candidate) => matches.test(candidate)).slice(0, mostSamples);
    }
    default:
      return [];
  }
}

const mostSamples = 8;

/** The likeliest first: what patterns of texts and code treat apart. */
const commonCharacters = Array.from('a1 \t`\'"*_-~=.:;,/\\|<>()[]{}#$%&!?@^+A\néç“’…、あ한я\0');

function classMatcher(element: AST.CharacterSet | AST.CharacterClass | AST.ExpressionCharacterClass): RegExp {
  const isUnicode = /\\p\{|--|&&|\\q/i.test(element.raw);
  return new RegExp(`^${element.raw}$`, element.type === 'ExpressionCharacterClass' ? 'v' : isUnicode ? 'u' : '');
}
