import type { Source } from './reply.ts';

/** What the demo model knows about a language: enough to read its functions and to write comments. */
export interface Language {
  readonly id: 'typescript' | 'python' | 'go' | 'rust' | 'java' | 'other';
  readonly name: string;
  /** Marks a comment to the end of the line; empty: unknown. */
  readonly comment: string;
  readonly syntax: Syntax;
  /** Words that stand before a parenthesis without being called, or cannot be a name. */
  readonly reserved: ReadonlySet<string>;
  /** What the answers cite: about functions, about control flow, about comments. */
  readonly sources: readonly Source[];
}

/** Sticky expressions for what is not a plain word, number or mark. */
export interface Syntax {
  readonly comment: RegExp;
  readonly string: RegExp;
  /** Code inside a string, as first group; with `d` so that it can be found. */
  readonly hole?: RegExp;
}

/** @param tag The language as fences name it: an id of VS Code, or a common abbreviation. */
export function languageOf(tag: string): Language {
  const id = aliases[tag.toLowerCase()] ?? tag.toLowerCase();
  return languages.find((language) => language.id === id) ?? other;
}

const aliases: Readonly<Record<string, string>> = {
  ts: 'typescript',
  tsx: 'typescript',
  typescriptreact: 'typescript',
  js: 'typescript',
  jsx: 'typescript',
  javascript: 'typescript',
  javascriptreact: 'typescript',
  py: 'python',
  golang: 'go',
  rs: 'rust',
};

const slashes = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y;
const control = 'if else for while switch case return catch do try finally new throw class enum interface';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const languages: readonly Language[] = [
  {
    id: 'typescript',
    name: 'TypeScript',
    comment: '//',
    syntax: {
      comment: slashes,
      string: /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|\$\{(?:[^{}`]|\{[^{}]*\}|`[^`]*`)*\}|[^`\\])*`/y,
      hole: /(?<=^`[\s\S]*)\$\{((?:[^{}]|\{[^{}]*\})*)\}/dg,
    },
    reserved: words(
      `${control} function typeof await yield of in const let var delete import export super this void with`,
    ),
    sources: [
      page('TypeScript Handbook: More on Functions', 'https://www.typescriptlang.org/docs/handbook/2/functions.html'),
      page(
        'MDN: Loops and iteration',
        'https://developer.mozilla.org/en-US/docs/Web/JavaScript/Guide/Loops_and_iteration',
      ),
      page('TypeScript: JSDoc Reference', 'https://www.typescriptlang.org/docs/handbook/jsdoc-supported-types.html'),
    ],
  },
  {
    id: 'python',
    name: 'Python',
    comment: '#',
    syntax: {
      comment: /#[^\n]*/y,
      string: /[rbuf]{0,2}(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')/iy,
      hole: /(?<=^r?f[\s\S]*)(?<!\{)\{([^{}]+)\}/dgi,
    },
    reserved: words(
      'if elif else for while return not and or in is lambda yield assert del raise with as import from def class except print None True False',
    ),
    sources: [
      page('The Python Tutorial: More Control Flow Tools', 'https://docs.python.org/3/tutorial/controlflow.html'),
      page('Python: typing, support for type hints', 'https://docs.python.org/3/library/typing.html'),
      page('PEP 257: Docstring Conventions', 'https://peps.python.org/pep-0257/', '2001-05-29'),
    ],
  },
  {
    id: 'go',
    name: 'Go',
    comment: '//',
    syntax: { comment: slashes, string: /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`[^`]*`/y },
    reserved: words(
      `${control} func range go defer select type struct map chan var const package import fallthrough goto`,
    ),
    sources: [
      page('The Go Programming Language Specification', 'https://go.dev/ref/spec'),
      page('Effective Go', 'https://go.dev/doc/effective_go'),
      page('Go Doc Comments', 'https://go.dev/doc/comment'),
    ],
  },
  {
    id: 'rust',
    name: 'Rust',
    comment: '//',
    syntax: {
      comment: slashes,
      string: /b?r#"[\s\S]*?"#|b?r?"(?:\\[\s\S]|[^"\\])*"|b?'(?:\\[^']+|[^'\\\n])'/y,
      hole: /(?<=^"[\s\S]*)(?<!\{)\{([a-z_]\w*)(?=[:}])/dg,
    },
    reserved: words(
      `${control.replace(' new', '')} fn let mut match loop impl trait struct use mod pub where in as move ref self Self dyn unsafe Some Ok Err`,
    ),
    sources: [
      page(
        'The Rust Programming Language: Functions',
        'https://doc.rust-lang.org/book/ch03-03-how-functions-work.html',
      ),
      page('The Rust Programming Language: Control Flow', 'https://doc.rust-lang.org/book/ch03-05-control-flow.html'),
      page(
        'The rustdoc book: How to write documentation',
        'https://doc.rust-lang.org/rustdoc/how-to-write-documentation.html',
      ),
    ],
  },
  {
    id: 'java',
    name: 'Java',
    comment: '//',
    syntax: { comment: slashes, string: /"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/y },
    reserved: words(`${control} synchronized super this record instanceof assert import package throws void`),
    sources: [
      page('The Java Tutorials: Defining Methods', 'https://docs.oracle.com/javase/tutorial/java/javaOO/methods.html'),
      page(
        'The Java Tutorials: Control Flow Statements',
        'https://docs.oracle.com/javase/tutorial/java/nutsandbolts/flow.html',
      ),
      page(
        'Documentation Comment Specification for the Standard Doclet',
        'https://docs.oracle.com/en/java/javase/21/docs/specs/javadoc/doc-comment-spec.html',
        '2023-09-19',
      ),
    ],
  },
];

const other: Language = {
  id: 'other',
  name: 'a language unknown to it',
  comment: '',
  syntax: { comment: /(?!)/y, string: /"(?:\\.|[^"\\\n])*"/y },
  reserved: new Set(),
  sources: [],
};

function page(title: string, url: string, date: string | null = null): Source {
  return { title, url, date };
}
