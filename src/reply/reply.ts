import type { FinishReason } from '../shared/answer.ts';
import type { Translate } from '../shared/l10n.ts';
import { chooseBlock, isCodeInfo, isCommand, mayNest } from './choice.ts';
import { type FencedBlock, type Prose, readFences } from './fences.ts';
import { isForeign, withoutPathComment, withoutTurnMarks } from './foreign.ts';
import { fitCode } from './indentation.ts';
import { essence, isBlank } from './lines.ts';
import { withoutSurroundings } from './overlap.ts';
import { hasSameFences, outerText } from './outerFence.ts';
import { isPart, isSaidToBePart } from './partialCode.ts';
import { applyPatch, type Change, isPatchLanguage, isUnmarkedDiff, readPatch } from './patch.ts';
import { hasPlaceholder } from './placeholder.ts';
import { isOnlyWords, isPlainCode, isRefusal, isSpeech } from './prose.ts';
import { withoutReasoning } from './reasoning.ts';

/** Where the code of a reply belongs. */
export interface ReplyTarget {
  /** The whole document as it was asked about. */
  readonly document: string;
  /** UTF-16 offsets of the selection; the same twice: the code is inserted there. */
  readonly start: number;
  readonly end: number;
  /** VS Code's language identifier. */
  readonly languageId: string;
  /** The document's line break. */
  readonly eol: '\n' | '\r\n';
  readonly insertSpaces: boolean;
  /** Columns of a tab, and of a level of indentation. */
  readonly tabSize: number;
}

/**
 * Why a reply is not written:
 * - `refusal`: the model declined;
 * - `several`: more than one piece of code could be meant;
 * - `placeholder`: a comment stands for code that was left out;
 * - `cut`: the reply ended before its code did;
 * - `empty`: there is nothing in it;
 * - `diffDoesNotApply`: a diff or a search/replace block does not match the selection exactly;
 * - `notCode`: no code can be told from the words;
 * - `repeats`: the code begins or ends outside the selection, with changes there;
 * - `part`: the code is only the lines that change, or only how the code begins;
 * - `count`: there is not one piece of code for each of several selections.
 */
export type UnsureReason =
  | 'refusal'
  | 'several'
  | 'placeholder'
  | 'cut'
  | 'empty'
  | 'diffDoesNotApply'
  | 'notCode'
  | 'repeats'
  | 'part'
  | 'count';

export type Reply =
  /** What takes the place of the selection. */
  | { readonly kind: 'code'; readonly text: string }
  /** Each candidate is as it would be written. */
  | { readonly kind: 'unsure'; readonly reason: UnsureReason; readonly candidates: readonly string[] };

/** The code that a reply gives for the selection, or why that cannot be told for sure. */
export function readReply(reply: string, finish: FinishReason, target: ReplyTarget): Reply {
  const unsure = (reason: UnsureReason, codes: readonly string[] = []): Reply => ({
    kind: 'unsure',
    reason,
    candidates: [...new Set(codes.map((code) => fitCode(code, target)))],
  });
  const said = withoutReasoning(reply, target.document);
  if (said === undefined) return unsure('cut');
  const text = withoutTurnMarks(said, target.document);
  if (isBlank(text)) return unsure('empty');
  const parts = readFences(text);
  const blocks = parts.filter((part) => part.kind === 'block');
  const codes = blocks.map((block) => block.text);
  if (isCut(finish)) return unsure('cut', codes);
  if (isRefusal(text) || finish === 'content_filter') return unsure('refusal', codes);
  if (blocks.length === 0) return finish === 'stop' ? readPlain(text, target, unsure) : unsure('cut', [text]);
  if (blocks.some((block) => !block.closed)) return unsure('cut', codes);
  const outer = outerText(text, blocks, target.languageId);
  if (outer !== undefined) {
    const sure = hasSameFences(outer, target.document.slice(target.start, target.end));
    return sure ? readCode(outer, target, unsure) : unsure('several', [outer, ...codes]);
  }
  return readBlocks(blocks, parts, target, unsure);
}

type Unsure = (reason: UnsureReason, codes?: readonly string[]) => Reply;

/** A reply without any fence: a patch, or code from its first line to its last, or not to be told from words. */
function readPlain(text: string, target: ReplyTarget, unsure: Unsure): Reply {
  const patch = isPatchLanguage(target) ? undefined : readPatch(text, isUnmarkedDiff(text, target) ? 'diff' : '');
  if (patch) return readChanges(patch, target, unsure, [text]);
  return isPlainCode(text, target) ? readCode(text, target, unsure) : unsure('notCode', [text]);
}

function readBlocks(
  blocks: readonly FencedBlock[],
  parts: readonly (FencedBlock | Prose)[],
  target: ReplyTarget,
  unsure: Unsure,
): Reply {
  const codes = blocks.map((block) => block.text);
  const patches = blocks.map((block) => {
    if (isPatchLanguage(target)) return undefined;
    return readPatch(block.text, isUnmarkedDiff(block.text, target) ? 'diff' : block.info);
  });
  const changes = patches.flatMap((patch) => patch ?? []);
  const others = blocks.filter((_block, index) => patches[index] === undefined);
  if (others.length === 0) return readChanges(changes, target, unsure, codes);
  if (isInterrupted(parts, target)) return unsure('several', codes);
  const chosen = chooseBlock(others, target);
  if (!chosen) return unsure('several', codes);
  if (others.length < blocks.length) {
    const patched = applyPatch(changes, target);
    if (patched === undefined || fitCode(chosen.text, target) !== patched) return unsure('several', codes);
  }
  if (chosen.nests && !mayNest(target)) return unsure('several', codes);
  if (isRefusal(chosen.text) && isOnlyWords(chosen.text)) return unsure('refusal', codes);
  if (isCodeInfo(chosen.info) || isCommand(chosen, target) || isSpeech(chosen.text, target))
    return unsure('notCode', codes);
  const introduction = parts[parts.indexOf(chosen) - 1];
  if (introduction?.kind === 'prose' && isSaidToBePart(chosen.text, introduction.text, target))
    return unsure('part', codes);
  return readCode(chosen.text, target, unsure);
}

function readCode(written: string, target: ReplyTarget, unsure: Unsure): Reply {
  const code = withoutPathComment(written, target);
  if (isBlank(code)) return unsure('empty');
  if (isForeign(code, target)) return unsure('notCode', [code]);
  if (hasPlaceholder(code, target)) return unsure('placeholder', [code]);
  const own = withoutSurroundings(code, target);
  if (own === undefined) return unsure('repeats', [code]);
  return isPart(own, target) ? unsure('part', [code]) : { kind: 'code', text: fitCode(own, target) };
}

function readChanges(changes: readonly Change[], target: ReplyTarget, unsure: Unsure, codes: readonly string[]): Reply {
  const lines = changes.flatMap((change) => change.replace).join('\n');
  if (hasPlaceholder(lines, target)) return unsure('placeholder', codes);
  const text = changes.length > 0 ? applyPatch(changes, target) : undefined;
  return text === undefined ? unsure('diffDoesNotApply', codes) : { kind: 'code', text };
}

/** Whether the server says that the answer is not whole; a reason that nobody knows says nothing. */
function isCut(finish: FinishReason): boolean {
  return finish === 'length' || finish === 'tool_calls';
}

/**
 * Whether lines of the selection stand around the blocks: the fences are a part of the code then. Around a single
 * block one such line may be a quotation.
 */
function isInterrupted(parts: readonly (FencedBlock | Prose)[], target: ReplyTarget): boolean {
  const selection = target.document.slice(target.start, target.end);
  const own = new Set(essence(selection).filter((line) => line.length >= 6));
  const prose = parts.flatMap((part) => (part.kind === 'prose' ? essence(part.text) : []));
  const count = prose.filter((line) => own.has(line)).length;
  const isQuotable =
    parts.filter(({ kind }) => kind === 'block').length === 1 && !/^[ \t]*(?:`{3}|~{3})/m.test(selection);
  return isQuotable ? count > 1 && (own.has(prose[0] ?? '') || own.has(prose.at(-1) ?? '')) : count > 0;
}

/** One sentence for the user: why nothing was written, and what to do. */
export function describeUnsure(reason: UnsureReason, t: Translate): string {
  return sentences[reason](t);
}

const sentences: Readonly<Record<UnsureReason, (t: Translate) => string>> = {
  refusal: (t) =>
    t('The model declined, so nothing was written. Word the instruction differently, or try another model.'),
  several: (t) => t('The reply may mean more than one piece of code, so nothing was written. Choose one.'),
  placeholder: (t) =>
    t('The reply leaves code out and only mentions it, so nothing was written. Ask for the complete code.'),
  cut: (t) => t('The reply ended before its code did, so nothing was written. Continue it, or select less.'),
  empty: (t) => t('The reply holds no code, so nothing was written. Try again.'),
  diffDoesNotApply: (t) =>
    t('The reply is a diff that does not fit the selection, so nothing was written. Ask for the complete code.'),
  notCode: (t) => t('The reply is not clearly code, so nothing was written. Read it, and choose what to write.'),
  repeats: (t) =>
    t('The reply also has lines from outside the selection, so nothing was written. Compare before you write it.'),
  part: (t) => t('The reply has only the lines that change, so nothing was written. Ask for the complete code.'),
  count: (t) =>
    t('The reply does not have one piece of code for each selection, so nothing was written. Select one of them.'),
};
