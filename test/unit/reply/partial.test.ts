import assert from 'node:assert/strict';
import { PartialReply } from '../../../src/reply/partial.ts';
import { readFences } from '../../../src/reply/fences.ts';
import { readReply } from '../../../src/reply/reply.ts';
import type { ReplyTarget } from '../../../src/reply/target.ts';
import { loadReplyCases, pendingNames } from '../../replies/load.ts';
import { Random } from '../../fuzz/random.ts';
import { withSyntax } from '../../replies/grammars.ts';

const pending = pendingNames();
const cases = loadReplyCases()
  .filter(({ name }) => !pending.has(name))
  .map((example) => ({ ...example, target: withSyntax(example.target) }));

describe('code that streams in', () => {
  it('is at any time the beginning of what is written at the end, however the reply is cut', () => {
    const random = new Random(1);
    const streamed = new Set<string>();
    for (const { name, reply, finish, target } of cases) {
      const result = readReply(reply, finish, target);
      if (result.kind !== 'code' || blockCount(reply) !== 1) continue;
      const final = result.text.split(/\r\n|\r|\n/);
      for (let round = 0; round < 5; round++) {
        const partial = new PartialReply(target);
        let before: readonly string[] = [];
        for (const delta of pieces(reply, random)) {
          partial.push(delta);
          assert.deepEqual(partial.lines.slice(0, before.length), before, `${name} took lines back`);
          before = [...partial.lines];
          assert.deepEqual(before, final.slice(0, before.length), name);
        }
        if (before.length > 0) streamed.add(name);
      }
    }
    assert.ok(streamed.size > 50, `only ${streamed.size} cases were streamed`);
  });

  it('does not depend on where the reply is cut', () => {
    const random = new Random(2);
    for (const { name, reply, target } of cases) {
      const whole = linesOf([reply], target);
      assert.deepEqual(linesOf(reply.split(''), target), whole, name);
      assert.deepEqual(linesOf(pieces(reply, random), target), whole, name);
    }
  });

  it('keeps up with 20 000 lines that come in small pieces', () => {
    const code = Array.from({ length: 10_000 }, (_, index) => `if x == ${index}:\n    y = ${index}\n`).join('');
    const document = 'x = 1\ny = 2\n';
    const target = {
      document,
      start: 0,
      end: 6,
      languageId: 'python',
      eol: '\n',
      insertSpaces: true,
      tabSize: 4,
    } as const;
    const partial = new PartialReply(target);
    const reply = `\`\`\`python\n${code}`;
    for (let at = 0; at < reply.length; at += 4) partial.push(reply.slice(at, at + 4));
    assert.equal(partial.lines.length, 19_999);
  });

  it('gives a line as soon as the next one is there', () => {
    const target = {
      document: '',
      start: 0,
      end: 0,
      languageId: 'go',
      eol: '\n',
      insertSpaces: false,
      tabSize: 4,
    } as const;
    const seen = ['```go\n', 'a()\n', 'b()', '\n', '\n', 'c()\n', '```\n'].map(
      (_delta, index, deltas) => linesOf(deltas.slice(0, index + 1), target).length,
    );
    assert.deepEqual(seen, [0, 0, 0, 1, 1, 2, 2]);
  });

  for (const shape of ['refusal', 'unfenced', 'diff', 'searchReplace', 'empty']) {
    it(`never begins for a reply of the shape "${shape}" that is not written`, () => {
      for (const { name, reply, finish, target } of cases) {
        if (!name.startsWith(`${shape}/`) || readReply(reply, finish, target).kind === 'code') continue;
        assert.deepEqual(linesOf([reply], target), [], name);
      }
    });
  }
});

function linesOf(deltas: readonly string[], target: ReplyTarget): readonly string[] {
  const partial = new PartialReply(target);
  for (const delta of deltas) partial.push(delta);
  return partial.lines;
}

function blockCount(reply: string): number {
  return readFences(reply).filter(({ kind }) => kind === 'block').length;
}

/** The text cut into pieces of 0 to 12 characters. */
function pieces(text: string, random: Random): string[] {
  const cut: string[] = [];
  for (let at = 0; at < text.length;) {
    const size = random.below(13);
    cut.push(text.slice(at, at + size));
    at += size;
  }
  return cut;
}
