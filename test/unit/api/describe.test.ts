import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { describeError } from '../../../src/api/describe.ts';
import { CompletionError, isCancel, type CompletionFailure } from '../../../src/api/errors.ts';
import { masked } from '../../../src/api/mask.ts';
import { responseError, transportError } from '../../../src/api/failures.ts';
import { retryDelay } from '../../../src/api/retry.ts';
import { TransportError } from '../../../src/network/transportError.ts';
import { translator } from '../../../src/shared/l10n.ts';

const t = translator();
const url = 'https://api.example.com/v1/chat/completions';

describe('describeError', () => {
  for (const [failure, message] of [
    [{ kind: 'badSettings', problems: ['No name.', 'No model.'] }, /settings: No name\. No model\.$/],
    [{ kind: 'unusableKey' }, /Set it again/],
    [{ kind: 'noKey' }, /none is set. Set one/],
    [{ kind: 'noKey', variable: 'MY_KEY' }, /variable MY_KEY isn't set where VS Code runs. Set it and restart/],
    [{ kind: 'keyRefused' }, /rejected the API key. Set another/],
    [{ kind: 'headerRefused', secret: 'TEAM' }, /rejected the secret TEAM. Set another/],
    [{ kind: 'headerRefused' }, /rejected the credentials in the connection. Check them/],
    [{ kind: 'noSecret', source: 'secret', name: 'TEAM' }, /needs the secret TEAM.* Set it/],
    [{ kind: 'noSecret', source: 'env', name: 'TEAM' }, /variable TEAM.* Set it/],
    [{ kind: 'unusableSecret', source: 'secret', name: 'TEAM' }, /secret TEAM contains .*. Set it again/],
    [{ kind: 'unusableSecret', source: 'env', name: 'TEAM' }, /variable TEAM contains .*. Change it/],
    [{ kind: 'noCredit' }, /no credit left. Add credit/],
    [{ kind: 'redirect', target: 'https://example.com/' }, /redirected the request to another address.*set baseUrl/],
    [{ kind: 'redirect' }, /Check baseUrl/],
    [{ kind: 'notFound' }, /found at https:\/\/api\.example\.com\/v1\/chat\/completions. Check baseUrl/],
    [{ kind: 'badRequest', parameter: 'top_k' }, /rejected top_k. Change it, or retry without it/],
    [{ kind: 'badRequest', parameter: 'a', replacement: 'b' }, /requires b instead of a. Retry with it/],
    [{ kind: 'badRequest', parameter: 'messages' }, /rejected messages. Read its message/],
    [{ kind: 'badRequest' }, /rejected the request. Read its message/],
    [{ kind: 'tooLarge' }, /too long for the model. Remove context/],
    [{ kind: 'rateLimit' }, /Wait a moment and retry/],
    [{ kind: 'serverError' }, /server failed. Retry/],
    [{ kind: 'unexpectedStatus' }, /Check baseUrl/],
    [{ kind: 'cannotConnect', reason: 'refused' }, /api\.example\.com refused the connection. Start the server/],
    [{ kind: 'cannotConnect', reason: 'dns' }, /api\.example\.com wasn't found. Check/],
    [{ kind: 'cannotConnect', reason: 'certificate' }, /isn't trusted. Install/],
    [{ kind: 'cannotConnect', reason: 'tls' }, /secure connection.*Check whether/],
    [{ kind: 'cannotConnect', reason: 'proxy' }, /proxy couldn't connect.*http\.proxy/],
    [{ kind: 'cannotConnect', reason: 'proxyCredentials' }, /proxy requires credentials. Add them/],
    [{ kind: 'cannotConnect', reason: 'timeout' }, /in time. Check your network/],
    [{ kind: 'cannotConnect', reason: 'other' }, /Couldn't reach .*Check/],
    [{ kind: 'firstByteTimeout', seconds: 900 }, /within 900 s\. Retry, or increase/],
    [{ kind: 'stalled', seconds: 300 }, /for 300 s\. Retry, or increase/],
    [{ kind: 'connectionLost', partial: true }, /What arrived is kept/],
    [{ kind: 'connectionLost', partial: false }, /before an answer arrived/],
    [{ kind: 'notCompletion', content: 'html', title: 'Sign in' }, /web page.*Check baseUrl/],
    [{ kind: 'notCompletion', content: 'html' }, /web page.*Check baseUrl/],
    [{ kind: 'notCompletion', content: 'other' }, /isn't a chat completion. Check/],
    [{ kind: 'errorObject' }, /reported an error.*Retry/],
    [{ kind: 'contentFilter' }, /content filter.*Rephrase/],
    [{ kind: 'toolCall' }, /called a tool.*select another connection/],
    [{ kind: 'emptyAnswer', finishReason: 'stop', reasoned: false }, /was empty. Retry/],
    [{ kind: 'emptyAnswer', finishReason: 'stop', reasoned: true }, /after reasoning, without an answer. Retry/],
    [{ kind: 'emptyAnswer', finishReason: 'length', reasoned: true }, /Increase max_tokens/],
  ] satisfies [CompletionFailure, RegExp][]) {
    it(`names cause and next step of ${JSON.stringify(failure)}`, () => {
      const report = describeError(new CompletionError(failure, { url }), t);
      assert.match(report.message, message);
      assert.ok(report.actions.length > 0 && report.actions.every(({ label }) => label !== ''));
    });
  }

  it('says until when to wait, with the date unless it is today’s', () => {
    const noon = new Date(2026, 2, 1, 12);
    mock.timers.enable({ apis: ['Date'], now: noon });
    try {
      const message = (kind: 'rateLimit' | 'serverError', at: Date) =>
        describeError(new CompletionError({ kind, retryAt: at.getTime() }, { url }), t).message;
      const [soon, tomorrow] = [new Date(2026, 2, 1, 13), new Date(2026, 2, 2, 12)];
      assert.equal(message('rateLimit', soon), `Rate limit reached. Retry at ${soon.toLocaleTimeString()}.`);
      assert.equal(
        message('serverError', tomorrow),
        `The server is unavailable. Retry at ${tomorrow.toLocaleString()}.`,
      );
    } finally {
      mock.timers.reset();
    }
  });

  it('offers to retry without a refused field, or with the one that is wanted, unless no request can do without', () => {
    const report = (failure: CompletionFailure) => describeError(new CompletionError(failure, { url }), t);
    const without = report({ kind: 'badRequest', parameter: 'top_k' });
    assert.deepEqual(without.actions[0], { id: 'retryAdapted', label: 'Retry without top_k' });
    assert.deepEqual(without.refused, { parameter: 'top_k' });
    const renamed = report({ kind: 'badRequest', parameter: 'a', replacement: 'b' });
    assert.deepEqual(renamed.actions[0], { id: 'retryAdapted', label: 'Retry with b' });
    assert.deepEqual(renamed.refused, { parameter: 'a', replacement: 'b' });
    assert.equal(report({ kind: 'badRequest', parameter: 'messages' }).refused, undefined);
  });

  it('asks to wait for a server that is busy or still loads its model', () => {
    for (const [status, message] of [
      [503, 'The server is busy or still loading the model. Wait a moment and retry.'],
      [529, 'The server is busy or still loading the model. Wait a moment and retry.'],
      [500, 'The server failed. Retry, and contact the provider if it fails again.'],
    ] as const) {
      assert.equal(describeError(new CompletionError({ kind: 'serverError' }, { url, status }), t).message, message);
    }
  });

  it('says what to set where a server refuses to stream', () => {
    const { message } = describeError(new CompletionError({ kind: 'badRequest', parameter: 'stream' }, { url }), t);
    assert.equal(message, 'The server can\'t stream. Set "stream" to false in the connection.');
  });

  it('offers to set the secret that was refused in place of a key', () => {
    const ids = (failure: CompletionFailure) =>
      describeError(new CompletionError(failure, { url }), t).actions.map(({ id }) => id);
    assert.equal(ids({ kind: 'headerRefused', secret: 'TEAM' })[0], 'setSecret');
    assert.equal(ids({ kind: 'noSecret', source: 'secret', name: 'TEAM' })[0], 'setSecret');
    assert.equal(ids({ kind: 'unusableSecret', source: 'secret', name: 'TEAM' })[0], 'setSecret');
    assert.ok(!ids({ kind: 'noSecret', source: 'env', name: 'TEAM' }).includes('setSecret'));
    assert.ok(!ids({ kind: 'headerRefused' }).includes('setSecret'));
    assert.equal(ids({ kind: 'keyRefused' })[0], 'setApiKey');
  });

  it('offers to raise the limit that left no room for an answer', () => {
    const first = (finishReason: 'length' | 'stop') =>
      describeError(new CompletionError({ kind: 'emptyAnswer', finishReason, reasoned: true }), t).actions[0]?.id;
    assert.deepEqual([first('length'), first('stop')], ['raiseLimit', 'retry']);
  });

  it('names the secret that is to be set', () => {
    const secret = (failure: CompletionFailure) => describeError(new CompletionError(failure, { url }), t).secret;
    assert.equal(secret({ kind: 'noSecret', source: 'secret', name: 'B' }), 'B');
    assert.equal(secret({ kind: 'headerRefused', secret: 'B' }), 'B');
    assert.equal(secret({ kind: 'noSecret', source: 'env', name: 'B' }), undefined);
    assert.equal(secret({ kind: 'keyRefused' }), undefined);
  });

  it('offers to wait where the server says until when', () => {
    const report = describeError(new CompletionError({ kind: 'rateLimit', retryAt: 5000 }, { url }), t);
    assert.equal(report.retryAt, 5000);
    assert.deepEqual(report.actions[0], { id: 'waitAndRetry', label: 'Wait and retry' });
  });

  it('has status, URL, response id and the shortened words of the server at hand', () => {
    const error = new CompletionError(
      { kind: 'serverError' },
      { url, status: 500, responseId: 'r1', serverMessage: 'x\n'.repeat(900) },
    );
    const { said = '', detail = '' } = describeError(error, t);
    assert.equal(detail, `HTTP 500 · ${url} · Response r1`);
    assert.ok(said.startsWith('x x x'));
    assert.ok(said.length < 1100);
  });

  it('keeps the words of the server out of the sentence, which stands in notifications', () => {
    const words = 'Sign in [here](command:workbench.action.reloadWindow)';
    const context = { url, status: 401, responseId: words, serverMessage: words };
    for (const failure of [
      { kind: 'redirect', target: `https://example.com/?${words}` },
      { kind: 'notCompletion', content: 'html', title: words },
      { kind: 'toolCall', tool: words },
      { kind: 'errorObject' },
      { kind: 'serverError' },
      { kind: 'badRequest' },
      { kind: 'keyRefused' },
    ] satisfies CompletionFailure[]) {
      const { message, said = '' } = describeError(new CompletionError(failure, context), t);
      assert.ok(!message.includes('Sign in') && !message.includes('example.com'), message);
      assert.ok(said.includes(words), failure.kind);
    }
  });

  it('says once what the server said twice, and where a redirect leads to', () => {
    const page = new CompletionError({ kind: 'notCompletion', content: 'html', title: 'A' }, { serverMessage: 'A' });
    assert.equal(describeError(page, t).said, 'A');
    const redirect = new CompletionError({ kind: 'redirect', target: 'https://example.com/' });
    assert.equal(describeError(redirect, t).said, 'https://example.com/');
  });

  it('shows what cannot be seen in the words of the server', () => {
    const error = new CompletionError({ kind: 'serverError' }, { serverMessage: 'a\u202Eb' });
    assert.equal(describeError(error, t).said, 'a\uFFFDb');
  });
});

describe('the failures', () => {
  for (const [code, reason] of [
    ['ECONNREFUSED', 'refused'],
    ['ENOTFOUND', 'dns'],
    ['EAI_AGAIN', 'dns'],
    ['ETIMEDOUT', 'timeout'],
    ['ERR_PROXY', 'proxy'],
    ['ERR_PROXY_CREDENTIALS', 'proxyCredentials'],
    ['UND_ERR_PRX_TLS', 'proxy'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate'],
    ['CERT_HAS_EXPIRED', 'certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
    ['EHOSTUNREACH', 'other'],
  ] as const) {
    it(`tell ${code} as ${reason}, also as one of several addresses`, () => {
      const cause = Object.assign(new Error(code), { code });
      for (const each of [cause, new AggregateError([cause])]) {
        const { failure } = transportError(new TransportError('connect', { cause: each }), url, { partial: false });
        assert.deepEqual(failure, { kind: 'cannotConnect', reason, code });
      }
    });
  }

  it('read Retry-After as seconds and as a date', () => {
    const now = Date.UTC(2026, 2, 1, 12);
    const retryAt = (value: string): unknown => {
      const { failure } = responseError({ status: 429, headers: { 'retry-after': value }, body: '' }, request, now);
      return failure.kind === 'rateLimit' && failure.retryAt;
    };
    const request = { url, credential: { kind: 'key' }, fields: [] } as const;
    assert.equal(retryAt('30'), now + 30_000);
    assert.equal(retryAt('Sun, 01 Mar 2026 12:00:45 GMT'), now + 45_000);
    assert.equal(retryAt('soon'), undefined);
  });
});

describe('retryDelay', () => {
  const limited = (seconds: number) =>
    new CompletionError({ kind: 'rateLimit', retryAt: seconds * 1000 }, { status: 429 });

  it('waits as long as the server asks, up to a minute', () => {
    assert.equal(retryDelay(limited(60), 0, 0, 0), 60_000);
    assert.equal(retryDelay(limited(61), 0, 0, 0), undefined);
    assert.equal(retryDelay(limited(5), 0, 9000, 0), 0);
  });

  it('waits longer the second time, spread by chance, and gives up then', () => {
    const error = new CompletionError({ kind: 'cannotConnect', reason: 'refused' });
    assert.deepEqual([retryDelay(error, 0, 0, 0), retryDelay(error, 0, 0, 1)], [500, 1000]);
    assert.deepEqual([retryDelay(error, 1, 0, 0), retryDelay(error, 1, 0, 1)], [1000, 2000]);
    assert.equal(retryDelay(error, 2, 0, 0), undefined);
  });

  it('never asks again where the server may have worked', () => {
    for (const error of [
      new CompletionError({ kind: 'serverError' }, { status: 500 }),
      new CompletionError({ kind: 'firstByteTimeout', seconds: 1 }),
      new CompletionError({ kind: 'connectionLost', partial: false }),
      new CompletionError({ kind: 'stalled', seconds: 1 }, { status: 200 }),
    ]) {
      assert.equal(retryDelay(error, 0, 0, 0), undefined);
    }
  });
});

describe('masked', () => {
  it('hides a secret as it is, in a URL and in JSON', () => {
    assert.equal(masked('a+"b a%2B%22b a+\\"b c', ['a+"b', '']), '••• ••• ••• c');
  });
});

describe('isCancel', () => {
  it('knows the reason of an abort from errors', () => {
    assert.ok(isCancel(AbortSignal.abort().reason));
    assert.ok(!isCancel(new CompletionError({ kind: 'noKey' })));
  });
});
