import type { CodeFunction } from './code.ts';

/** One sentence for a doc comment: what a function takes, does and gives, all of it read from the code. */
export function sentence(one: CodeFunction): string {
  const verbs = [
    one.parameters.length === 0 ? '' : `takes ${list(one.parameters.map(({ name }) => name))}`,
    one.calls.length === 0 ? '' : `calls ${list(one.calls.slice(0, 4))}`,
    one.loops.length === 0 ? '' : `repeats ${one.loops.length === 1 ? 'one step' : `${one.loops.length} steps`}`,
    one.branches.length === 0 ? '' : `decides ${one.branches.length === 1 ? 'once' : `${one.branches.length} times`}`,
    one.results.length === 0 ? '' : 'returns the result',
  ].filter((verb) => verb !== '');
  const text = verbs.length === 0 ? 'does nothing else than its body says' : list(verbs);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** `a, b and c` */
export function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** Code in a sentence, as Markdown. */
export function inline(code: string): string {
  return code.includes('`') ? `\`\` ${code} \`\`` : `\`${code}\``;
}
