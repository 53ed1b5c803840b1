import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A small file of a language with changes of which the right result is known. */
export interface Sample {
  readonly languageId: string;
  /** One level of indentation. */
  readonly unit: string;
  /** A comment around the text, if the language has one. */
  readonly comment: ((text: string) => string) | undefined;
  /** Whether another unit of indentation would change the meaning or the alignment. */
  readonly isFixed: boolean;
  /** Whether the file is made of words, so that sentences are content. */
  readonly isText: boolean;
  readonly document: string;
  readonly changes: readonly Change[];
}

export interface Change {
  /** `lines`: whole lines, the last with its line break. `part`: a part of one line. */
  readonly kind: 'lines' | 'part';
  readonly start: number;
  readonly old: string;
  readonly fresh: string;
}

const texts: ReadonlySet<string> = new Set(['markdown', 'plaintext', 'restructuredtext', 'latex']);

/** The files of `samples/`, one a language, named by VS Code's identifier of it; README.md describes their form. */
export function loadSamples(): Sample[] {
  const folder = join(import.meta.dirname, 'samples');
  return readdirSync(folder)
    .sort()
    .map((name) => parseSample(name.replace('.txt', ''), readFileSync(join(folder, name), 'utf8')));
}

function parseSample(languageId: string, source: string): Sample {
  const [, indentation = '', comment, fixed, rest = ''] =
    /^=== \((tabs|\d spaces)(?:, comment ([^,)]+(?:\))?))?(, fixed)?\) ===\n(.*)$/s.exec(source) ?? [];
  if (rest === '') throw new Error(`the sample of ${languageId} is not written as README.md says`);
  const [marked = '', ...changes] = rest.replaceAll('␉', '\t').split(/^=== (?=change|part)/m);
  return {
    languageId,
    unit: indentation === 'tabs' ? '\t' : ' '.repeat(Number(indentation[0])),
    comment: comment === undefined ? undefined : commentWith(comment),
    isFixed: fixed !== undefined,
    isText: texts.has(languageId),
    document: marked,
    changes: changes.map((change) => parseChange(languageId, marked, change)),
  };
}

function parseChange(languageId: string, document: string, source: string): Change {
  const [, kind = '', old = '', fresh = ''] = /^(change|part) ===\n(.*)\n=== to ===\n(.*)\n$/s.exec(source) ?? [];
  const end = kind === 'change' ? '\n' : '';
  const start = document.indexOf(old + end);
  if (old === '' || start < 0 || document.includes(old + end, start + 1)) {
    throw new Error(`the sample of ${languageId} has this not once: ${old}`);
  }
  return { kind: kind === 'change' ? 'lines' : 'part', start, old: old + end, fresh: fresh + end };
}

/** `//`, or the two ends of a comment with a space between them. */
function commentWith(marks: string): (text: string) => string {
  const [before = '', after] = marks.split(' ');
  return (text) => `${before} ${text}${after === undefined ? '' : ` ${after}`}`;
}
