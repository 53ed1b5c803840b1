import assert from 'node:assert/strict';
import { checkBaseUrl, isRetired, modelsUrl, requestUrl, wireOf } from '../../../src/api/url.ts';
import { translator } from '../../../src/shared/l10n.ts';

describe('requestUrl', () => {
  for (const [baseUrl, url] of [
    ['https://api.example.com', 'https://api.example.com/v1/chat/completions'],
    ['https://api.example.com/', 'https://api.example.com/v1/chat/completions'],
    ['https://api.example.com/v1', 'https://api.example.com/v1/chat/completions'],
    ['https://api.example.com/v1/', 'https://api.example.com/v1/chat/completions'],
    ['https://api.example.com/a/chat/completions', 'https://api.example.com/a/chat/completions'],
    ['https://api.example.com/chat/completions/', 'https://api.example.com/chat/completions'],
    ['https://api.example.com/v1?version=2#top', 'https://api.example.com/v1/chat/completions?version=2'],
    ['https://api.example.com/chat/completions?version=2', 'https://api.example.com/chat/completions?version=2'],
    ['https://openrouter.ai', 'https://openrouter.ai/api/v1/chat/completions'],
    ['https://api.groq.com/', 'https://api.groq.com/openai/v1/chat/completions'],
    ['https://name.openai.azure.com', 'https://name.openai.azure.com/openai/v1/chat/completions'],
    [
      'https://name.openai.azure.com/openai/deployments/d?api-version=1',
      'https://name.openai.azure.com/openai/deployments/d/chat/completions?api-version=1',
    ],
    ['https://api.example.com/v1/responses', 'https://api.example.com/v1/responses'],
    ['http://127.0.0.1:11434', 'http://127.0.0.1:11434/v1/chat/completions'],
  ] as const) {
    it(`makes ${url} of ${baseUrl}`, () => assert.equal(requestUrl({ baseUrl }).href, url));
  }
});

describe('the API of a connection', () => {
  const perplexity = 'https://api.perplexity.ai';
  for (const [target, wire, url, models] of [
    [{ baseUrl: 'https://a.example/x/responses/' }, 'responses', 'https://a.example/x/responses', '/x/models'],
    [{ baseUrl: 'https://a.example/v1/agent?v=1' }, 'responses', 'https://a.example/v1/agent?v=1', '/v1/models'],
    [{ baseUrl: 'https://a.example', api: 'responses' }, 'responses', 'https://a.example/v1/responses', '/v1/models'],
    [
      { baseUrl: 'https://a.example/v2', api: 'responses' },
      'responses',
      'https://a.example/v2/responses',
      '/v2/models',
    ],
    [{ baseUrl: perplexity, model: 'low' }, 'responses', `${perplexity}/v1/agent`, '/v1/models'],
    [{ baseUrl: perplexity, model: 'perplexity/sonar' }, 'responses', `${perplexity}/v1/agent`, '/v1/models'],
    [{ baseUrl: perplexity, model: 'openai/gpt' }, 'responses', `${perplexity}/v1/agent`, '/v1/models'],
    [{ baseUrl: perplexity, model: 'sonar-pro' }, 'chat-completions', `${perplexity}/chat/completions`, '/models'],
    [
      { baseUrl: `${perplexity}/router/v1`, model: 'sonar' },
      'chat-completions',
      `${perplexity}/router/v1/chat/completions`,
      '/router/v1/models',
    ],
    [
      { baseUrl: 'https://name.openai.azure.com', api: 'responses' },
      'responses',
      'https://name.openai.azure.com/openai/v1/responses',
      '/openai/v1/models',
    ],
  ] as const) {
    it(`is ${wire} for ${JSON.stringify(target)}, at ${url}`, () => {
      assert.equal(wireOf(target), wire);
      assert.equal(requestUrl(target).href, url);
      assert.equal(modelsUrl(requestUrl(target)).pathname, models);
    });
  }

  it('has ended for Sonar alone', () => {
    assert.ok(isRetired({ baseUrl: perplexity, model: 'sonar' }));
    assert.ok(isRetired({ baseUrl: `${perplexity}/chat/completions`, model: 'any' }));
    assert.ok(!isRetired({ baseUrl: perplexity, model: 'low' }));
    assert.ok(!isRetired({ baseUrl: `${perplexity}/router/v1`, model: 'sonar' }));
    assert.ok(!isRetired({ baseUrl: 'https://a.example', model: 'sonar' }));
  });
});

describe('checkBaseUrl', () => {
  const t = translator();

  it('accepts http and https', () => {
    assert.equal(checkBaseUrl('https://api.example.com/v1', t), undefined);
    assert.equal(checkBaseUrl('http://localhost:8080', t), undefined);
  });

  for (const baseUrl of ['', 'api.example.com/v1', 'file:///etc/passwd', 'https://', 'https:api.example.com']) {
    it(`asks for a URL instead of ${JSON.stringify(baseUrl)}`, () => {
      assert.match(checkBaseUrl(baseUrl, t) ?? '', /must be a URL that starts with https/);
    });
  }

  it('refuses credentials without repeating them', () => {
    const problem = checkBaseUrl('https://me:secret@api.example.com', t) ?? '';
    assert.match(problem, /must not contain a user name or password/);
    assert.ok(!problem.includes('secret'));
  });
});
