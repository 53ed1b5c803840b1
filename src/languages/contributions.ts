/** An installed extension; `Root` is the type of its location. */
export interface Installed<Root> {
  readonly root: Root;
  /** Its package.json. */
  readonly manifest: unknown;
}

/** A file of an extension, relative to the extension's root. */
export interface ExtensionFile<Root> {
  readonly root: Root;
  readonly path: string;
}

export type Fields = Readonly<Record<string, unknown>>;

/** The entries of a contribution point that are objects. */
export function contributions({ manifest }: Installed<unknown>, point: string): readonly Fields[] {
  return fieldsOf(fields(fields(manifest)['contributes'])[point]);
}

/** The objects of an array; empty if it isn't an array. */
export function fieldsOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** The value if it is an object, else an empty one. */
export function fields(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** The strings of an array; empty if it isn't an array. */
export function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

export function string(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
