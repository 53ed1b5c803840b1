import type { FinishReason } from '../shared/answer.ts';
import { fenceAround, readFences } from './fences.ts';
import type { Finding } from './finding.ts';
import { withoutReasoning } from './reasoning.ts';
import { essence, similarity } from './lines.ts';
import { isKeyword } from './plainGrammar.ts';
import { readReply } from './reply.ts';
import type { UnsureReason } from './unsure.ts';
import type { ReplyTarget } from './target.ts';

/** What takes the place of each selection, in their order, or why that cannot be told for sure. */
export type Replies =
  | { readonly kind: 'code'; readonly texts: readonly string[]; readonly findings: readonly Finding[] }
  /** `shown`: what the reply would make of the one selection, where seeing it says more than the reason. */
  | {
      readonly kind: 'unsure';
      readonly reason: UnsureReason;
      readonly findings: readonly Finding[];
      readonly shown?: string;
    };

/**
 * The code that a reply gives for several selections of one document: one block for each, in the same order. A block is
 * read like a reply of its own, so that whatever makes one unsure does so here; one such block makes all unsure.
 */
export function readReplies(reply: string, finish: FinishReason, targets: readonly ReplyTarget[]): Replies {
  const [first, ...others] = targets;
  if (first === undefined) return { kind: 'unsure', reason: 'count', findings: [] };
  if (others.length === 0) {
    const read = readReply(reply, finish, first);
    if (read.kind === 'code') return { kind: 'code', texts: [read.text], findings: read.findings };
    const { reason, candidates, findings } = read;
    const [shown] = reason === 'placeholder' || reason === 'repeats' ? candidates : [];
    return { kind: 'unsure', reason, findings, ...(shown !== undefined && { shown }) };
  }
  const text = withoutReasoning(reply, first.document);
  const blocks = text === undefined ? [] : readFences(text).filter((part) => part.kind === 'block');
  const isWhole = (finish === 'stop' || finish === 'unspecified' || finish === 'other') && text !== undefined;
  if (!isWhole || blocks.length !== targets.length || blocks.some(({ closed }) => !closed)) {
    const whole = readReply(reply, finish, first);
    const reason = whole.kind === 'unsure' && whole.reason !== 'several' ? whole.reason : 'count';
    return { kind: 'unsure', reason, findings: whole.findings };
  }
  const texts: string[] = [];
  const findings: Finding[] = [];
  for (const [index, target] of targets.entries()) {
    const { info, text: code } = blocks[index] ?? { info: '', text: '' };
    const fence = fenceAround(code);
    const read = readReply(`${fence}${info}\n${code}\n${fence}`, finish, target);
    if (read.kind === 'unsure') return { kind: 'unsure', reason: read.reason, findings: read.findings };
    if (targets.some((other) => other !== target && belongsTo(code, target, other)))
      return { kind: 'unsure', reason: 'count', findings: read.findings };
    texts.push(read.text);
    findings.push(...read.findings);
  }
  return { kind: 'code', texts, findings };
}

/** Whether a line of code begins as another selection does, with a name that its own does not begin a line with. */
function belongsTo(code: string, target: ReplyTarget, other: ReplyTarget): boolean {
  const lines = ({ document, start, end }: ReplyTarget): readonly string[] => essence(document.slice(start, end));
  const [first = ''] = lines(other);
  const name = nameAt(first);
  if (name === undefined || lines(target).some((line) => nameAt(line) === name)) return false;
  return essence(code).some((line) => nameAt(line) === name && similarity(line, first) >= 0.5);
}

/** The name with which a line begins. */
function nameAt(line: string): string | undefined {
  const [word] = /^[\p{L}_$][\p{L}\p{N}_$]*/u.exec(line) ?? [];
  return word === undefined || isKeyword(word) ? undefined : word;
}
