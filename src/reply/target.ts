import { isBlank, splitLines } from './lines.ts';
import type { Syntax } from './syntax.ts';

/** Where the code of a reply belongs. */
export interface ReplyTarget {
  /** The whole document as it was asked about. */
  readonly document: string;
  /** UTF-16 offsets of the selection; the same twice: the code is inserted there. */
  readonly start: number;
  readonly end: number;
  /** VS Code's language identifier. */
  readonly languageId: string;
  /** The document's line break. */
  readonly eol: '\n' | '\r\n';
  readonly insertSpaces: boolean;
  /** Columns of a tab, and of a level of indentation. */
  readonly tabSize: number;
  /** Absent where the language's grammar cannot be had. */
  readonly syntax?: Syntax;
}

/** The selection and what stands around it. */
export interface Surroundings {
  readonly selection: string;
  /** What stands before the selection on its first line. */
  readonly prefix: string;
  /** What stands behind the selection on its last line. */
  readonly suffix: string;
  /** The whole lines before the selection's first line. */
  readonly before: readonly string[];
  /** The whole lines after the selection's last line. */
  readonly after: readonly string[];
}

/** A selection that ends with a line break, or is blank lines alone, ends on that line: `suffix` is empty then. */
export function surroundingsOf({ document, start, end }: ReplyTarget): Surroundings {
  const selection = document.slice(start, end);
  const before = splitLines(document.slice(0, start));
  const after = splitLines(document.slice(end));
  const prefix = before.pop() ?? '';
  const endsWithBreak = /[\r\n]$/.test(selection) || (isBlank(selection) && /[\r\n]/.test(selection));
  return { selection, prefix, suffix: endsWithBreak ? '' : (after.shift() ?? ''), before, after };
}

/** Languages whose text is prose: what is code among others is content here. */
export function isProseLanguage(languageId: string): boolean {
  return proseLanguages.has(languageId);
}

const proseLanguages = new Set([
  'markdown',
  'mdx',
  'quarto',
  'rmd',
  'plaintext',
  'restructuredtext',
  'asciidoc',
  'latex',
  'tex',
  'git-commit',
  'scminput',
]);

/** Languages in which tags and entities are code. */
export function isMarkupLanguage(languageId: string): boolean {
  return isProseLanguage(languageId) || markupLanguages.has(languageId);
}

const markupLanguages = new Set([
  'html',
  'xml',
  'xsl',
  'svg',
  'vue',
  'svelte',
  'astro',
  'php',
  'razor',
  'aspnetcorerazor',
  'handlebars',
  'erb',
  'blade',
  'javascriptreact',
  'typescriptreact',
]);

/** Languages that can hold Markdown fences of their own. */
export function holdsFences(languageId: string): boolean {
  return fenceLanguages.has(languageId);
}

const fenceLanguages = new Set(['markdown', 'mdx', 'quarto', 'rmd']);

/** Languages whose blocks begin and end with words. */
export function closesWithWords(languageId: string): boolean {
  return wordLanguages.has(languageId);
}

const wordLanguages = new Set(['ruby', 'lua', 'shellscript', 'elixir', 'julia', 'crystal', 'matlab', 'makefile']);
