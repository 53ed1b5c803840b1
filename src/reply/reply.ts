import type { FinishReason } from '../shared/answer.ts';
import { chooseBlock, isCodeInfo, isCommand, mayNest } from './choice.ts';
import { type FencedBlock, type Prose, readFences } from './fences.ts';
import type { Finding, Question } from './finding.ts';
import { fitCode } from './indentation.ts';
import { essence, isBlank, similarity } from './lines.ts';
import { measure } from './measure.ts';
import { Original } from './original.ts';
import { readingsOf } from './overlap.ts';
import { hasSameFences, outerText } from './outerFence.ts';
import { applyPatch } from './applyPatch.ts';
import { beginsAsPatch, type Change, isPatchLanguage, isUnmarkedDiff, readPatch } from './patch.ts';
import { withoutPathComment } from './pathComment.ts';
import { isKeyword, namesIn } from './plainGrammar.ts';
import { withoutReasoning, withoutTurnMarks } from './reasoning.ts';
import { isExcerpt, isRefusal } from './refusal.ts';
import { isSentence } from './speech.ts';
import type { ReplyTarget } from './target.ts';
import type { UnsureReason } from './unsure.ts';

export type Reply =
  /** What takes the place of the selection. */
  | { readonly kind: 'code'; readonly text: string; readonly findings: readonly Finding[] }
  /** Each candidate is as it would be written; the findings are of the first. */
  | {
      readonly kind: 'unsure';
      readonly reason: UnsureReason;
      readonly candidates: readonly string[];
      readonly findings: readonly Finding[];
    };

/** The code that a reply gives for the selection, or why that cannot be told for sure. */
export function readReply(reply: string, finish: FinishReason, target: ReplyTarget): Reply {
  return new ReplyReader(new Original(target)).read(reply, finish);
}

/** What is known of code besides its text: the words before it, and what is not so. */
interface Known {
  readonly said?: string;
  readonly failed?: readonly Question[];
}

class ReplyReader {
  readonly #original: Original;
  readonly #target: ReplyTarget;

  constructor(original: Original) {
    this.#original = original;
    this.#target = original.target;
  }

  read(reply: string, finish: FinishReason): Reply {
    const said = withoutReasoning(reply, this.#target.document);
    if (said === undefined) return this.#unsure('cut');
    const text = withoutTurnMarks(said, this.#target);
    if (isBlank(text)) return this.#unsure('empty');
    const parts = readFences(text);
    const blocks = parts.filter((part) => part.kind === 'block');
    const codes = blocks.map((block) => block.text);
    if (finish === 'length' || finish === 'tooLong' || finish === 'tool_calls') return this.#unsure('cut', codes);
    if (finish === 'content_filter') return this.#unsure('refusal', codes);
    const read = this.#readParts(text, parts, blocks, finish);
    if (!isRefusal(text) && !codes.some(isRefusal)) return read;
    // Who declines and writes nothing new has declined.
    const isNew = read.kind === 'code' && !isExcerpt(read.text, this.#original.around.selection);
    return isNew ? read : this.#unsure('refusal', codes);
  }

  #readParts(
    text: string,
    parts: readonly (FencedBlock | Prose)[],
    blocks: readonly FencedBlock[],
    finish: FinishReason,
  ): Reply {
    const codes = blocks.map((block) => block.text);
    if (blocks.length === 0) return finish === 'stop' ? this.#readPlain(text) : this.#unsure('cut', [text]);
    if (blocks.some((block) => !block.closed)) return this.#unsure('cut', codes);
    const { selection } = this.#original.around;
    // The fences of the selection have come back: they may be content, and what is around them, too.
    if (/^[ \t]*(?:`{3}|~{3})/m.test(selection) && hasSameFences(text, selection))
      return this.#unsure('several', [text, ...codes]);
    const outer = outerText(text, blocks, this.#target.languageId);
    if (outer === undefined) return this.#readBlocks(blocks, parts);
    return hasSameFences(outer, selection) ? this.#readCode(outer) : this.#unsure('several', [outer, ...codes]);
  }

  /** A reply without any fence: a patch, or code from its first line to its last. */
  #readPlain(text: string): Reply {
    const patch = this.#patchIn(text, '');
    if (patch) return this.#readChanges(patch, [text]);
    const read = this.#readCode(text);
    const against = read.kind === 'code' ? unrelated(text, this.#original) : undefined;
    if (against === undefined) return read;
    const findings: readonly Finding[] = [{ question: 'related', against }, ...read.findings];
    return { ...this.#unsure('notCode', [text]), findings };
  }

  #readBlocks(blocks: readonly FencedBlock[], parts: readonly (FencedBlock | Prose)[]): Reply {
    const codes = blocks.map((block) => block.text);
    const patches = blocks.map(({ text, info }) => this.#patchIn(text, info));
    const changes = patches.flatMap((patch) => patch ?? []);
    const others = blocks.filter((_block, index) => patches[index] === undefined);
    if (others.length === 0) return this.#readChanges(changes, codes);
    if (this.#isInterrupted(parts)) return this.#unsure('several', codes);
    const chosen = chooseBlock(others, this.#target);
    if (!chosen) return this.#unsure('several', codes);
    if (others.length < blocks.length) {
      const patched = applyPatch(changes, this.#target);
      if (patched === undefined || fitCode(chosen.text, this.#original) !== patched)
        return this.#unsure('several', codes);
    }
    if (chosen.nests && !mayNest(this.#target)) return this.#unsure('several', codes);
    // A call of a tool: no language is called so.
    if (
      (/^\w+$/.test(chosen.info) && chosen.info.includes('_')) ||
      isCodeInfo(chosen.info) ||
      isCommand(chosen, this.#target)
    )
      return this.#unsure('notCode', codes);
    const before = parts[parts.indexOf(chosen) - 1];
    return this.#readCode(chosen.text, before?.kind === 'prose' ? before.text : '');
  }

  #readCode(written: string, said = ''): Reply {
    const code = withoutPathComment(written, this.#target);
    if (isBlank(code)) return this.#unsure('empty');
    const readings = readingsOf(code, this.#original).map((own) =>
      this.#judge(fitCode(own, this.#original), [code], { said }),
    );
    const sure = readings.find(({ kind }) => kind === 'code');
    return sure ?? readings[0] ?? this.#judge(fitCode(code, this.#original), [code], { said, failed: ['own'] });
  }

  #readChanges(changes: readonly Change[], codes: readonly string[]): Reply {
    const text = changes.length > 0 ? applyPatch(changes, this.#target) : undefined;
    return text === undefined ? this.#unsure('diffDoesNotApply', codes) : this.#judge(text, codes);
  }

  /** Code, if everything that is asked of it is so. */
  #judge(text: string, codes: readonly string[], { said = '', failed = [] }: Known = {}): Reply {
    const findings = [
      ...failed.map((question) => ({ question, against: essence(codes[0] ?? '')[0] ?? '' })),
      ...measure(text, this.#original, said),
    ];
    const against = findings.filter((finding) => finding.against !== undefined);
    if (against.length === 0) return { kind: 'code', text, findings };
    const first = order.find((question) => against.some((finding) => finding.question === question)) ?? 'own';
    return { ...this.#unsure(reasons[first], codes), findings };
  }

  #patchIn(text: string, info: string): readonly Change[] | undefined {
    if (isPatchLanguage(this.#target)) return undefined;
    const kind = isUnmarkedDiff(text, this.#original) ? 'diff' : info;
    const patch = readPatch(text, kind, this.#target);
    if (!patch || /^(?:diff|patch|udiff)\b/i.test(kind) || beginsAsPatch(text)) return patch;
    return applyPatch(patch, this.#target) === undefined ? undefined : patch;
  }

  #unsure(reason: UnsureReason, codes: readonly string[] = []): Extract<Reply, { kind: 'unsure' }> {
    const candidates = [...new Set(codes.map((code) => fitCode(code, this.#original)))];
    return { kind: 'unsure', reason, candidates, findings: [] };
  }

  /**
   * Whether lines of the selection are around the blocks: the fences are a part of the code then. Around a single
   * block one such line may be a quotation.
   */
  #isInterrupted(parts: readonly (FencedBlock | Prose)[]): boolean {
    const own = new Set(this.#original.own.filter((line) => line.length >= 6));
    const prose = parts.flatMap((part) => (part.kind === 'prose' ? essence(part.text) : []));
    const count = prose.filter((line) => own.has(line)).length;
    const hasFences = this.#original.own.some((line) => /^(?:`{3}|~{3})/.test(line));
    const isQuotable = parts.filter(({ kind }) => kind === 'block').length === 1 && !hasFences;
    return isQuotable ? count > 1 && (own.has(prose[0] ?? '') || own.has(prose.at(-1) ?? '')) : count > 0;
  }
}

/** What the user reads first where several things speak against code. */
const order: readonly Question[] = [
  'related',
  'native',
  'code',
  'unpacked',
  'single',
  'complete',
  'own',
  'whole',
  'balanced',
  'joins',
];

const reasons: Readonly<Record<Question, UnsureReason>> = {
  related: 'notCode',
  native: 'notCode',
  code: 'notCode',
  unpacked: 'notCode',
  single: 'several',
  complete: 'placeholder',
  own: 'repeats',
  whole: 'part',
  balanced: 'broken',
  joins: 'broken',
};

/** The line of unfenced code that has nothing to do with the document: its first or its last may be words. */
function unrelated(text: string, { own, words, grammar, before, around, target }: Original): string | undefined {
  const lines = essence(text);
  const [first = '', last = ''] = [lines[0], lines.at(-1)];
  if (grammar.inside(before) === 'text') {
    const isInLine = !isBlank(around.prefix + around.suffix) && lines.length === 1 && !isSentence(first);
    if (isInLine && first.split(' ').length <= around.selection.split(' ').length + 1) return undefined;
    const likeness = similarity(text.toLowerCase(), around.selection.toLowerCase());
    const isKept = own.includes(first) && own.includes(last) && likeness >= 0.5;
    return isKept || (likeness >= 0.7 && own.length === lines.length) ? undefined : first;
  }
  return [first, last].find((line) => {
    const begins = isKeyword(/^\w+/.exec(line)?.[0] ?? '');
    const isKey = target.languageId === 'yaml' && /^[\w"'. -]+:(?: |$)/.test(line);
    const isKnown = begins || isKey || namesIn(line).every((name) => words.has(name));
    return !isKnown && !/[;{}()[\]=<>]|^\W*(?:\/\*|\*|\/\/|#|@|--|<!--)/.test(line);
  });
}
