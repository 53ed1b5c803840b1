import { readFile } from 'node:fs/promises';

/**
 * Why survivors may live: file -> reason -> the changes that it holds for. `…` stands for anything, in the name of a file
 * too.
 */
type Written = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

interface Reason {
  readonly reason: string;
  /** As they are written, to be named when no survivor needs them. */
  readonly file: string;
  readonly change: string;
  readonly pattern: RegExp;
}

/** The reasons of survivors.json, and which of them are needed. */
export class Reasons {
  readonly #reasons: readonly Reason[];
  readonly #needed = new Set<Reason>();

  constructor(written: Written) {
    this.#reasons = Object.entries(written).flatMap(([file, reasons]) =>
      Object.entries(reasons).flatMap(([reason, changes]) =>
        changes.map((change) => ({ reason, file, change, pattern: patternOf(`${file} ${change}`) })),
      ),
    );
  }

  static async read(): Promise<Reasons> {
    return new Reasons(JSON.parse(await readFile(new URL('survivors.json', import.meta.url), 'utf8')));
  }

  /** Why this change may survive; nothing where no reason is given. */
  of(file: string, change: string): string | undefined {
    const found = this.#reasons.filter(({ pattern }) => pattern.test(`${file} ${change}`));
    for (const reason of found) this.#needed.add(reason);
    return found[0]?.reason;
  }

  /** Those that no survivor needed, of files that were all tried. */
  unneeded(files: readonly string[]): readonly string[] {
    return this.#reasons
      .filter((reason) => !this.#needed.has(reason) && files.some((file) => patternOf(reason.file).test(file)))
      .map(({ file, change }) => `${file}  ${change}`);
  }
}

function patternOf(written: string): RegExp {
  return new RegExp(
    `^${written
      .split('…')
      .map((text) => RegExp.escape(text))
      .join('.*')}$`,
  );
}
