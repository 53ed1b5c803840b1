import assert from 'node:assert/strict';
import { checkBaseUrl, completionsUrl } from '../../../src/api/url.ts';
import { translator } from '../../../src/shared/l10n.ts';

describe('completionsUrl', () => {
  for (const [baseUrl, url] of [
    ['https://api.example.com', 'https://api.example.com/v1/chat/completions'],
    ['https://api.example.com/', 'https://api.example.com/v1/chat/completions'],
    ['https://api.example.com/v1', 'https://api.example.com/v1/chat/completions'],
    ['https://api.example.com/v1/', 'https://api.example.com/v1/chat/completions'],
    ['https://api.example.com/a/chat/completions', 'https://api.example.com/a/chat/completions'],
    ['https://api.example.com/chat/completions/', 'https://api.example.com/chat/completions'],
    ['https://api.example.com/v1?version=2#top', 'https://api.example.com/v1/chat/completions?version=2'],
    ['https://api.example.com/chat/completions?version=2', 'https://api.example.com/chat/completions?version=2'],
    ['https://api.perplexity.ai', 'https://api.perplexity.ai/chat/completions'],
    ['https://API.perplexity.ai/', 'https://api.perplexity.ai/chat/completions'],
    ['https://api.perplexity.ai/v2', 'https://api.perplexity.ai/v2/chat/completions'],
    ['http://127.0.0.1:11434', 'http://127.0.0.1:11434/v1/chat/completions'],
  ] as const) {
    it(`makes ${url} of ${baseUrl}`, () => assert.equal(completionsUrl(baseUrl).href, url));
  }
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
