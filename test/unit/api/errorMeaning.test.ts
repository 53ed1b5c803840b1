import assert from 'node:assert/strict';
import { describeError } from '../../../src/api/describe.ts';
import { CompletionError, type CompletionFailure } from '../../../src/api/errors.ts';
import { locatedError, responseError } from '../../../src/api/failures.ts';
import { readServerError } from '../../../src/api/serverError.ts';
import { translator } from '../../../src/shared/l10n.ts';

const request = {
  url: 'https://a.example/v1/chat/completions',
  credential: { kind: 'key' },
  fields: ['model', 'messages', 'stream', 'top_k', 'max_tokens'],
} as const;

function errorOf(status: number, body: unknown, headers: Record<string, string> = {}): CompletionError {
  return responseError(
    { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) },
    request,
    1000,
  );
}

/** Of an error behind a status of success. */
function reported(body: unknown, partial = false): CompletionFailure {
  const error = readServerError(body);
  assert.ok(error);
  const located = locatedError(
    new CompletionError({ kind: 'errorObject' }, { reported: error, serverMessage: error.message }),
    request,
    { partial, status: 200 },
  );
  assert.ok(located instanceof CompletionError);
  return located.failure;
}

const error = (fields: object) => ({ error: { message: 'Sorry', ...fields } });

describe('what a server says is wrong', () => {
  for (const [kind, bodies] of [
    [
      'noCredit',
      [
        [403, error({ code: 'insufficient_user_quota' })],
        [401, error({ type: 'insufficient_quota', code: null })],
        [429, error({ type: 'insufficient_balance_error', http_code: '429' })],
        [429, error({ code: '1113' })],
        [429, error({ code: 'billing_not_active' })],
        [400, error({ code: 'Arrearage' })],
        [400, error({ type: 'budget_exceeded' })],
        [403, error({ message: 'Your account has an insufficient balance.' })],
        [429, error({ message: '账户已欠费' })],
      ],
    ],
    [
      'tooLarge',
      [
        [400, error({ message: 'The input token count of 70000 exceeds the maximum of 65536 tokens.' })],
        [400, error({ message: 'The maximum prompt length of this model is 8192.' })],
        [400, error({ message: 'Input is too long for the model you requested.' })],
        [400, error({ code: 'model_max_prompt_tokens_exceeded' })],
        [422, { error: '`inputs` must have less than 2048 tokens. Given: 3000', error_type: 'validation' }],
        [422, { error: '`inputs` tokens + `max_new_tokens` must be <= 4097.', error_type: 'validation' }],
        [429, error({ code: 'rate_limit_exceeded', message: 'Tokens per minute: Limit 1000, Requested 2000.' })],
        [400, error({ code: '1261' })],
      ],
    ],
    [
      'contentFilter',
      [
        [400, error({ message: 'Content Exists Risk', code: 'invalid_request_error' })],
        [400, error({ type: 'content_filter' })],
        [400, { ...error({ code: '1301' }), contentFilter: [{ level: 1 }] }],
        [400, error({ code: 'DataInspectionFailed' })],
        [400, error({ code: 'x', innererror: { code: 'ResponsibleAIPolicyViolation' } })],
      ],
    ],
    [
      'forbidden',
      [
        [403, error({ code: 'unsupported_country_region_territory' })],
        [403, error({ message: 'This model is only for paying teams.' })],
        [400, error({ message: 'Your location is not supported.' })],
      ],
    ],
    [
      'unknownModel',
      [
        [404, error({ code: 'model_not_found' })],
        [404, error({ message: 'The model `m` does not exist.' })],
        [400, error({ message: 'm is not a known model', code: 'invalid_model' })],
      ],
    ],
    [
      'retired',
      [
        [403, error({ type: 'chat_completions_not_available', code: 403 })],
        [404, error({ code: 'agent_api_migration_required' })],
        [410, error({ message: 'Sonar is now the Agent API. Use /v1/responses' })],
      ],
    ],
    [
      'serverError',
      [
        [408, error({ code: 408 })],
        [498, error({ type: 'capacity_exceeded' })],
        [503, error({})],
        [529, error({ type: 'overloaded_error' })],
      ],
    ],
    ['unexpectedStatus', [[424, { error: 'CUDA out of memory' }]]],
    ['rateLimit', [[429, error({ code: 'rate_limit_exceeded' })]]],
  ] as const) {
    for (const [status, body] of bodies) {
      it(`is ${kind} for ${status} ${JSON.stringify(body)}`, () => {
        assert.equal(errorOf(status, body).failure.kind, kind);
      });
    }
  }

  it('counts behind a status of success as its own status would', () => {
    const of = (code: unknown, more: object = {}) => reported({ error: { message: 'Sorry', code, ...more } }).kind;
    assert.equal(of(429), 'rateLimit');
    assert.equal(of('402'), 'noCredit');
    assert.equal(of(503), 'serverError');
    assert.equal(of(null), 'errorObject');
    assert.deepEqual(reported({ error: { code: 400, message: 'Unknown', param: 'top_k' } }), {
      kind: 'badRequest',
      parameter: 'top_k',
    });
    assert.equal(reported({ error: 'Unexpected endpoint or method. (POST /v2)' }).kind, 'notFound');
    assert.equal(reported({ base_resp: { status_code: 1008, status_msg: 'x' } }).kind, 'noCredit');
  });

  it('in the middle of an answer is not that the question was refused', () => {
    assert.equal(reported(error({ code: 'context_length_exceeded' }), true).kind, 'errorObject');
    assert.equal(reported(error({ code: 400, param: 'top_k' }), true).kind, 'errorObject');
    assert.equal(reported(error({ code: 429 }), true).kind, 'rateLimit');
    assert.equal(reported(error({ type: 'content_filter' }), true).kind, 'contentFilter');
  });

  it('may be in the words of the provider behind it, which are shown and read', () => {
    const raw = JSON.stringify({ error: { type: 'invalid_request_error', message: 'top_k must be at most 40' } });
    const { failure, serverMessage } = errorOf(400, error({ message: 'Provider failed', metadata: { raw } }));
    assert.deepEqual(failure, { kind: 'badRequest', parameter: 'top_k' });
    assert.equal(serverMessage, 'Provider failed: top_k must be at most 40');
    assert.equal(errorOf(400, error({ metadata: { raw: 'plain words' } })).serverMessage, 'Sorry: plain words');
  });

  for (const [where, body] of [
    ['details', error({ details: [{ type: 'extra_forbidden', loc: ['body', 'top_k'], msg: 'No extra inputs' }] })],
    ['errors', { errors: [{ path: ['top_k'], message: 'Not allowed' }] }],
    ['issues', error({ issues: [{ code: 'unrecognized_keys', keys: ['top_k'], message: 'Unrecognized' }] })],
    ['violations', error({ details: [{ fieldViolations: [{ field: 'top_k', description: 'Unknown name' }] }] })],
    ['param', { object: 'error', message: 'Wrong', param: 'top_k' }],
  ] as const) {
    it(`names the field in ${where}`, () => {
      assert.deepEqual(errorOf(422, body).failure, { kind: 'badRequest', parameter: 'top_k' });
    });
  }

  it('is not about the limit of the answer where that is only mentioned beside the question', () => {
    assert.deepEqual(errorOf(400, error({ message: 'max_tokens must be at most 4096' })).failure, {
      kind: 'badRequest',
      parameter: 'max_tokens',
    });
  });

  it('is said in the server’s own words where nothing else is known', () => {
    const t = translator();
    for (const [status, body] of [
      [400, error({ message: 'At most one image, please.' })],
      [404, error({ message: 'At most one image, please.', code: 404 })],
      [418, error({ message: 'At most one image, please.' })],
      [403, error({ message: 'At most one image, please.' })],
    ] as const) {
      const { message, said } = describeError(errorOf(status, body), t);
      assert.match(message, /Its message says/, String(status));
      assert.equal(said, 'At most one image, please.');
    }
  });
});

describe('until when a server wants to be left alone', () => {
  const wait = (body: unknown, headers: Record<string, string> = {}): number | undefined => {
    const { failure } = errorOf(429, body, headers);
    assert.ok(failure.kind === 'rateLimit', failure.kind);
    return failure.retryAt === undefined ? undefined : failure.retryAt - 1000;
  };

  for (const [where, body, headers, expected] of [
    ['milliseconds in a header', {}, { 'retry-after-ms': '1500' }, 1500],
    ['a header before all else', error({ message: 'Try again in 9s' }), { 'retry-after': '2' }, 2000],
    [
      'a counter with nothing left',
      {},
      { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '6m0s' },
      360_000,
    ],
    ['a counter with something left', {}, { 'x-ratelimit-remaining': '3', 'x-ratelimit-reset': '60' }, undefined],
    ['seconds', {}, { 'ratelimit-reset': '7' }, 7000],
    [
      'a date',
      {},
      { 'anthropic-ratelimit-tokens-remaining': '0', 'anthropic-ratelimit-tokens-reset': '1970-01-01T00:00:21Z' },
      20_000,
    ],
    ['details', [error({ details: [{ '@type': 'x', retryDelay: '34s' }] })], {}, 34_000],
    ['a field', { ...error({}), retry_after: 3 }, {}, 3000],
    ['headers in the body', error({ metadata: { headers: { 'X-RateLimit-Reset': '5' } } }), {}, 5000],
    ['words', error({ message: 'Please try again in 1m30.5s.' }), {}, 90_500],
    ['long words', error({ message: 'Please retry after 26 seconds.' }), {}, 26_000],
    ['words for milliseconds', error({ message: 'Please try again in 450ms' }), {}, 450],
    ['words that are no wait', error({ message: 'At most 20 requests in 60 seconds' }), {}, undefined],
  ] as const) {
    it(`is read from ${where}`, () => assert.equal(wait(body, headers), expected));
  }

  it('is no lack of credit, though the words are those of one', () => {
    const message = 'You exceeded your current quota, please check your plan and billing details.';
    const body = error({ message, status: 'RESOURCE_EXHAUSTED', details: [{ retryDelay: '10s' }] });
    assert.equal(wait(body), 10_000);
    assert.deepEqual(errorOf(429, error({ message })).failure, { kind: 'noCredit' });
  });
});
