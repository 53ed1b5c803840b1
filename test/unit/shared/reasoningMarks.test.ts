import assert from 'node:assert/strict';
import { ReasoningSplitter } from '../../../src/shared/reasoningMarks.ts';

describe('ReasoningSplitter', () => {
  for (const [text, answer, reasoning] of [
    ['<think>plan</think>answer', 'answer', 'plan'],
    ['before <think>plan</think> after', 'before <think>plan</think> after', ''],
    ['a\n<think>plan</think>b', 'a\nb', 'plan'],
    ['thoughts between <think> and </think> tags', 'thoughts between <think> and </think> tags', ''],
    ['the tags (<think>…</think>) and “<think>”', 'the tags (<think>…</think>) and “<think>”', ''],
    ['<mm:think>plan</think></mm:think>answer', 'answer', 'plan</think>'],
    ['<Thinking>plan</thinking>answer', 'answer', 'plan'],
    ['[THINK]a[1]b[/THINK]answer[1]', 'answer[1]', 'a[1]b'],
    ['a list[THINK', 'a list[THINK', ''],
    ['◁think▷plan◁/think▷answer', 'answer', 'plan'],
    ['<|begin_of_thought|>plan<|end_of_thought|><|begin_of_solution|>answer<|end_of_solution|>', 'answer', 'plan'],
    ['<|START_THINKING|>plan<|END_THINKING|><|START_RESPONSE|>answer<|END_RESPONSE|>', 'answer', 'plan'],
    [
      '<|channel|>analysis<|message|>plan<|end|><|start|>assistant<|channel|>final<|message|>answer<|return|>',
      'answer',
      'plan',
    ],
    [
      '<|start|>assistant<|channel|>commentary to=x <|constrain|>json<|message|>{}<|call|><|start|>assistant<|message|>yes',
      'yes',
      '{}',
    ],
    ['<|channel|>final<|message|>the mark `<|end|>` stays<|end|>', 'the mark `<|end|>` stays', ''],
    ['the mark <|channel|> and <|end|> stay', 'the mark <|channel|> and <|end|> stay', ''],
    ['<think>a</think>b<think>c</think>d', 'bd', 'ac'],
    ['<think>```\n</think>code', 'code', '```\n'],
    ['<think>never closed', '', 'never closed'],
    ['a < b <thin air', 'a < b <thin air', ''],
    ['<<think>x</think>', '<<think>x</think>', ''],
    ['the tag `<think>` and ``<think>`` stay', 'the tag `<think>` and ``<think>`` stay', ''],
    ['```\n<think>\n```\n<think>x</think>', '```\n<think>\n```\n', 'x'],
    ['````\n```\n<think>\n````\n<think>x</think>', '````\n```\n<think>\n````\n', 'x'],
    ['an open ` ends with its line\n<think>x</think>y', 'an open ` ends with its line\ny', 'x'],
    ['`a`\n<think>x</think>y', '`a`\ny', 'x'],
    ['``a ` <think> ``\n<think>x</think>y', '``a ` <think> ``\ny', 'x'],
    ['` ```\n<think>x</think>y', '` ```\ny', 'x'],
    ['ends in <think', 'ends in <think', ''],
    ['plan\n</think>\n\nanswer', '\n\nanswer', 'plan\n'],
    ['plan\n  </think>answer', 'answer', 'plan\n  '],
    ['</think>answer', 'answer', ''],
    ['It is brief.</think>391', '391', 'It is brief.'],
    ['so 4</think>\n\nFour.', '\n\nFour.', 'so 4'],
    ['简短回答。</think>391', '391', '简短回答。'],
    ['(as it is)</think>**Yes**', '**Yes**', '(as it is)'],
    ['a.</think>b.</think>c', 'b.</think>c', 'a.'],
    ['say "</think>" or (</think>) or <b></think>', 'say "</think>" or (</think>) or <b></think>', ''],
    ['in `code.</think>x`', 'in `code.</think>x`', ''],
    ['a\n</think>b\n</think>c', 'b\n</think>c', 'a\n'],
    ['a\n</think>b<think>c</think>d', 'bd', 'a\nc'],
    ['<think>a</think>b\n</think>c', 'b\n</think>c', 'a'],
    ['the tag </think> in a line', 'the tag </think> in a line', ''],
    ['after `code`</think>x', 'after `code`</think>x', ''],
    ['```\n</think>\n```', '```\n</think>\n```', ''],
    ['plan\n</thin', 'plan\n</thin', ''],
  ] as const) {
    it(`splits ${JSON.stringify(text)}, cut at every two places`, () => {
      for (let first = 0; first <= text.length; first++) {
        for (let second = first; second <= text.length; second++) {
          const pieces = [text.slice(0, first), text.slice(first, second), text.slice(second)];
          assert.deepEqual(split(pieces), { answer, reasoning }, `cut at ${first} and ${second}`);
        }
      }
    });
  }
});

it('drops an end of reasoning with which the text begins, where reasoning came from elsewhere', () => {
  const splitter = new ReasoningSplitter();
  splitter.reasoned();
  const pieces = ['\n</thi', 'nk>\n\nFour.'].flatMap((text) => Array.from(splitter.split(text)));
  assert.equal(pieces.map((piece) => (piece.type === 'text' ? piece.text : '')).join(''), '\n\n\nFour.');
});

function split(pieces: readonly string[]): { answer: string; reasoning: string } {
  const splitter = new ReasoningSplitter();
  const told = { answer: '', reasoning: '' };
  for (const piece of [...pieces.flatMap((text) => Array.from(splitter.split(text))), ...splitter.end()]) {
    if (piece.type === 'textWasReasoning') {
      assert.equal(piece.length, told.answer.length);
      assert.notEqual(piece.length, 0);
      told.reasoning += told.answer;
      told.answer = '';
      continue;
    }
    assert.notEqual(piece.text, '');
    told[piece.type === 'text' ? 'answer' : 'reasoning'] += piece.text;
  }
  return told;
}
