import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeStream } from '../../../src/api/decode.ts';
import { CompletionError } from '../../../src/api/errors.ts';
import type { CompletionEvent } from '../../../src/api/events.ts';
import { bytes, decodePieces, delta, end, eventStream, gatherUntilError, type Answer } from './decoding.ts';

describe('decodeStream', () => {
  describe('the framing', () => {
    const chunks = [delta('Grüße 🌊'), delta(', [1]', { citations: ['https://example.com/'] }), end('stop')];
    const expected = { text: 'Grüße 🌊, [1]', urls: ['https://example.com/'], finishReason: 'stop' };

    function seen({ text, citations, finishReason }: Answer): unknown {
      return { text, urls: citations.map(({ url }) => url), finishReason };
    }

    for (const [name, lineEnd] of [
      ['LF', '\n'],
      ['CRLF', '\r\n'],
      ['a lone CR', '\r'],
    ] as const) {
      it(`reads lines that end in ${name}, cut at every byte`, async () => {
        const stream = Buffer.from(eventStream(chunks, lineEnd));
        for (let at = 0; at <= stream.length; at++) {
          const answer = await decodePieces(stream.subarray(0, at), stream.subarray(at));
          assert.deepEqual(seen(answer), expected, `cut at ${at}`);
        }
      });
    }

    it('ignores a byte order mark, also one that is cut', async () => {
      const stream = Buffer.from(`\uFEFF${eventStream(chunks)}`);
      for (let at = 0; at <= 4; at++) {
        assert.deepEqual(seen(await decodePieces(stream.subarray(0, at), stream.subarray(at))), expected);
      }
    });

    it('ignores keep-alive comments, event and id fields', async () => {
      const stream = `: ping\n\n${eventStream(chunks).replaceAll('data: {', ': ping\nevent: message\nid: 7\ndata:{')}`;
      assert.deepEqual(seen(await decodePieces(stream)), expected);
    });

    it('joins several data lines of one event', async () => {
      const json = JSON.stringify(delta('one'), undefined, 1);
      const event = `${json
        .split('\n')
        .map((line) => `data: ${line}`)
        .join('\n')}\n\n`;
      assert.equal((await decodePieces(event, eventStream([delta(' two'), end('stop')]))).text, 'one two');
    });

    it('reads events that no blank line parts', async () => {
      const stream = [delta('one'), delta(' two'), end('stop')].map((chunk) => `data: ${JSON.stringify(chunk)}\n`);
      assert.equal((await decodePieces(...stream, 'data: [DONE]\n')).text, 'one two');
    });

    it('ends at [DONE] though the connection stays open', async () => {
      async function* open(): AsyncGenerator<Uint8Array, void> {
        yield* bytes([eventStream(chunks)]);
        await new Promise(() => {});
      }
      const events: CompletionEvent[] = [];
      for await (const event of decodeStream(open())) events.push(event);
      assert.deepEqual(events.at(-1), { type: 'finish', reason: 'stop', lastObject: end('stop') });
    });

    it('needs no [DONE]', async () => {
      assert.deepEqual(seen(await decodePieces(eventStream(chunks, '\n', ''))), expected);
    });

    it('takes a close without [DONE] and finish reason as the end', async () => {
      const answer = await decodePieces(eventStream([delta('All of it')], '\n', ''));
      assert.equal(answer.text, 'All of it');
      assert.equal(answer.finishReason, 'unspecified');
    });

    it('takes a last event without its blank line', async () => {
      const stream = eventStream(chunks, '\n', '').trimEnd();
      assert.deepEqual(seen(await decodePieces(stream)), expected);
    });

    it('ends once, though the blank line is missing behind [DONE]', async () => {
      const types: string[] = [];
      for await (const { type } of decodeStream(bytes([eventStream(chunks, '\n', 'data: [DONE]')]))) types.push(type);
      assert.deepEqual(
        types.filter((type) => type === 'finish'),
        ['finish'],
      );
    });

    it('takes a close for the end though there was a stray line before', async () => {
      const answer = await decodePieces(
        `${eventStream([delta('All')], '\n', 'stray: 1\n\n')}${eventStream([delta(' of it')], '\n', '')}`,
      );
      assert.equal(answer.text, 'All of it');
    });

    it('keeps what came and reports a lost connection when the last event is cut', async () => {
      const first = eventStream([delta('Half ')], '\n', '');
      const second = eventStream([delta('lost')], '\n', '').trimEnd();
      for (let at = 1; at < second.length; at++) {
        const { answer, error } = await gatherUntilError(decodeStream(bytes([first + second.slice(0, at)])));
        assert.equal(answer.text, 'Half ', `cut at ${at}`);
        assert.deepEqual(failure(error), { kind: 'connectionLost', partial: true });
      }
    });
  });

  describe('the answer', () => {
    it('takes citations and usage from the last chunk and titles from the search results', async () => {
      const answer = await decodeFixture('citations');
      assert.equal(answer.text, 'Tides rise twice a day[1], pulled by the Moon[2].');
      assert.deepEqual(answer.usage, { promptTokens: 9, completionTokens: 13, totalTokens: 22 });
      assert.deepEqual(answer.citations, [
        { url: 'https://example.com/tides', mark: '1', title: 'How tides work', date: '2025-11-03' },
        { url: 'https://example.org/moon', mark: '2', title: 'The Moon' },
      ]);
      assert.deepEqual(answer.metadata, {
        id: 'answer-1',
        model: 'tidal-small',
        object: 'chat.completion.done',
        created: 1770000000,
        role: 'assistant',
        index: 0,
      });
    });

    it('tells sources, usage and metadata only when they change', async () => {
      const chunk = delta('x', { citations: ['https://example.com/'], usage: { total_tokens: 3 } });
      const types: string[] = [];
      for await (const { type } of decodeStream(bytes([eventStream([chunk, chunk, chunk, end('stop')])])))
        types.push(type);
      assert.deepEqual(types, ['metadata', 'citations', 'text', 'usage', 'text', 'text', 'finish']);
    });

    it('reads usage from a last chunk without choices, spelled either way', async () => {
      const answer = await decodeFixture('usage-last');
      assert.equal(answer.text, 'Ein Fluß mündet ins 海 — 🌊.');
      assert.equal(answer.finishReason, 'length');
      assert.deepEqual(answer.usage, { promptTokens: 5, completionTokens: 8, totalTokens: 13 });
      assert.equal(answer.citations.length, 2);
    });

    it('lists search results where there are no citations', async () => {
      const results = [
        { title: 'A', url: 'https://example.com/a', date: '2026-01-02' },
        { url: 'https://example.com/b' },
      ];
      const answer = await decodePieces(eventStream([delta('x', { search_results: results }), end('stop')]));
      assert.deepEqual(answer.citations, [
        { title: 'A', url: 'https://example.com/a', mark: '1', date: '2026-01-02' },
        { url: 'https://example.com/b', mark: '2' },
      ]);
    });

    it('keeps titles though a later list of search results is empty', async () => {
      const found = {
        citations: ['https://example.com/a'],
        search_results: [{ title: 'A', url: 'https://example.com/a' }],
      };
      const later = { citations: found.citations, search_results: [] };
      const answer = await decodePieces(eventStream([delta('x', found), delta('y', later), end('stop')]));
      assert.deepEqual(answer.citations, [{ url: 'https://example.com/a', mark: '1', title: 'A' }]);
    });

    it('keeps the places of citations when titles come later, in another order', async () => {
      const citations = ['https://example.com/a', 'https://example.com/b'];
      const search_results = [
        { title: 'B', url: 'https://example.com/b' },
        { title: 'C', url: 'https://example.com/c' },
      ];
      const answer = await decodePieces(eventStream([delta('x', { citations }), end('stop', { search_results })]));
      assert.deepEqual(answer.citations, [
        { url: 'https://example.com/a', mark: '1' },
        { url: 'https://example.com/b', mark: '2', title: 'B' },
      ]);
    });

    it('reads servers that send whole messages only, and only the choice with index 0', async () => {
      assert.equal((await decodeFixture('whole-messages')).text, 'Once upon a time.');
    });

    it('takes what a whole message has beyond the deltas', async () => {
      const message = { choices: [{ index: 0, message: { content: 'one two' }, finish_reason: 'stop' }] };
      assert.equal((await decodePieces(eventStream([delta('one'), message]))).text, 'one two');
    });

    it('keeps reasoning apart from the text, from either field', async () => {
      const answer = await decodeFixture('reasoning-fields');
      assert.equal(answer.reasoning, 'Let me see. Yes.');
      assert.equal(answer.text, 'Four.');
    });

    it('takes an end of reasoning without a beginning for text where reasoning came in a field', async () => {
      const body = eventStream([{ choices: [{ delta: { reasoning: 'Hm.' } }] }, delta('a\n</think>\nb'), end('stop')]);
      const answer = await decodePieces(body);
      assert.deepEqual([answer.text, answer.reasoning], ['a\n</think>\nb', 'Hm.']);
    });

    it('keeps <think> apart from the text, but not inside code', async () => {
      const answer = await decodeFixture('think');
      assert.equal(answer.reasoning, 'First ```\ncode\n``` then <b> ');
      assert.equal(answer.text, 'Use `<think>` tags:\n```html\n<think>x</think>\n```\nDone.');
    });

    it('reads content that is a list of parts', async () => {
      const content = [
        { type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] },
        { type: 'text', text: 'Yes.' },
      ];
      const answer = await decodePieces(eventStream([{ choices: [{ delta: { content } }] }, end('stop')]));
      assert.equal(answer.reasoning, 'Hm.');
      assert.equal(answer.text, 'Yes.');
    });

    it('shows a refusal as the answer', async () => {
      const answer = await decodePieces(eventStream([{ choices: [{ delta: { refusal: 'I cannot.' } }] }, end('stop')]));
      assert.equal(answer.text, 'I cannot.');
    });

    for (const [reason, expected] of [
      ['stop', 'stop'],
      ['length', 'length'],
      ['max_tokens', 'length'],
      ['model_length', 'length'],
      ['eos', 'stop'],
      ['eos_token', 'stop'],
      ['stop_sequence', 'stop'],
      ['end_turn', 'stop'],
      ['abort', 'other'],
    ] as const) {
      it(`reads the finish reason ${reason} as ${expected}`, async () => {
        assert.equal((await decodePieces(eventStream([delta('x'), end(reason)]))).finishReason, expected);
      });
    }
  });

  describe('a body that is one JSON object', () => {
    const body = {
      id: 'answer-9',
      model: 'm',
      object: 'chat.completion',
      created: 1770000000,
      citations: ['https://example.com/'],
      choices: [
        { index: 1, message: { role: 'assistant', content: 'no' }, finish_reason: 'stop' },
        { index: 0, message: { role: 'assistant', content: '<think>Hm.</think>Yes[1].' }, finish_reason: 'length' },
      ],
      usage: { promp_tokens: 1, completion_tokens: 2, total_tokens: 3 },
    };

    it('has its reasoning whole', async () => {
      const message = { content: 'Yes.', reasoning_content: 'Hm.' };
      const answer = await decodePieces(JSON.stringify({ choices: [{ message, finish_reason: 'stop' }] }));
      assert.deepEqual([answer.text, answer.reasoning], ['Yes.', 'Hm.']);
    });

    it('gives the same events, cut at every byte', async () => {
      const text = Buffer.from(JSON.stringify(body));
      for (let at = 0; at <= text.length; at++) {
        assert.deepEqual(await decodePieces(text.subarray(0, at), text.subarray(at)), {
          text: 'Yes[1].',
          reasoning: 'Hm.',
          citations: [{ url: 'https://example.com/', mark: '1' }],
          usage: { promptTokens: 1, completionTokens: 2, totalTokens: 3 },
          metadata: {
            id: 'answer-9',
            model: 'm',
            object: 'chat.completion',
            created: 1770000000,
            role: 'assistant',
            index: 0,
          },
          finishReason: 'length',
        });
      }
    });

    it('is no completion when it is cut', async () => {
      assert.deepEqual(await failureOf(JSON.stringify(body).slice(0, -5)), { kind: 'notCompletion', content: 'other' });
    });
  });

  describe('what is no answer', () => {
    for (const [name, body] of [
      ['an error with its fields', { error: { message: 'Overloaded', type: 'server', code: 500, param: null } }],
      ['an error that is a text', { error: 'Overloaded' }],
      ['a detail that is a text', { detail: 'Overloaded' }],
      ['a detail that is a list', { detail: [{ loc: ['body', 'model'], msg: 'Overloaded', type: 'x' }] }],
      ['a message', { message: 'Overloaded' }],
      ['a list with an error', [{ error: { message: 'Overloaded' } }]],
    ] as const) {
      it(`reports ${name} as the body of a success`, async () => {
        const { error } = await gatherUntilError(decodeStream(bytes([JSON.stringify(body)])));
        assert.deepEqual(failure(error), { kind: 'errorObject' });
        assert.equal((error as CompletionError).serverMessage, 'Overloaded');
      });

      it(`reports ${name} in mid-stream, after the text before it`, async () => {
        const { answer, error } = await gatherUntilError(decodeStream(bytes([eventStream([delta('Half '), body])])));
        assert.equal(answer.text, 'Half ');
        assert.deepEqual(failure(error), { kind: 'errorObject' });
        assert.equal((error as CompletionError).serverMessage, 'Overloaded');
        assert.equal((error as CompletionError).responseId, 'answer');
      });
    }

    it('reports an error of the choice, as a router tells of the provider behind it', async () => {
      const failed = { ...end('error'), choices: [{ delta: { content: '' }, error: { message: 'Overloaded' } }] };
      const { answer, error } = await gatherUntilError(decodeStream(bytes([eventStream([delta('Half '), failed])])));
      assert.equal(answer.text, 'Half ');
      assert.deepEqual(failure(error), { kind: 'errorObject' });
      assert.equal((error as CompletionError).serverMessage, 'Overloaded');
      assert.equal((error as CompletionError).responseId, 'answer');
    });

    it('reports an error event whose data is no JSON', async () => {
      const stream = `${eventStream([delta('Half ')], '\n', '')}event: error\ndata: backend gone\n\n`;
      const { error } = await gatherUntilError(decodeStream(bytes([stream])));
      assert.deepEqual(failure(error), { kind: 'errorObject' });
      assert.equal((error as CompletionError).serverMessage, 'backend gone');
    });

    it('reports a web page with its title', async () => {
      const page = '<!DOCTYPE html>\n<html><head><title>Sign in\n to Wi-Fi</title></head><body>…</body></html>';
      assert.deepEqual(await failureOf(page), { kind: 'notCompletion', content: 'html', title: 'Sign in to Wi-Fi' });
    });

    for (const [name, body] of [
      ['other JSON', '{"models":[]}'],
      ['a text', 'Welcome to the server'],
      ['nothing', ''],
      ['events of another kind', 'data: {"type":"ping"}\n\n'],
      ['lists in lists', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ] as const) {
      it(`reports ${name} as no chat completion`, async () => {
        assert.deepEqual(await failureOf(body), { kind: 'notCompletion', content: 'other' });
      });
    }

    it('reports a line that never ends as no chat completion', async () => {
      function* endless(): Generator<string, void> {
        yield 'data: ';
        for (;;) yield 'x'.repeat(1024 * 1024);
      }
      const { error } = await gatherUntilError(decodeStream(bytes(endless())));
      assert.deepEqual(failure(error), { kind: 'notCompletion', content: 'other' });
    });

    it('ends with an error at a content filter, after the text before it', async () => {
      const { answer, error } = await gatherUntilError(
        decodeStream(bytes([eventStream([delta('So '), end('content_filter')])])),
      );
      assert.equal(answer.text, 'So ');
      assert.deepEqual(failure(error), { kind: 'contentFilter' });
    });

    it('ends with an error that names the tool at a tool call', async () => {
      const call = {
        choices: [{ delta: { tool_calls: [{ index: 0, function: { name: 'search', arguments: '' } }] } }],
      };
      assert.deepEqual(await failureOf(eventStream([call])), { kind: 'toolCall', tool: 'search' });
      const old = { choices: [{ delta: { function_call: { name: 'search' } } }] };
      assert.deepEqual(await failureOf(eventStream([old])), { kind: 'toolCall', tool: 'search' });
      assert.deepEqual(await failureOf(eventStream([delta('x'), end('tool_calls')])), { kind: 'toolCall' });
    });

    it('ends with an error at an empty answer', async () => {
      assert.deepEqual(await failureOf(eventStream([delta('\n'), end('stop')])), {
        kind: 'emptyAnswer',
        finishReason: 'stop',
        reasoned: false,
      });
    });

    it('does not take reasoning alone for an answer', async () => {
      for (const text of ['<think>Hm', 'Hm\n</think>\n']) {
        assert.deepEqual(await failureOf(eventStream([delta(text), end('length')])), {
          kind: 'emptyAnswer',
          finishReason: 'length',
          reasoned: true,
        });
      }
    });
  });
});

async function failureOf(body: string): Promise<unknown> {
  return failure((await gatherUntilError(decodeStream(bytes([body])))).error);
}

function failure(error: unknown): unknown {
  assert.ok(error instanceof CompletionError, String(error));
  return error.failure;
}

function decodeFixture(name: string): Promise<Answer> {
  const lines = readFileSync(join(import.meta.dirname, 'streams', `${name}.jsonl`), 'utf8')
    .trimEnd()
    .split('\n');
  return decodePieces(eventStream(lines.map((line): unknown => JSON.parse(line))));
}
