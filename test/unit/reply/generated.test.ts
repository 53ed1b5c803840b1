import assert from 'node:assert/strict';
import { PartialReply } from '../../../src/reply/partial.ts';
import { readReply } from '../../../src/reply/reply.ts';
import type { ReplyTarget } from '../../../src/reply/target.ts';
import { linesOf, ProgramWriter, type Statement, type Style, styles } from './program.ts';
import { Random } from '../../fuzz/random.ts';
import { withSyntax } from '../../replies/grammars.ts';

interface Example {
  readonly target: ReplyTarget;
  readonly reply: string;
  readonly file: string;
}

describe('replies whose meaning is known', () => {
  for (const style of styles) {
    it(`give the exact file: ${style.languageId}, whole statements`, () => {
      check(400, (random) => statementExample(style, random));
    });

    it(`give the exact file: ${style.languageId}, a part of a line`, () => {
      check(100, (random) => expressionExample(style, random));
    });
  }
});

/** Every seed is a test of its own; the first that fails is shown with its reply. */
function check(count: number, exampleOf: (random: Random) => Example): void {
  for (let seed = 1; seed <= count; seed++) {
    const { target: plain, reply, file } = exampleOf(new Random(seed));
    const target = withSyntax(plain);
    const shown = `seed ${seed}\n${marked(target)}\n--- reply\n${reply}\n---`;
    const result = readReply(reply, 'stop', target);
    if (result.kind === 'unsure') assert.fail(`${result.reason}: ${shown}`);
    assert.equal(target.document.slice(0, target.start) + result.text + target.document.slice(target.end), file, shown);
    const partial = new PartialReply(target);
    for (let at = 0; at < reply.length; at += 7) partial.push(reply.slice(at, at + 7));
    const lines = result.text.split(/\r\n|\n/);
    assert.deepEqual(partial.lines, lines.slice(0, partial.lines.length), shown);
  }
}

/** Some statements of a block become others. */
function statementExample(style: Style, random: Random): Example {
  const writer = new ProgramWriter(style, random);
  const unit = random.pick(style.units);
  const eol = random.once(3) ? '\r\n' : '\n';
  const level = random.below(4);
  const old = writer.statements(1 + random.below(3), 2);
  const written = writer.statements(1 + random.below(3), 2);
  const isComment = ({ blocks }: Statement): boolean => blocks[0]?.head.startsWith(style.comment) ?? false;
  // Comments alone in the place of code are offered.
  const kept = written.every(isComment) ? old.filter((one) => !isComment(one)) : random.once(2) ? old : [];
  const fresh = [...written, ...kept.slice(0, 1)];
  const before = [
    ...nesting(style, writer, unit, level),
    ...linesOf(writer.statements(random.below(3), 1), unit, level),
  ];
  const after = [
    ...linesOf(writer.statements(random.below(3), 1), unit, level),
    ...(style.tail === undefined
      ? []
      : Array.from({ length: level }, (_, i) => unit.repeat(level - 1 - i) + style.tail)),
  ];
  const head = before.map((line) => line + eol).join('');
  const rest = after.map((line) => eol + line).join('') + (random.once(4) ? '' : eol);
  const selected = linesOf(old, unit, level).join(eol);
  const expected = linesOf(fresh, unit, level).join(eol);
  const document = head + selected + rest;
  const behindIndent = random.once(3);
  const withBreak = random.once(2) && rest !== '';
  const target = {
    document,
    start: head.length + (behindIndent ? unit.length * level : 0),
    end: head.length + selected.length + (withBreak ? eol.length : 0),
    ...settings(style, unit, eol),
  };
  return {
    target,
    reply: replyWith(codeOf(fresh, style, unit, level, behindIndent, random), selected.split(eol), style, random),
    file: head + expected + rest,
  };
}

/** The heads of blocks around a level. */
function nesting(style: Style, writer: ProgramWriter, unit: string, level: number): string[] {
  return Array.from(
    { length: level },
    (_, depth) => unit.repeat(depth) + style.heads[0](`outer${depth}`, writer.expression()),
  );
}

/** The statements as a model writes them. */
function codeOf(
  statements: readonly Statement[],
  style: Style,
  unit: string,
  level: number,
  behindIndent: boolean,
  random: Random,
): string[] {
  switch (random.below(4)) {
    case 0:
      return linesOf(statements, unit, level);
    case 1:
      return behindIndent
        ? linesOf(statements, unit, level).map((line, index) => (index === 0 ? line.trimStart() : line))
        : linesOf(statements, unit, level);
    case 2:
      return linesOf(statements, random.pick(style.units), 0);
    default:
      return linesOf(statements, unit, 0);
  }
}

/** The value of an assignment becomes another. */
function expressionExample(style: Style, random: Random): Example {
  const writer = new ProgramWriter(style, random);
  const unit = random.pick(style.units);
  const eol = random.once(3) ? '\r\n' : '\n';
  const value = writer.expression();
  const line = unit + style.leaf('result', value);
  const head = [...linesOf(writer.statements(2, 1), unit, 0), nesting(style, writer, unit, 1).join('')]
    .map((text) => text + eol)
    .join('');
  const rest = eol + (style.tail === undefined ? '' : style.tail + eol);
  const start = head.length + line.indexOf(value);
  const fresh = writer.expression();
  const whole = line.replace(value, fresh);
  return {
    target: { document: head + line + rest, start, end: start + value.length, ...settings(style, unit, eol) },
    reply: replyWith([random.pick([fresh, fresh, whole, whole.trim()])], [value], style, random),
    file: head + whole + rest,
  };
}

function settings(style: Style, unit: string, eol: '\n' | '\r\n') {
  const insertSpaces = unit !== '\t';
  return { languageId: style.languageId, eol, insertSpaces, tabSize: insertSpaces ? unit.length : 4 };
}

/** A well-formed reply around code: one closed fence; the words may quote a line of the selection. */
function replyWith(code: readonly string[], selected: readonly string[], style: Style, random: Random): string {
  const fence = random.pick(['```', '```', '````', '~~~']);
  const info = random.pick([
    style.languageId,
    '',
    style.languageId.toUpperCase(),
    'text',
    ' title="a.b"',
    'bash',
    '{.x}',
  ]);
  const inList = random.once(8);
  const edge = random.once(8) ? [''] : [];
  const block = [fence + info, ...edge, ...code, ...edge, fence].map((line) => (inList ? `   ${line}` : line));
  const thinking = random.once(5) ? ['<think>', 'The user wants it so:', '```', 'draft()', '```', '</think>', ''] : [];
  const before = random.pick([
    [],
    ['Here is the code:', ''],
    ['Sure! This keeps `value1` as it is.', ''],
    ['# New', ''],
    ['This is replaced:', '', `    ${selected[0]}`, ''],
  ]);
  const after = random.pick([
    [],
    ['', 'It does the same, but faster.'],
    ['', '- `value2` is new', '- the rest is as it was'],
  ]);
  const lines = [...thinking, ...(inList ? ['1. Use this:', ''] : before), ...block, ...after];
  return lines.join(random.once(6) ? '\r\n' : '\n') + (random.once(2) ? '\n' : '');
}

function marked({ document, start, end }: ReplyTarget): string {
  return `${document.slice(0, start)}⟦${document.slice(start, end)}⟧${document.slice(end)}`;
}
