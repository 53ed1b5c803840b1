/**
 * How a character joins its neighbours. `cjk`: Chinese, Japanese and Korean letters and punctuation, which need no
 * spaces between words.
 */
export type CharacterClass = 'blank' | 'punctuation' | 'cjk' | 'word';

const cjk =
  /[\p{Script_Extensions=Han}\p{Script_Extensions=Hiragana}\p{Script_Extensions=Katakana}\p{Script_Extensions=Hangul}\p{Script_Extensions=Bopomofo}\p{Script_Extensions=Yi}\u3000-\u303F\uFE30-\uFE4F\uFF01-\uFF60\uFFE0-\uFFE6]/u;
const symbol = /[\p{P}\p{S}]/u;

/** @param character One code point; undefined or empty at the edge of a text, which counts as blank. */
export function characterClass(character: string | undefined): CharacterClass {
  if (character === undefined || character === '' || /\s/u.test(character)) return 'blank';
  if (cjk.test(character)) return 'cjk';
  return symbol.test(character) ? 'punctuation' : 'word';
}

/** Whether it is Chinese, Japanese or Korean punctuation or a symbol. */
export function isCjkPunctuation(character: string): boolean {
  return cjk.test(character) && symbol.test(character);
}

/** The code point that ends at `index`; undefined at the start. */
export function characterBefore(text: string, index: number): string | undefined {
  if (index <= 0) return undefined;
  const unit = text.charCodeAt(index - 1);
  const isPair = unit >= 0xdc00 && unit <= 0xdfff && index > 1;
  return text.slice(isPair ? index - 2 : index - 1, index);
}

/** The code point that starts at `index`; undefined at the end. */
export function characterAt(text: string, index: number): string | undefined {
  const point = text.codePointAt(index);
  return point === undefined ? undefined : String.fromCodePoint(point);
}

/**
 * Folds a text for searching: ignores case, accents, compatibility forms and composition. Fold both sides. Marks that
 * are part of a letter, as in Japanese, Hebrew or Hindi, are kept.
 */
export function fold(text: string): string {
  // eslint-disable-next-line no-control-regex
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase();
  return (
    text
      .normalize('NFKD')
      .toUpperCase()
      .toLowerCase()
      .normalize('NFKD')
      // linear: it is one character.
      .replace(/[[\p{Script=Inherited}&&\p{Mn}]--\p{Script_Extensions=Hiragana}]/gv, '')
      .replaceAll('ς', 'σ')
  );
}
