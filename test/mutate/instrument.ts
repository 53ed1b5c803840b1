import { stripTypeScriptTypes } from 'node:module';
import { parse, type AnyNode } from 'acorn';

/** One change of the code that a test should notice. */
export interface Mutant {
  /** Place in the file's list. */
  readonly index: number;
  readonly line: number;
  readonly original: string;
  readonly mutated: string;
}

export interface Instrumented {
  /** JavaScript that behaves as the original until `$mutant(file, index)` says true for one of its places. */
  readonly code: string;
  readonly mutants: readonly Mutant[];
}

/**
 * Builds all mutants of a file into its code: each place asks at run time whether its own is the active one, so that the
 * file is loaded once for all.
 * @param file Names the file in `$mutant`.
 */
export function instrument(file: string, typescript: string): Instrumented {
  const source = stripTypeScriptTypes(typescript);
  const program = parse(source, { ecmaVersion: 'latest', sourceType: 'module', locations: true });
  const mutants: Mutant[] = [];

  /** The node's code with the places inside it instrumented. */
  const written = (node: AnyNode): string => {
    let code = '';
    let at = node.start;
    for (const child of childrenOf(node)) {
      code += source.slice(at, child.start) + withMutants(child, node);
      at = child.end;
    }
    return code + source.slice(at, node.end);
  };

  /** A node stands in the code of the original and in that of its parents' mutants: its own are the same in all. */
  const known = new Map<AnyNode, string>();
  const withMutants = (node: AnyNode, parent: AnyNode): string => {
    const code = known.get(node) ?? instrumented(node, parent);
    known.set(node, code);
    return code;
  };

  const instrumented = (node: AnyNode, parent: AnyNode): string => {
    const inner = written(node);
    const changes = changesOf(node, parent, written, source);
    if (changes.length === 0) return inner;
    const chain = changes.map((mutated) => {
      const index = mutants.length;
      const original = source.slice(node.start, node.end);
      mutants.push({ index, line: node.loc?.start.line ?? 0, original, mutated: mutated.shown });
      return { index, mutated: mutated.code };
    });
    const name = JSON.stringify(file);
    if (isStatement(node)) {
      return (
        chain.map(({ index, mutated }) => `if ($mutant(${name}, ${index})) { ${mutated} } else `).join('') +
        `{ ${inner} }`
      );
    }
    return `(${chain.map(({ index, mutated }) => `$mutant(${name}, ${index}) ? (${mutated}) : `).join('')}(${inner}))`;
  };

  return { code: written(program), mutants };
}

interface Change {
  readonly code: string;
  readonly shown: string;
}

const swapped: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
};

/** What may take a node's place. */
function changesOf(node: AnyNode, parent: AnyNode, written: (node: AnyNode) => string, source: string): Change[] {
  const change = (code: string, shown = code): Change => ({ code, shown });
  const text = (one: AnyNode): string => source.slice(one.start, one.end);
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression': {
      const operators =
        node.operator === '+' && !isText(node.left) && !isText(node.right) ? ['-'] : (swapped[node.operator] ?? []);
      const left = written(node.left);
      const own = operators.map((operator) =>
        change(`(${left}) ${operator} (${written(node.right)})`, `${text(node.left)} ${operator} ${text(node.right)}`),
      );
      return [...own, ...conditions(node, parent, change)];
    }
    case 'UnaryExpression':
      return node.operator === '!'
        ? [change(written(node.argument), text(node.argument)), ...conditions(node, parent, change)]
        : [];
    case 'Literal': {
      if (isNoValue(node, parent)) return [];
      if (typeof node.value === 'boolean') return [change(String(!node.value))];
      if (typeof node.value === 'number') return [change(String(node.value + 1))];
      if (typeof node.value === 'string') return [change(node.value === '' ? "'mutated'" : "''")];
      return [];
    }
    case 'ArrayExpression':
      return node.elements.length > 0 && parent.type !== 'NewExpression' ? [change('[]')] : [];
    case 'ChainExpression':
    case 'CallExpression':
    case 'Identifier':
    case 'MemberExpression':
      return conditions(node, parent, change);
    case 'ExpressionStatement':
      return node.expression.type === 'CallExpression' ||
        node.expression.type === 'AssignmentExpression' ||
        node.expression.type === 'AwaitExpression'
        ? node.expression.type === 'CallExpression' && node.expression.callee.type === 'Super'
          ? []
          : [change(';', 'nothing')]
        : [];
    default:
      return [];
  }
}

/** A condition becomes true, and false. */
function conditions(node: AnyNode, parent: AnyNode, change: (code: string) => Change): Change[] {
  const isCondition =
    (parent.type === 'IfStatement' || parent.type === 'ConditionalExpression' || parent.type === 'WhileStatement') &&
    parent.test === node;
  return isCondition ? [change('true'), change('false')] : [];
}

/** Whether a literal is no value but a name, a specifier or a directive. */
function isNoValue(node: AnyNode, parent: AnyNode): boolean {
  switch (parent.type) {
    case 'Property':
    case 'PropertyDefinition':
    case 'MethodDefinition':
      return parent.key === node;
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'ExpressionStatement':
      return true;
    default:
      return false;
  }
}

function isText(node: AnyNode): boolean {
  return node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');
}

function isStatement(node: AnyNode): boolean {
  return node.type === 'ExpressionStatement';
}

/** In the order of the text; patterns and names that are written to are left out. */
function childrenOf(node: AnyNode): AnyNode[] {
  const children: AnyNode[] = [];
  for (const [key, value] of Object.entries(node) as [string, unknown][]) {
    if (isSkipped(node, key)) continue;
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) if (isNode(item)) children.push(item);
  }
  return children.filter((child) => child.type !== 'TemplateElement').sort((a, b) => a.start - b.start);
}

function isSkipped(node: AnyNode, key: string): boolean {
  switch (node.type) {
    case 'AssignmentExpression':
      return key === 'left';
    case 'UpdateExpression':
      return true;
    case 'UnaryExpression':
      return node.operator === 'delete' || node.operator === 'typeof';
    case 'VariableDeclarator':
      return key === 'id';
    case 'ForOfStatement':
    case 'ForInStatement':
      return key === 'left';
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return key === 'key' && !node.computed ? true : node.type === 'Property' && node.shorthand;
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return key === 'params' || key === 'id';
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportSpecifier':
    case 'MetaProperty':
      return true;
    case 'CatchClause':
      return key === 'param';
    case 'TaggedTemplateExpression':
      return key === 'tag';
    case 'CallExpression':
    case 'NewExpression':
      return false;
    default:
      return false;
  }
}

function isNode(value: unknown): value is AnyNode {
  return (
    typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'start' in value
  );
}
