import { readReply } from '../../src/reply/reply.ts';
import { readReplies } from '../../src/reply/several.ts';
import { withSyntax } from './grammars.ts';
import type { SeveralCase } from './load.ts';

/** What the user gets of a case. */
export type Outcome =
  | { readonly kind: 'written'; readonly file: string }
  /** `shown`: the document with the first candidate in the selection's place. */
  | { readonly kind: 'offered'; readonly reason: string; readonly shown: string | undefined };

/**
 * - `written`, `asked`: as the case wants it.
 * - `needless`: offered, though the case has a file.
 * - `wrong`: a file other than that of the case, or a file where it must be offered. The one thing that must never be.
 * - `reason`: offered rightly, but for another reason, or with another candidate first.
 */
export type Verdict = 'written' | 'asked' | 'needless' | 'wrong' | 'reason';

/** The only place that calls the reader for a case: all that a test hands in besides the case comes from here. */
export function readCase({ targets, reply, finish }: Pick<SeveralCase, 'targets' | 'reply' | 'finish'>): Outcome {
  const [target, ...more] = targets;
  if (more.length === 0) {
    const result = readReply(reply, finish, withSyntax(target));
    const file = (text: string) => fileWith(targets, [text]);
    if (result.kind === 'code') return { kind: 'written', file: file(result.text) };
    const [candidate] = result.candidates;
    return { kind: 'offered', reason: result.reason, shown: candidate === undefined ? undefined : file(candidate) };
  }
  const result = readReplies(reply, finish, targets.map(withSyntax));
  return result.kind === 'code'
    ? { kind: 'written', file: fileWith(targets, result.texts) }
    : { kind: 'offered', reason: result.reason, shown: undefined };
}

export function judge({ expected }: Pick<SeveralCase, 'expected'>, outcome: Outcome): Verdict {
  if (expected.kind === 'file') {
    if (outcome.kind === 'written') return outcome.file === expected.text ? 'written' : 'wrong';
    return expected.orOffered ? 'asked' : 'needless';
  }
  if (outcome.kind === 'written') return 'wrong';
  const isReason = expected.reason === undefined || expected.reason === outcome.reason;
  return isReason && (expected.text === undefined || expected.text === outcome.shown) ? 'asked' : 'reason';
}

/** The outcome as text in which everything is visible that a diff of two files would not show. */
export function shownOutcome(outcome: Outcome): string {
  return outcome.kind === 'written'
    ? visible('written', outcome.file)
    : visible(`offered: ${outcome.reason}`, outcome.shown ?? '');
}

export function shownExpected({ expected }: Pick<SeveralCase, 'expected'>): string {
  return expected.kind === 'file'
    ? visible('written', expected.text)
    : visible(`offered: ${expected.reason ?? 'for any reason'}`, expected.text ?? '');
}

function visible(title: string, text: string): string {
  return `${title}\n${text.replaceAll('\t', '␉').replaceAll('\r', '␍').replaceAll(/ $/gm, '␠')}`;
}

function fileWith(targets: SeveralCase['targets'], texts: readonly string[]): string {
  const { document } = targets[0];
  let end = 0;
  const pieces = targets.map((target, index) => {
    const before = document.slice(end, target.start);
    end = target.end;
    return before + (texts[index] ?? '');
  });
  return pieces.join('') + document.slice(end);
}
