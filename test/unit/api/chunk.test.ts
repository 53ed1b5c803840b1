import assert from 'node:assert/strict';
import { choicesOf, readChunk, type Chunk } from '../../../src/api/chatCompletions/chunk.ts';
import { readServerError } from '../../../src/api/serverError.ts';

describe('an object of a response', () => {
  function completion(value: Readonly<Record<string, unknown>>): Chunk {
    return readChunk(value, choicesOf(value)?.[0]);
  }

  it('gives the usage that it has, and none where it has no number', () => {
    for (const [usage, expected] of [
      [{ prompt_tokens: 1 }, { promptTokens: 1 }],
      [{ completion_tokens: 2 }, { completionTokens: 2 }],
      [{ total_tokens: 3 }, { totalTokens: 3 }],
      [{ total_tokens: '3' }, { totalTokens: 3 }],
      [{ total_tokens: 'many' }, undefined],
      [
        { input_tokens: 1, output_tokens: 2 },
        { promptTokens: 1, completionTokens: 2 },
      ],
    ] as const)
      assert.deepEqual(completion({ choices: [], usage }).usage, expected);
  });

  it('keeps a place for each citation, for [n] counts places', () => {
    const [[, found] = []] = completion({ citations: ['https://a.example/', null, { title: 'B' }] }).sources;
    assert.deepEqual(found?.citations, [
      { url: 'https://a.example/', mark: '1' },
      { url: '', mark: '2' },
      { url: '', mark: '3', title: 'B' },
    ]);
  });

  it('joins the parts of its text', () => {
    const content = ['One', ', two', '.'].map((text) => ({ type: 'text', text }));
    assert.deepEqual(completion({ choices: [{ delta: { content } }] }).delta, { text: 'One, two.', reasoning: '' });
  });

  it('tells a call of a tool, in either form and be it without a name', () => {
    const tool = (delta: object) => completion({ choices: [{ delta }] }).tool;
    const call = (name: string) => ({ function: { name } });
    assert.equal(tool({ tool_calls: [call('search'), call('fetch')] }), 'search');
    assert.equal(tool({ tool_calls: [{ id: 'c1', function: null }] }), '');
    assert.equal(tool({ tool_calls: [{ index: 0, function: { name: '', arguments: '' } }] }), undefined);
    assert.equal(tool({ function_call: { name: 'search' } }), 'search');
    assert.equal(tool({ function_call: { arguments: '{}' } }), '');
    assert.equal(tool({ function_call: { name: '', arguments: '' } }), undefined);
    assert.equal(tool({ tool_calls: [], function_call: null }), undefined);
    assert.equal(tool({}), undefined);
    assert.equal(completion({ choices: [{ finish_reason: 'function_call' }] }).finishReason, 'tool_calls');
  });

  it('is an error by whatever stands in it', () => {
    const message = (value: unknown) => readServerError(value)?.message;
    assert.equal(message({ detail: { error: { message: 'Overloaded' } } }), 'Overloaded');
    assert.equal(message({ detail: { message: 'Overloaded' } }), 'Overloaded');
    assert.equal(message([{ error: 'first' }, { error: 'second' }]), 'first');
    assert.equal(message([]), undefined);
  });
});
