/** What a header's value may stand in for: it is looked up when a request is made, and never kept with the connection. */
export type Reference =
  | { readonly kind: 'apiKey' }
  /** A variable of the environment. */
  | { readonly kind: 'env'; readonly name: string }
  /** A secret that VS Code stores for the endpoint's origin. */
  | { readonly kind: 'secret'; readonly name: string };

/** The references in a value: `${apiKey}`, `${env:NAME}`, `${secret:NAME}`. */
export function references(value: string): readonly Reference[] {
  return holes(value).flatMap((hole) => parseReference(hole) ?? []);
}

/** What of the value stands there in clear. */
export function withoutReferences(value: string): string {
  return value.replace(holePattern, (whole, hole: string) => (parseReference(hole) ? '' : whole));
}

/** The first `${…}` of a value that is no reference, or one that is not closed. */
export function unknownReference(value: string): string | undefined {
  return /\$\{[^}]*\}?/.exec(withoutReferences(value))?.[0];
}

/** The value with each reference replaced. */
export function resolveReferences(value: string, look: (reference: Reference) => string): string {
  return value.replace(holePattern, (whole, hole: string) => {
    const reference = parseReference(hole);
    return reference ? look(reference) : whole;
  });
}

/** Names of secrets are those of variables, so that each can stand in a shell. */
export const secretName = /^[A-Za-z_][A-Za-z0-9_]*$/;

const holePattern = /\$\{([^{}]*)\}/g;

function holes(value: string): readonly string[] {
  return Array.from(value.matchAll(holePattern), ([, hole = '']) => hole);
}

function parseReference(hole: string): Reference | undefined {
  if (hole === 'apiKey') return { kind: 'apiKey' };
  const [kind, name = '', ...more] = hole.split(':');
  if ((kind !== 'env' && kind !== 'secret') || !secretName.test(name) || more.length > 0) return undefined;
  return { kind, name };
}
