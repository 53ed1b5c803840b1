import assert from 'node:assert/strict';
import { decodeStream } from '../../../src/api/decode.ts';
import { CompletionError, type CompletionFailure } from '../../../src/api/errors.ts';
import type { CompletionEvent } from '../../../src/api/events.ts';
import { bytes, decodePieces, delta, end, eventStream, gatherUntilError } from './decoding.ts';

/** A chunk whose delta has these fields. */
function part(fields: object, more: object = {}): object {
  return { choices: [{ index: 0, delta: fields }], ...more };
}

async function failed(body: string): Promise<{ text: string; failure: CompletionFailure; words: string | undefined }> {
  const { answer, error } = await gatherUntilError(decodeStream(bytes([body])));
  assert.ok(error instanceof CompletionError, String(error));
  return { text: answer.text, failure: error.failure, words: error.serverMessage };
}

async function unreadOf(body: string): Promise<readonly string[] | undefined> {
  const events: CompletionEvent[] = [];
  for await (const event of decodeStream(bytes([body]))) events.push(event);
  const last = events.at(-1);
  return last?.type === 'finish' ? last.unread : undefined;
}

describe('what is no part of an answer', () => {
  const answer = eventStream([delta('Tea '), delta('at four.'), end('stop')]);

  for (const [what, line] of [
    ['a comment in the data', 'data: : still here'],
    ['a ping', 'event: ping\ndata: ping'],
    ['a state', 'data: {"type":"status","message":"Looking it up"}'],
    ['words', 'data: the upstream has gone'],
  ]) {
    it(`is passed over and kept for the details: ${what}`, async () => {
      for (const body of [`${line}\n\n${answer}`, answer.replace('\n\n', `\n\n${line}\n\n`)]) {
        const { text, finishReason } = await decodePieces(body);
        assert.deepEqual([text, finishReason], ['Tea at four.', 'stop']);
        assert.equal((await unreadOf(body))?.length, 1);
      }
    });
  }

  it('is no loss after the end', async () => {
    const body = `${eventStream([delta('Tea.'), end('stop')], '\n', '')}data: closing\n\n`;
    assert.equal((await decodePieces(body)).finishReason, 'stop');
  });

  it('is told as a broken stream where the answer has no end', async () => {
    const start = eventStream([delta('Tea ')], '\n', '');
    for (const rest of [
      'data: {"choices":[{"index":0,"delta":{"content":"at fdata: {…}\n\n',
      'data: {"choices":[{"ind\n\ndata: [DONE]\n\n',
      'data: connection reset by the model\n\n',
      '{"choices":[{"index":0,',
    ]) {
      const { text, failure, words } = await failed(start + rest);
      assert.deepEqual([text, failure], ['Tea ', { kind: 'connectionLost', partial: true }]);
      assert.ok(words);
    }
  });

  it('is no part of one where the prefix of the frame is there twice, the end in lower case, or a number is none', async () => {
    const stream = [
      `data: data: ${JSON.stringify(delta('Tea '))}`,
      `data: {"score":NaN,"choices":[{"delta":{"content":"NaN at four."},"logit":-Infinity}]}`,
      `data: ${JSON.stringify(end('stop'))}`,
      'data: [done]',
      'data: {"choices":[{"delta":{"content":"more"}}]}',
    ].join('\n\n');
    assert.equal((await decodePieces(`${stream}\n\n`)).text, 'Tea NaN at four.');
  });
});

describe('an error in another place than an event', () => {
  const body = { error: { message: 'The model has crashed', type: 'server_error' } };

  for (const [where, text] of [
    ['a field of its own', 'error: {"message":"The model has crashed","code":500}\n\n'],
    ['a line without a prefix', `${JSON.stringify(body)}\n\n`],
    ['lines without a prefix', JSON.stringify(body, undefined, 2)],
  ] as const) {
    it(`is reported: ${where}`, async () => {
      assert.equal((await failed(text)).words, 'The model has crashed');
      const { text: kept, words } = await failed(eventStream([delta('Tea ')], '\n', '\n') + text);
      assert.deepEqual([kept, words], ['Tea ', 'The model has crashed']);
    });
  }

  for (const [shape, report] of [
    ['base_resp', { choices: null, usage: { total_tokens: 0 }, base_resp: { status_code: 1000, status_msg: 'Gone' } }],
    ['errors', { errors: [{ message: 'Gone' }] }],
    ['error_msg', { error_code: 17, error_msg: 'Gone' }],
    ['success', { success: false, msg: 'Gone' }],
    ['Response', { Response: { Error: { Code: 'X', Message: 'Gone' } } }],
    ['header', { header: { code: 10013, message: 'Gone' } }],
    ['object', { object: 'error', message: 'Gone', code: 40001 }],
  ] as const) {
    it(`is reported in the shape of ${shape}`, async () => {
      assert.equal((await failed(eventStream([report]))).words, 'Gone');
    });
  }

  it('is none where its fields are empty beside a text', async () => {
    for (const error of [{}, { message: '', type: '', param: '', code: null }, '', 'none', false, []]) {
      const stream = eventStream([
        delta('Tea ', { error }),
        delta('at four.', { base_resp: { status_code: 0 } }),
        end('stop'),
      ]);
      assert.equal((await decodePieces(stream)).text, 'Tea at four.', JSON.stringify(error));
    }
  });

  it('is one where the finish reason says so, with no words', async () => {
    assert.deepEqual((await failed(eventStream([part({ content: '' }), end('error')]))).failure, {
      kind: 'serverError',
    });
    assert.deepEqual((await failed(eventStream([delta('Tea'), end('network_error')]))).text, 'Tea');
  });
});

describe('the choice that is read', () => {
  const piece = (index: unknown, content: string) => ({ choices: [{ index, delta: { content } }] });

  it('is the only one, whatever its index', async () => {
    for (const indexes of [
      [0, 1, 2],
      ['0', '0', '0'],
      [1, 1, 1],
      [null, undefined, 0],
      [-1, -1, -1],
    ]) {
      const chunks = indexes.map((index, place) => piece(index, 'abc'.charAt(place)));
      assert.equal((await decodePieces(eventStream([...chunks, end('stop')]))).text, 'abc', JSON.stringify(indexes));
    }
  });

  it('is the first of several, though each comes in a chunk of its own', async () => {
    const chunks = [piece(0, ''), piece(1, ''), piece(0, 'a'), piece(1, 'x'), piece(0, 'b'), piece(1, 'y')];
    assert.equal((await decodePieces(eventStream([...chunks, end('stop')]))).text, 'ab');
  });

  it('may be called a message, be it the whole or a piece', async () => {
    const pieces = ['Four o’clock', ' is', ' tea', ' time.'].map((content) => ({
      choices: [{ message: { content } }],
    }));
    assert.equal((await decodePieces(eventStream([...pieces, end('stop')]))).text, 'Four o’clock is tea time.');
  });
});

describe('a text that comes again', () => {
  const [first, second] = ['Tea is served at four in the afternoon, ', 'in the garden where the roses grow.'];

  it('is taken once, as a last delta, with the end or after it', async () => {
    const last = { choices: [{ delta: { content: 'Tea at four o’clock.' }, finish_reason: 'stop' }] };
    for (const [chunks, expected] of [
      [[delta(first), delta(second), delta(first + second), end('stop')], first + second],
      [[delta(first), delta(second), delta(`${first}${second}\n`), end('stop')], first + second],
      [[delta('Tea at '), delta('four o’clock.'), last], 'Tea at four o’clock.'],
      [[delta('Tea'), end('stop'), delta('Tea')], 'Tea'],
    ] as const) {
      assert.equal((await decodePieces(eventStream(chunks))).text, expected);
    }
  });

  it('is taken again where it is a word or a line', async () => {
    const line = '-'.repeat(80);
    assert.equal((await decodePieces(eventStream([delta('ha'), delta('ha'), end('stop')]))).text, 'haha');
    assert.equal((await decodePieces(eventStream([delta(line), delta(line), end('stop')]))).text, line + line);
  });
});

describe('the end of an answer', () => {
  for (const [reasons, expected] of [
    [['STOP', 'Stop', 'end_turn', 'endTurn', 'COMPLETE', 'eos_token', 'finished', 'FINISH_REASON_STOP'], 'stop'],
    [
      ['MAX_TOKENS', 'maxTokens', 'max_output_tokens', 'LENGTH', 'model_context_window_exceeded', 'token_limit'],
      'length',
    ],
    [['OTHER', 'abort', 'pause_turn'], 'other'],
  ] as const) {
    it(`is ${expected} in any spelling`, async () => {
      for (const reason of reasons) {
        assert.equal((await decodePieces(eventStream([delta('x'), end(reason)]))).finishReason, expected, reason);
      }
    });
  }

  it('is a content filter in any spelling', async () => {
    for (const reason of [
      'SAFETY',
      'content_filter: BLOCKLIST',
      'PROHIBITED_CONTENT',
      'sensitive',
      'refusal',
      'RECITATION',
    ]) {
      assert.deepEqual(
        (await failed(eventStream([delta('x'), end(reason)]))).failure,
        { kind: 'contentFilter' },
        reason,
      );
    }
  });

  it('is none where the reason is an empty one', async () => {
    for (const reason of ['', 'null', 'FINISH_REASON_UNSPECIFIED']) {
      assert.equal((await decodePieces(eventStream([delta('x'), end(reason)]))).finishReason, 'unspecified', reason);
    }
  });
});

describe('content', () => {
  for (const [shape, fields, text, reasoning] of [
    ['a list of texts', { content: ['Tea ', 'at four.'] }, 'Tea at four.', ''],
    ['output_text', { content: [{ type: 'output_text', text: 'Tea' }] }, 'Tea', ''],
    ['parts without a type', { content: [{ text: 'Tea' }, { content: '.' }] }, 'Tea.', ''],
    ['a part with a text in an object', { content: { type: 'text', text: { value: 'Tea' } } }, 'Tea', ''],
    ['an empty text beside a refusal', { content: '', refusal: 'No tea.' }, 'No tea.', ''],
    ['reasoning_content as an object', { content: 'Tea', reasoning_content: { text: 'Hm' } }, 'Tea', 'Hm'],
    ['reasoning_text', { content: 'Tea', reasoning_text: 'Hm' }, 'Tea', 'Hm'],
    ['reasoning_details', { content: 'Tea', reasoning_details: [{ type: 'reasoning.text', text: 'Hm' }] }, 'Tea', 'Hm'],
    [
      'a summary',
      {
        content: [
          { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm' }] },
          { type: 'text', text: 'Tea' },
        ],
      },
      'Tea',
      'Hm',
    ],
    [
      'two fields of one reasoning',
      { content: 'Tea', reasoning: 'Hm', reasoning_details: [{ text: 'Hm' }] },
      'Tea',
      'Hm',
    ],
    [
      'encrypted reasoning',
      { content: 'Tea', reasoning_details: [{ type: 'reasoning.encrypted', data: 'eA' }] },
      'Tea',
      '',
    ],
  ] as const) {
    it(`is read as ${shape}`, async () => {
      const streamed = await decodePieces(eventStream([part(fields), end('stop')]));
      assert.deepEqual([streamed.text, streamed.reasoning], [text, reasoning]);
      const whole = await decodePieces(JSON.stringify({ choices: [{ message: fields, finish_reason: 'stop' }] }));
      assert.deepEqual([whole.text, whole.reasoning], [text, reasoning]);
    });
  }

  it('is read as the text of a choice', async () => {
    assert.equal((await decodePieces(eventStream([{ choices: [{ text: 'Tea' }] }, end('stop')]))).text, 'Tea');
  });

  it('of an unknown kind is kept for the details', async () => {
    const body = eventStream([
      part({
        content: [
          { type: 'text', text: 'Tea' },
          { type: 'hologram', data: 'x' },
        ],
      }),
      end('stop'),
    ]);
    assert.deepEqual(await unreadOf(body), ['{"type":"hologram","data":"x"}']);
  });

  it('is no call of a tool where the call has no name and no arguments', async () => {
    for (const fields of [
      { content: 'Tea', function_call: { name: '', arguments: '' } },
      { content: 'Tea', tool_calls: [{ index: 0, function: { name: '', arguments: '' } }] },
    ]) {
      assert.equal((await decodePieces(eventStream([part(fields), end('stop')]))).text, 'Tea');
    }
  });

  it('after the call of a tool means that the server made it', async () => {
    const call = part({ tool_calls: [{ id: 'c', function: { name: 'search', arguments: '{}' } }] });
    assert.equal((await decodePieces(eventStream([call, end('tool_calls'), delta('Tea'), end('stop')]))).text, 'Tea');
  });

  it('has its usage in the choice, or under other names', async () => {
    const usage = { prompt_tokens: 1, completion_tokens: '2', total_tokens: 3 };
    for (const chunk of [
      { choices: [{ delta: {}, finish_reason: 'stop', usage }] },
      end('stop', { x_groq: { usage } }),
      end('stop', { usage: { input_tokens: 1, output_tokens: 2, total_tokens: 3 } }),
    ]) {
      const answer = await decodePieces(eventStream([delta('x'), chunk]));
      assert.deepEqual(answer.usage, { promptTokens: 1, completionTokens: 2, totalTokens: 3 });
    }
  });
});

describe('a body in another format', () => {
  const chunks = [delta('Tea '), delta('at {four}, "sharp".'), end('stop')];
  const whole = {
    object: 'chat.completion',
    choices: [{ message: { content: 'Tea at {four}, "sharp".' }, finish_reason: 'stop' }],
  };
  const lines = chunks.map((chunk) => JSON.stringify(chunk));

  for (const [format, text] of [
    ['a line for each chunk', `${lines.join('\n')}\n`],
    ['chunks without lines', lines.join('')],
    ['lines that end with CR LF', `${lines.join('\r\n')}\r\n`],
    ['a list', JSON.stringify(chunks)],
    ['a list over many lines', JSON.stringify(chunks, undefined, 2)],
    ['a list of one a line', `[${lines.join('\n,\n')}\n]`],
    ['the whole, then an event', `${JSON.stringify(whole)}\n\ndata: [DONE]\n\n`],
    ['the whole after a comment', `: working\n\n${JSON.stringify(whole, undefined, 1)}`],
    ['the whole as an event', `data: ${JSON.stringify(whole)}\n\n`],
    ['events, then lines', `data: ${lines[0]}\n\n${lines[1]}\n${lines[2]}\n`],
  ]) {
    it(`is read cut at every byte: ${format}`, async () => {
      const body = Buffer.from(text ?? '');
      for (let at = 0; at <= body.length; at++) {
        const answer = await decodePieces(body.subarray(0, at), body.subarray(at));
        assert.deepEqual([answer.text, answer.finishReason], ['Tea at {four}, "sharp".', 'stop'], `cut at ${at}`);
      }
      const oneByOne = Array.from(body, (byte) => Buffer.of(byte));
      assert.equal((await decodePieces(...oneByOne)).text, 'Tea at {four}, "sharp".');
    });
  }

  it('is read as it comes', async () => {
    const texts: string[] = [];
    async function* slow(): AsyncGenerator<Uint8Array, void> {
      for (const line of lines) {
        yield Buffer.from(`${line}\n`);
        texts.push('|');
      }
    }
    for await (const event of decodeStream(slow())) if (event.type === 'text') texts.push(event.text);
    assert.deepEqual(texts.slice(0, 3), ['Tea ', '|', 'at {four}, "sharp".']);
  });
});
