import { glob, readFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import { parse, type AnyNode, type Expression, type Literal, type Program } from 'acorn';
import { transform } from 'esbuild';
import { project } from '../workbench/paths.ts';

/** A regular expression of the code. */
export interface Pattern {
  /** `src/api/html.ts:12`. */
  readonly place: string;
  /** Not known where it is made of what is known at run time only. */
  readonly regex: RegExp | undefined;
  /** Why it is linear though no proof says so: the comment `// linear: …` in the lines above it. */
  readonly reason: string | undefined;
}

/** All regular expressions of src/, by file and line. */
export async function patternsOfSources(): Promise<readonly Pattern[]> {
  const files = (await Array.fromAsync(glob('src/**/*.{ts,tsx}', { cwd: project }))).sort();
  const found = await Promise.all(
    files.map(async (file) => patternsOf(file, await readFile(join(project, file), 'utf8'))),
  );
  return found.flat();
}

/** The regular expressions of one file: literals, and what is given to RegExp. */
export async function patternsOf(file: string, typescript: string): Promise<readonly Pattern[]> {
  const { code, map } = await transform(typescript, {
    loader: file.endsWith('x') ? 'tsx' : 'ts',
    sourcemap: 'external',
    target: 'esnext',
  });
  const program = parse(code, { ecmaVersion: 'latest', sourceType: 'module', locations: true });
  const original = new SourceMap(JSON.parse(map));
  const lines = typescript.split('\n');
  return [...regexNodes(program)].map((node) => {
    const { line = 1, column = 0 } = node.loc?.start ?? {};
    const entry = original.findEntry(line - 1, column);
    const at = 'originalLine' in entry ? entry.originalLine : 0;
    return { place: `${file}:${at + 1}`, regex: regexOf(node, program), reason: reasonAbove(lines, at) };
  });
}

/** The words after `// linear:` on the line itself or in the comment right above the statement. */
function reasonAbove(lines: readonly string[], at: number): string | undefined {
  for (let index = at; index >= 0 && index > at - 8; index -= 1) {
    const reason = /\/\/ linear: (.+)$/.exec(lines[index] ?? '')?.[1];
    if (reason !== undefined) return reason;
    if (index < at && !isPartOf(lines[index] ?? '')) return undefined;
  }
  return undefined;
}

/** Whether a line above belongs to what the line below it begins: a comment, or a call that is not ended. */
function isPartOf(line: string): boolean {
  return /^\s*(?:\/\/|\/\*|\*)|[=(,[|&?:]$/.test(line);
}

type RegexNode = Extract<AnyNode, { type: 'Literal' | 'NewExpression' | 'CallExpression' }>;

function* regexNodes(program: Program): Generator<RegexNode> {
  for (const node of nodesIn(program)) {
    if (node.type === 'Literal' && node.regex) yield node;
    const isMade = node.type === 'NewExpression' || node.type === 'CallExpression';
    if (isMade && node.callee.type === 'Identifier' && node.callee.name === 'RegExp') yield node;
  }
}

function regexOf(node: RegexNode, program: Program): RegExp | undefined {
  if (node.type === 'Literal') return literalRegex(node);
  const [source, flags] = node.arguments.map((given) => (given.type === 'SpreadElement' ? undefined : given));
  const pattern = source && valueOf(source, program);
  const marks = flags ? valueOf(flags, program) : '';
  return typeof pattern === 'string' && typeof marks === 'string' ? new RegExp(pattern, marks) : undefined;
}

function literalRegex({ regex }: Literal): RegExp | undefined {
  return regex ? new RegExp(regex.pattern, regex.flags) : undefined;
}

type Value = string | RegExp | readonly string[] | undefined;

/** What an expression of constants is; undefined for all else. */
function valueOf(node: Expression, program: Program): Value {
  switch (node.type) {
    case 'Literal':
      return node.regex ? literalRegex(node) : typeof node.value === 'string' ? node.value : undefined;
    case 'Identifier': {
      const initial = constantNamed(node.name, program);
      return initial && valueOf(initial, program);
    }
    case 'TemplateLiteral':
    case 'TaggedTemplateExpression': {
      const { quasis, expressions } = node.type === 'TemplateLiteral' ? node : node.quasi;
      const isRaw = node.type === 'TaggedTemplateExpression';
      const values = expressions.map((expression) => valueOf(expression, program));
      const parts = quasis.map(({ value }, index) => {
        const next = index < values.length ? values[index] : '';
        return typeof next === 'string' ? (isRaw ? value.raw : (value.cooked ?? '')) + next : undefined;
      });
      return parts.includes(undefined) ? undefined : parts.join('');
    }
    case 'BinaryExpression': {
      if (node.left.type === 'PrivateIdentifier') return undefined;
      const sides = [valueOf(node.left, program), valueOf(node.right, program)];
      return sides.every((side) => typeof side === 'string') ? sides.join('') : undefined;
    }
    case 'ArrayExpression': {
      const values = node.elements.map((element) =>
        element && element.type !== 'SpreadElement' ? valueOf(element, program) : undefined,
      );
      return values.every((value) => typeof value === 'string') ? values : undefined;
    }
    case 'MemberExpression': {
      const object = node.object.type === 'Super' ? undefined : valueOf(node.object, program);
      const isSource = node.property.type === 'Identifier' && node.property.name === 'source';
      return object instanceof RegExp && isSource ? object.source : undefined;
    }
    case 'NewExpression': {
      const isRegex = node.callee.type === 'Identifier' && node.callee.name === 'RegExp';
      return isRegex ? regexOf(node, program) : undefined;
    }
    case 'CallExpression': {
      const { callee, arguments: given } = node;
      const isJoin =
        callee.type === 'MemberExpression' && callee.property.type === 'Identifier' && callee.property.name === 'join';
      if (!isJoin || callee.object.type === 'Super' || given[0]?.type !== 'Literal') return undefined;
      const list = valueOf(callee.object, program);
      return Array.isArray(list) ? list.join(String(given[0].value)) : undefined;
    }
    default:
      return undefined;
  }
}

/** What a constant of the file begins with. */
function constantNamed(name: string, program: Program): Expression | undefined {
  for (const node of nodesIn(program)) {
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.id.name === name)
      return node.init ?? undefined;
  }
  return undefined;
}

function* nodesIn(node: AnyNode): Generator<AnyNode> {
  yield node;
  for (const child of Object.values(node).flat()) if (isNode(child)) yield* nodesIn(child);
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}
