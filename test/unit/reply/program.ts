import type { Random } from '../../fuzz/random.ts';

/** A statement, or blocks that follow one another like `if` and `else`. */
export interface Statement {
  readonly blocks: readonly { readonly head: string; readonly body: readonly Statement[] }[];
  /** What closes the last block; `undefined`: nothing does. */
  readonly tail: string | undefined;
  readonly blankBefore: boolean;
}

/** How programs of a language look. */
export interface Style {
  readonly languageId: string;
  readonly units: readonly [string, ...string[]];
  readonly comment: string;
  readonly tail: string | undefined;
  readonly leaf: (name: string, value: string) => string;
  readonly heads: readonly [Head, ...Head[]];
  readonly otherwise: string;
}

type Head = (name: string, value: string) => string;

const braces = { comment: '//', tail: '}', otherwise: '} else {' };

export const styles: readonly [Style, ...Style[]] = [
  {
    ...braces,
    languageId: 'typescript',
    units: ['  ', '    ', '\t'],
    leaf: (name, value) => `const ${name} = ${value};`,
    heads: [(name, value) => `if (${name} > ${value}) {`, (name, value) => `function ${name}(${value}: number) {`],
  },
  {
    ...braces,
    languageId: 'java',
    units: ['    ', '  '],
    leaf: (name, value) => `int ${name} = compute(${value});`,
    heads: [(name, value) => `if (${name} == ${value}) {`, (name, value) => `void ${name}(int ${value}) {`],
  },
  {
    ...braces,
    languageId: 'go',
    units: ['\t'],
    leaf: (name, value) => `${name} := ${value}`,
    heads: [(name, value) => `if ${name} > ${value} {`, (name, value) => `for _, ${name} := range ${value} {`],
  },
  {
    ...braces,
    languageId: 'rust',
    units: ['    '],
    leaf: (name, value) => `let ${name} = ${value};`,
    heads: [(name, value) => `if ${name} > ${value} {`, (name, value) => `fn ${name}(${value}: u32) -> u32 {`],
  },
  {
    languageId: 'python',
    units: ['    ', '  ', '\t'],
    comment: '#',
    tail: undefined,
    leaf: (name, value) => `${name} = ${value}`,
    heads: [(name, value) => `if ${name} > ${value}:`, (name, value) => `def ${name}(${value}):`],
    otherwise: 'else:',
  },
  {
    languageId: 'ruby',
    units: ['  ', '    '],
    comment: '#',
    tail: 'end',
    leaf: (name, value) => `${name} = ${value}`,
    heads: [(name, value) => `if ${name} > ${value}`, (name, value) => `${name}.each do |${value}|`],
    otherwise: 'else',
  },
];

/** Writes random programs in which no line stands twice but those that close blocks. */
export class ProgramWriter {
  readonly #style: Style;
  readonly #random: Random;
  #names = 0;

  constructor(style: Style, random: Random) {
    this.#style = style;
    this.#random = random;
  }

  statements(count: number, depth: number): Statement[] {
    return Array.from({ length: count }, () => this.#statement(depth));
  }

  expression(): string {
    return `${this.#name()} + ${this.#name()}`;
  }

  #statement(depth: number): Statement {
    const random = this.#random;
    const blankBefore = random.once(5);
    if (depth === 0 || random.once(2)) {
      const line = random.once(6)
        ? `${this.#style.comment} about ${this.#name()}`
        : this.#style.leaf(this.#name(), this.expression());
      return { blocks: [{ head: line, body: [] }], tail: undefined, blankBefore };
    }
    const body = () => this.statements(1 + random.below(3), depth - 1);
    const blocks = [{ head: random.pick(this.#style.heads)(this.#name(), this.#name()), body: body() }];
    if (random.once(4)) blocks.push({ head: this.#style.otherwise, body: body() });
    return { blocks, tail: this.#style.tail, blankBefore };
  }

  #name(): string {
    this.#names++;
    return `value${this.#names}`;
  }
}

/** The lines of statements; the first has no blank line before it. */
export function linesOf(statements: readonly Statement[], unit: string, level: number): string[] {
  const indent = unit.repeat(level);
  return statements.flatMap(({ blocks, tail, blankBefore }, index) => [
    ...(blankBefore && index > 0 ? [''] : []),
    ...blocks.flatMap(({ head, body }) => [indent + head, ...linesOf(body, unit, level + 1)]),
    ...(tail === undefined ? [] : [indent + tail]),
  ]);
}
