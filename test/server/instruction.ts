/** A change that the words of a question ask for. */
export type Instruction =
  | { readonly kind: 'rename'; readonly names: ReadonlyMap<string, string> }
  | { readonly kind: 'types' }
  | { readonly kind: 'comments' }
  | { readonly kind: 'withoutComments' }
  /** Some other change: more than this model can do. */
  | { readonly kind: 'other' };

/** Reads the words as an instruction; undefined if they ask to be told something. */
export function readInstruction(words: string): Instruction | undefined {
  const names = renames(words);
  if (names.size > 0) {
    return { kind: 'rename', names };
  }
  const sentence = words
    .replace(/^(?:please|now|then|and|can you|could you|would you)[\s,]+/i, '')
    .replace(/^please\s+/i, '');
  if (!imperative.test(sentence)) {
    return undefined;
  }
  if (/\b(?:types?|typed|annotat\w+|hints?|signatures?)\b/i.test(sentence)) {
    return { kind: 'types' };
  }
  if (/\b(?:remove|delete|strip|drop)\b.*\b(?:comments?|docs?|docstrings?)\b/i.test(sentence)) {
    return { kind: 'withoutComments' };
  }
  return /\b(?:comment\w*|doc\w*|javadoc|jsdoc)\b/i.test(sentence) ? { kind: 'comments' } : { kind: 'other' };
}

/** English verbs that start an instruction to change code. */
const imperative =
  /^(?:add|annotate|change|clean|comment|convert|delete|document|drop|extract|fix|give|handle|improve|inline|insert|make|move|optimi[sz]e|put|refactor|remove|rename|reorder|replace|rewrite|simplify|sort|split|strip|translate|turn|type|use|wrap|write)\b/i;

function renames(words: string): ReadonlyMap<string, string> {
  const [, list] = /\b(?:rename|renaming)\b([\s\S]*)/i.exec(words) ?? [];
  const pair =
    /[`'"]?([\p{L}_$][\p{L}\p{N}_$]*)[`'"]?\s*(?:\b(?:to|into|as)\b|->|=>|→)\s*[`'"]?([\p{L}_$][\p{L}\p{N}_$]*)/gu;
  return new Map(Array.from((list ?? '').matchAll(pair), ([, from = '', to = '']) => [from, to]));
}
