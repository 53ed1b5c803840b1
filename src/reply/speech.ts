import type { Original } from './original.ts';
import type { CodeLine } from './syntax.ts';
import { isProseLanguage } from './target.ts';

/** Languages in which words follow words: there only a sentence, with its capital and its full stop, is speech. */
const wordyLanguages = new Set(
  'bat cobol coffeescript dockercompose dockerfile elm feature fsharp gherkin haskell ini makefile ocaml perl powershell properties r ruby shellscript sql tcl vb yaml'.split(
    ' ',
  ),
);

/** Finds words to a reader among lines that a document of code would have. */
export class SpeechReader {
  readonly #original: Original;
  readonly #isWordy: boolean;

  constructor(original: Original) {
    this.#original = original;
    const { sample, target } = original;
    this.#isWordy =
      isProseLanguage(target.languageId) ||
      wordyLanguages.has(target.languageId) ||
      sample.some((line) => longestRun(withoutKeywords(line)) >= 3);
  }

  /** Whether the line is said to a reader, as far as it alone tells. */
  isSpeech(line: CodeLine): boolean {
    const { known, words, own } = this.#original;
    const { code } = line;
    if (known.has(line.text.trim())) return false;
    if (this.#isForeignScript(code)) return true;
    const run = longestRun(withoutKeywords(line));
    // Without a grammar more words may be keywords.
    if (!this.#isWordy && run >= (this.#original.target.syntax ? 3 : 4)) return true;
    if (/^\s*\*\*[^*\s][^*]*\*\*(?:\s|$)/.test(code)) return true;
    if (sentenceBreak.test(code) && !own.some((one) => sentenceBreak.test(one))) return true;
    if (!isSentence(code) || own.some((one) => isSentence(one))) return false;
    const said = wordsIn(code);
    return said.filter((word) => !words.has(word)).length * 2 > said.length;
  }

  /** Letters and marks that code does not have, and this document neither. */
  #isForeignScript(code: string): boolean {
    const strange = code.match(foreign) ?? [];
    const { document } = this.#original.target;
    return strange.filter((character) => !document.includes(character)).length * 2 > strange.length;
  }
}

/** Where one sentence ends and the next begins. */
const sentenceBreak = /\p{Ll}{2}[.!?] \p{Lu}\p{L}* \p{Ll}{2}/u;

const foreign =
  /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Common}\p{Script=Inherited}]|[\u3000-\u303f\uff01-\uff5e\u2026\u201c\u201d]|(?![0-9#*©®™])\p{Extended_Pictographic}/gu;

/** How many words follow one another with nothing but a blank, or a comma and a blank, between them. */
function longestRun(code: string): number {
  let longest = 0;
  for (const [run] of code.matchAll(
    // linear: it begins where a word begins, and gives up its last word alone.
    /(?<![\p{L}\p{N}_$@#.\\/-])\p{L}[\p{L}'’]*(?:,? \p{L}[\p{L}'’]*)+(?![\p{L}\p{N}_$(<])/gu,
  )) {
    for (const part of run.split(', ')) longest = Math.max(longest, part.split(' ').length);
  }
  return longest;
}

/** The line's code with a sign for each of its keywords. */
function withoutKeywords({ code, tokens }: Pick<CodeLine, 'code' | 'tokens'>): string {
  return tokens
    .map(({ start, end, kind }) => (kind === 'code' || kind === 'invalid' ? code.slice(start, end) : '|'))
    .join('');
}

/** Whether a line has the shape of a sentence, whatever its words. */
export function isSentence(line: string): boolean {
  const text = line.trim();
  if (!/^["'(*]*\p{Lu}/u.test(text) || !/[.?!:][)"'*]*$/.test(text) || /[;{}=<>]|\w\(/.test(text)) return false;
  const all = text.split(/\s+/);
  const plain = all.filter((word) => /^["(`*]*[\p{L}'’-]+[.,:;!?)"`*]*$/u.test(word)).length;
  return plain >= 2 && plain * 10 >= all.length * 7;
}

function wordsIn(code: string): readonly string[] {
  return code.match(/\p{L}+/gu) ?? [];
}
