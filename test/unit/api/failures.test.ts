import assert from 'node:assert/strict';
import { CompletionError, type CompletionFailure } from '../../../src/api/errors.ts';
import { maskedError } from '../../../src/api/mask.ts';
import { responseError, transportError } from '../../../src/api/failures.ts';
import { TransportError, type TransportPhase } from '../../../src/network/transportError.ts';

describe('a request without a response', () => {
  const failed = (phase: TransportPhase, partial = false): CompletionFailure =>
    transportError(new TransportError(phase, { milliseconds: 1500 }), 'https://a.example/', { partial }).failure;

  it('fails at what it waited for', () => {
    assert.deepEqual(failed('connect'), { kind: 'cannotConnect', reason: 'other' });
    assert.deepEqual(failed('connectTimeout'), { kind: 'cannotConnect', reason: 'timeout' });
    assert.deepEqual(failed('firstByteTimeout'), { kind: 'firstByteTimeout', seconds: 1.5 });
    assert.deepEqual(failed('stalled', true), { kind: 'stalled', seconds: 1.5 });
    assert.deepEqual(failed('lost', true), { kind: 'connectionLost', partial: true });
    assert.deepEqual(failed('lost'), { kind: 'connectionLost', partial: false });
  });
});

describe('a response that is no success', () => {
  const request = {
    url: 'https://a.example/v1/chat/completions',
    credential: { kind: 'key' },
    fields: ['model', 'top_k'],
  } as const;
  const failed = (status: number, headers: Record<string, string> = {}, body = ''): CompletionFailure =>
    responseError({ status, headers, body }, request, 1000).failure;

  it('means what its status means', () => {
    assert.deepEqual(failed(302, { location: '../elsewhere' }), {
      kind: 'redirect',
      target: 'https://a.example/v1/elsewhere',
    });
    assert.deepEqual(failed(302, { location: 'http://[' }), { kind: 'redirect', target: 'http://[' });
    assert.deepEqual(failed(304), { kind: 'redirect' });
    assert.deepEqual(failed(401), { kind: 'keyRefused' });
    assert.deepEqual(failed(403), { kind: 'keyRefused' });
    assert.deepEqual(failed(402), { kind: 'noCredit' });
    assert.deepEqual(failed(404), { kind: 'notFound' });
    assert.deepEqual(failed(413), { kind: 'tooLarge' });
    assert.deepEqual(failed(418), { kind: 'unexpectedStatus' });
    assert.deepEqual(failed(500), { kind: 'serverError' });
    assert.deepEqual(failed(599), { kind: 'serverError' });
    assert.deepEqual(failed(101), { kind: 'unexpectedStatus' });
  });

  it('is not about the key at 403 where the API says that it is about something else', () => {
    const refused = (body: unknown) => failed(403, {}, typeof body === 'string' ? body : JSON.stringify(body));
    const flagged = 'a/model requires moderation. Your input was flagged for "violence". No credits were charged.';
    assert.deepEqual(refused({ error: { code: 403, message: flagged } }), { kind: 'contentFilter' });
    const poor = { code: 'denied', error: "Your newly created team doesn't have any credits or licenses yet." };
    assert.deepEqual(refused(poor), { kind: 'noCredit' });
    assert.deepEqual(refused({ error: { message: 'This key may not use the model' } }), { kind: 'keyRefused' });
    const page = '<html><title>Just a moment…</title>You were flagged: no credits</html>';
    assert.deepEqual(refused(page), { kind: 'notCompletion', content: 'html', title: 'Just a moment…' });
  });

  it('says when it may be asked again, in seconds or as a date, or not at all', () => {
    const at = (value: string) => failed(429, { 'retry-after': value });
    assert.deepEqual(at('2'), { kind: 'rateLimit', retryAt: 3000 });
    assert.deepEqual(at(' 0.5 '), { kind: 'rateLimit', retryAt: 1500 });
    assert.deepEqual(at('Thu, 01 Jan 1970 00:01:00 GMT'), { kind: 'rateLimit', retryAt: 60_000 });
    assert.deepEqual(at('Thursday, 01-Jan-70 00:01:00 GMT'), { kind: 'rateLimit', retryAt: 60_000 });
    assert.deepEqual(at('1970-01-01T00:01:00Z'), { kind: 'rateLimit', retryAt: 60_000 });
    for (const none of ['-5', '1e3', 'try 5', 'in 2 minutes']) assert.deepEqual(at(none), { kind: 'rateLimit' }, none);
    assert.deepEqual(at('soon'), { kind: 'rateLimit' });
    assert.deepEqual(at(' '), { kind: 'rateLimit' });
    assert.deepEqual(failed(503, { 'retry-after': '1' }), { kind: 'serverError', retryAt: 2000 });
  });

  it('takes the oldest form of a date, which names no zone, for one in GMT wherever it is read', () => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    process.env['TZ'] = 'America/New_York';
    try {
      const failure = failed(429, { 'retry-after': 'Thu Jan  1 00:01:00 1970' });
      assert.deepEqual(failure, { kind: 'rateLimit', retryAt: 60_000 });
    } finally {
      // On Windows a zone that is set is replaced, but never taken back.
      process.env['TZ'] = timeZone;
    }
  });

  it('is named by its id, wherever that stands, and by its words or its title', () => {
    const told = (body: string, headers: Record<string, string> = {}) => {
      const { responseId, serverMessage } = responseError({ status: 500, headers, body }, request, 0);
      return [responseId, serverMessage];
    };
    assert.deepEqual(told('{"error":{"message":"Broken."},"id":"r1"}', { 'x-request-id': 'r2' }), ['r1', 'Broken.']);
    assert.deepEqual(told('{"detail":"Gone."}', { 'x-request-id': 'r2', 'request-id': 'r3' }), ['r2', 'Gone.']);
    assert.deepEqual(told(' plain words\n', { 'request-id': 'r3' }), ['r3', 'plain words']);
    assert.deepEqual(told('<html><title>Gateway</title></html>'), [undefined, 'Gateway']);
    assert.deepEqual(told('<!doctype html><p>x'), [undefined, undefined]);
  });
});

describe('a failure', () => {
  it('is shown without the secrets, in whatever a server may echo them', () => {
    const shown = (failure: CompletionFailure) =>
      maskedError(
        new CompletionError(failure, { url: 'https://a/?k=s3cret', serverMessage: 'no s3cret', responseId: 's3cret' }),
        ['s3cret', ''],
      );
    const all: readonly CompletionFailure[] = [
      { kind: 'redirect', target: 'https://b/s3cret' },
      { kind: 'badRequest', parameter: 's3cret' },
      { kind: 'notCompletion', content: 'html', title: 's3cret' },
      { kind: 'toolCall', tool: 's3cret' },
    ];
    for (const failure of all) {
      const { failure: masked, url, serverMessage, responseId } = shown(failure);
      assert.equal(masked.kind, failure.kind);
      assert.ok(JSON.stringify(masked).includes('•••'));
      assert.ok(!JSON.stringify([masked, url, serverMessage, responseId]).includes('s3cret'));
    }
    assert.deepEqual(shown({ kind: 'redirect' }).failure, { kind: 'redirect' });
    assert.deepEqual(shown({ kind: 'toolCall' }).failure, { kind: 'toolCall' });
  });
});
