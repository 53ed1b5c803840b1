import assert from 'node:assert/strict';
import type { CompletionFailure } from '../../../src/api/errors.ts';
import { responseError } from '../../../src/api/failures.ts';
import type { SentCredential } from '../../../src/api/request.ts';

describe('a request that was refused with 400', () => {
  const sent = ['model', 'messages', 'max_tokens', 'presence_penalty', 'stream', 'stop'];
  const failed = (
    body: unknown,
    fields: readonly string[] = sent,
    credential: SentCredential = { kind: 'key' },
  ): CompletionFailure =>
    responseError(
      { status: 400, headers: {}, body: typeof body === 'string' ? body : JSON.stringify(body) },
      { url: 'https://a.example/v1/chat/completions', credential, fields },
      0,
    ).failure;
  const of = (parameter: string): CompletionFailure => ({ kind: 'badRequest', parameter });
  const renamed: CompletionFailure = {
    kind: 'badRequest',
    parameter: 'max_tokens',
    replacement: 'max_completion_tokens',
  };

  it('is about the field that the server names', () => {
    assert.deepEqual(failed({ error: { message: 'temperature and stop', param: 'stop' } }), of('stop'));
    assert.deepEqual(failed({ error: { message: 'x', param: 'messages[0].content' } }), of('messages'));
  });

  it('is about a field that a request can do without, before one that it cannot, where the message mentions both', () => {
    assert.deepEqual(
      failed({ error: 'Argument not supported on this model: presence_penalty' }),
      of('presence_penalty'),
    );
    assert.deepEqual(failed('The model refuses a stream of messages'), of('stream'));
    assert.deepEqual(failed({ error: { message: "'messages' must not be empty" } }), of('messages'));
    assert.deepEqual(failed({ error: { message: 'the messages of this model' } }), { kind: 'badRequest' });
    assert.deepEqual(failed({ error: 'No such model' }), { kind: 'unknownModel' });
  });

  it('wants another name for max_tokens, whatever else the message mentions', () => {
    const message = "'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
    assert.deepEqual(failed({ error: { message } }), renamed);
    assert.deepEqual(failed({ error: { message: `stop: ${message}`, param: 'max_tokens' } }), renamed);
    assert.deepEqual(failed({ error: { message, param: 'stop' } }), of('stop'));
  });

  it('says that the question is too long, by the message or the code alone', () => {
    const tooLong: readonly unknown[] = [
      { error: { message: 'x', code: 'context_length_exceeded', param: 'messages' } },
      { error: { message: "This model's maximum context length is 8192 tokens.", param: 'messages' } },
      { error: { message: 'request (9000 tokens) exceeds the available context size (8192 tokens)' } },
      { error: 'The context window is full: shorten the messages' },
      { detail: 'Prompt is too long' },
      { message: 'x', code: 'context_length_exceeded' },
      'Too many input tokens',
    ];
    for (const body of tooLong) assert.deepEqual(failed(body), { kind: 'tooLarge' }, JSON.stringify(body));
  });

  it('does not take every word of contexts for the length of the question', () => {
    const search = 'search_context_size must be low, medium or high';
    assert.deepEqual(failed({ error: search }, [...sent, 'search_context_size']), of('search_context_size'));
    assert.deepEqual(failed({ error: { message: 'Bad value' }, docs: 'https://a.example/context-window' }), {
      kind: 'badRequest',
    });
    const message = 'max_tokens is larger than the context length of 4096';
    assert.deepEqual(failed({ error: { message, param: 'max_tokens' } }), of('max_tokens'));
  });

  it('is about the limit of the answer where the question would fit without it', () => {
    const limit =
      "'max_tokens' or 'max_completion_tokens' is too large: 4000. This model's maximum context length is 4096";
    const tight: readonly unknown[] = [
      { error: { message: `${limit} tokens and your request has 1000 input tokens (4000 > 4096 - 1000).` } },
      { error: { message: `${limit} tokens and your request has 1000 input tokens.`, param: 'max_tokens' } },
      "This model's maximum context length is 8192 tokens. However, you requested 8300 tokens (300 in the messages, 8000 in the completion).",
      'maximum context length is 9000 tokens. You requested about 9010 tokens (10 of text input, 9000 in the output)',
    ];
    for (const body of tight) assert.deepEqual(failed(body), of('max_tokens'), JSON.stringify(body));
    const fields = ['model', 'messages', 'max_completion_tokens'];
    assert.deepEqual(failed(tight[0], fields), of('max_completion_tokens'));
    assert.deepEqual(failed(tight[0], ['model', 'messages']), { kind: 'tooLarge' });
    const long =
      'maximum context length is 8192 tokens. However, you requested 9300 tokens (9200 in the messages, 100 in the completion).';
    for (const words of [long, long.replace('9200', '8192')]) assert.deepEqual(failed(words), { kind: 'tooLarge' });
  });

  it('is about the key where the server says so with this status', () => {
    const credentials: readonly [SentCredential, CompletionFailure][] = [
      [{ kind: 'key' }, { kind: 'keyRefused' }],
      [{ kind: 'none' }, { kind: 'noKey' }],
      [
        { kind: 'none', variable: 'MY_KEY' },
        { kind: 'noKey', variable: 'MY_KEY' },
      ],
      [
        { kind: 'header', secret: 'TEAM' },
        { kind: 'headerRefused', secret: 'TEAM' },
      ],
    ];
    for (const body of [
      { code: 'Client specified an invalid argument', error: 'Incorrect API key provided: sk***gA.' },
      [
        {
          error: { code: 400, message: 'API key not valid. Please pass a valid API key.', status: 'INVALID_ARGUMENT' },
        },
      ],
      [{ error: { code: 400, message: 'API key expired. Please renew the API key.' } }],
      { error: { message: 'Missing or invalid Authorization header.' } },
      { detail: 'Invalid API-key' },
    ]) {
      for (const [credential, failure] of credentials) assert.deepEqual(failed(body, sent, credential), failure);
    }
    assert.deepEqual(failed({ error: 'Unknown field: api_key' }, [...sent, 'api_key']), of('api_key'));
  });

  it('is about what was asked, or the account, where no field is named', () => {
    const filtered = { message: 'The response was filtered', code: 'content_filter', param: 'prompt' };
    assert.deepEqual(failed({ error: filtered }), { kind: 'contentFilter' });
    assert.deepEqual(failed({ error: 'Your prompt was flagged' }), { kind: 'contentFilter' });
    assert.deepEqual(failed({ error: 'Your credit balance is too low' }), { kind: 'noCredit' });
    assert.deepEqual(failed({ error: { ...filtered, param: 'stop' } }), of('stop'));
  });

  it('is about no field that was not sent, for there is nothing to leave out', () => {
    assert.deepEqual(failed({ error: { message: 'x', param: 'top_k' } }), { kind: 'badRequest' });
    assert.deepEqual(failed({ error: { message: 'No web_search_options', param: 'web_search_options' } }), {
      kind: 'badRequest',
    });
    const rename = { error: { message: 'Use max_completion_tokens', param: 'max_tokens' } };
    assert.deepEqual(failed(rename, ['model', 'messages']), { kind: 'badRequest' });
    assert.deepEqual(failed(rename, ['model', 'max_completion_tokens']), of('max_completion_tokens'));
  });

  it('is about the first sent field on the way to the place that is wrong', () => {
    const at = (...loc: readonly unknown[]) => failed({ detail: [{ loc, msg: 'Not valid' }] });
    assert.deepEqual(at('body', 'messages', 0, 'content'), of('messages'));
    assert.deepEqual(at('body', 'stop', 'model'), of('stop'));
    assert.deepEqual(at('body', 'seed'), { kind: 'badRequest' });
    assert.deepEqual(failed({ detail: 'stop', param: 'messages.0' }), of('messages'));
  });
});
