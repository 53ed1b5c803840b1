import type { ReplyTarget } from '../../../src/reply/target.ts';
import { Random } from '../../fuzz/random.ts';
import type { ExpectedOutcome, SeveralCase } from '../load.ts';
import { indentOf, placeOf } from './code.ts';
import { type Habit, habits } from './habits.ts';
import { farewells, introductions } from './words.ts';
import { type Change, loadSamples, type Sample } from './samples.ts';

export const samples: readonly Sample[] = loadSamples();

/** What the names of generated cases begin with. */
export const generated = 'generated/';

/** How often each change of each sample goes through each habit. */
const rounds = 2;

/** The cases of all habits, the same in every run. */
export function allCases(): SeveralCase[] {
  const ofHabits = habits.flatMap((habit) => casesOf(habit, new Random(1)));
  return [...ofHabits, ...severalCases(new Random(1))];
}

function casesOf(habit: Habit, random: Random): SeveralCase[] {
  const all = samples.flatMap((sample) => sample.changes.map((change) => ({ sample, change })));
  return Array.from({ length: rounds }, () => all)
    .flat()
    .flatMap(({ sample, change }) => caseOf(habit, sample, change, random) ?? []);
}

/** The name of the habit of answering several selections with a block each. */
const severalBlocks = `${generated}a block for each selection`;

/** Cases with several selections: the changes of whole lines in a sample, each with its block, in their order. */
function severalCases(random: Random): SeveralCase[] {
  return Array.from({ length: rounds }, () => samples)
    .flat()
    .flatMap((sample) => severalCaseOf(sample, random) ?? []);
}

function severalCaseOf(sample: Sample, random: Random): SeveralCase | undefined {
  const { document, languageId } = sample;
  const changes = sample.changes.filter(({ kind }) => kind === 'lines').sort((a, b) => a.start - b.start);
  const [first, second] = changes;
  if (first === undefined || second === undefined || first.start + first.old.length > second.start) return undefined;
  const between = document.slice(first.start + first.old.length, second.start);
  const rest = document.slice(second.start + second.old.length);
  const blocks = [first, second].map(({ fresh }) => `\`\`\`${languageId}\n${fresh}\`\`\``);
  const settings = { document, languageId, eol: '\n', ...indentationOf(sample) } as const;
  const target = ({ start, old }: Change): ReplyTarget => ({ ...settings, start, end: start + old.length });
  const file = document.slice(0, first.start) + first.fresh + between + second.fresh + rest;
  return {
    name: severalBlocks,
    shape: severalBlocks,
    targets: [target(first), target(second)],
    reply: [random.pick(introductions), ...blocks, random.pick(farewells)].join('\n\n'),
    finish: 'stop',
    expected: { kind: 'file', text: file, orOffered: false },
  };
}

/** A case of any habit and any language. */
export function anyCase(random: Random): SeveralCase | undefined {
  const habit = habits[random.below(habits.length)];
  const sample = samples[random.below(samples.length)];
  const change = sample?.changes[random.below(sample.changes.length)];
  return habit && sample && change && caseOf(habit, sample, change, random);
}

/** @returns `undefined` where the change cannot be wrapped so. */
function caseOf(habit: Habit, given: Sample, change: Change, random: Random): SeveralCase | undefined {
  const isAtCursor = habit.isAtCursor ?? false;
  if (isAtCursor && change.kind === 'part') return undefined;
  const sample = isAtCursor ? emptied(given, change) : given;
  const old = isAtCursor ? `${indentOf(change.old)}\n` : change.old;
  const place = placeOf(sample, { ...change, old });
  const reply = habit.wrap(place, random);
  if (reply === undefined) return undefined;
  const selected = targetOf(sample, { ...change, old }, random);
  const { file } = selected;
  const target = isAtCursor ? cursorIn(selected.target) : selected.target;
  const expected: ExpectedOutcome =
    habit.outcome === 'offered'
      ? { kind: 'offered', reason: undefined, text: undefined }
      : { kind: 'file', text: file, orOffered: habit.outcome !== 'file' || (habit.isDebatable?.(place) ?? false) };
  const shape = generated + habit.name;
  return { name: shape, shape, targets: [target], reply, finish: habit.finish ?? 'stop', expected };
}

/** The change as a selection: with either line break, with or without the selection's last one, from the margin or not. */
function targetOf(sample: Sample, change: Change, random: Random): { target: ReplyTarget; file: string } {
  const eol = random.once(3) ? '\r\n' : '\n';
  const inFile = (text: string): string => text.replaceAll('\n', eol);
  const end = change.start + change.old.length;
  const rest = random.once(4) ? sample.document.slice(end).replace(/\n$/, '') : sample.document.slice(end);
  const before = inFile(sample.document.slice(0, change.start));
  const after = inFile(rest);
  const isLines = change.kind === 'lines';
  const behindIndent = isLines && random.once(3) ? indentOf(change.old).length : 0;
  const lastBreak = isLines && (after === '' || random.once(3)) ? eol.length : 0;
  const old = inFile(change.old);
  return {
    target: {
      document: before + old + after,
      start: before.length + behindIndent,
      end: before.length + old.length - lastBreak,
      languageId: sample.languageId,
      eol,
      ...indentationOf(sample),
    },
    file: before + inFile(change.fresh) + after,
  };
}

/** The sample with a line of nothing but indentation in the place of the change. */
function emptied(sample: Sample, { start, old }: Change): Sample {
  const { document } = sample;
  return { ...sample, document: `${document.slice(0, start)}${indentOf(old)}\n${document.slice(start + old.length)}` };
}

/** The cursor at the end of the blank line that is selected. */
function cursorIn(target: ReplyTarget): ReplyTarget {
  const line = target.document.slice(target.start);
  const at = target.start + indentOf(line).length;
  return { ...target, start: at, end: at };
}

function indentationOf({ unit }: Sample): Pick<ReplyTarget, 'insertSpaces' | 'tabSize'> {
  return unit === '\t' ? { insertSpaces: false, tabSize: 4 } : { insertSpaces: true, tabSize: unit.length };
}
