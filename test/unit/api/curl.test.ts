import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { curlCommand } from '../../../src/api/curl.ts';
import { masked } from '../../../src/api/errors.ts';
import { parseProfile } from '../../../src/api/profile.ts';
import { buildModelsRequest, buildRequest } from '../../../src/api/request.ts';
import { shownRequest } from '../../../src/api/shownRequest.ts';
import { translator } from '../../../src/shared/l10n.ts';

const question = `It's "$HOME" and \`date\`\n\\ $(id) ünï`;

describe('a request that is shown', () => {
  const parsed = parseProfile(
    {
      name: 'p',
      baseUrl: 'https://api.example.com/v1?key=AIzaSyCanary0123456789',
      model: 'm',
      extraBody: { api_key: 'body-canary', seed: 1 },
      headers: { 'X-Team': '${secret:TEAM}', 'X-Token': 'clear-canary', 'X-Plain': "it's" },
    },
    translator(),
  );
  assert.ok(parsed.kind === 'profile');
  const asked = { profile: parsed.profile, messages: [{ role: 'user', content: question }] } as const;
  const values = { apiKey: 'sk-canary', secret: 'team-canary', env: undefined };

  it('is whole, but for its secrets', () => {
    const shown = shownRequest(buildRequest(asked, ({ kind }) => values[kind]));
    assert.ok(!/canary/i.test(shown), shown);
    const { method, url, headers, body } = JSON.parse(shown);
    assert.equal(method, 'POST');
    assert.equal(url, 'https://api.example.com/v1/chat/completions?key=•••');
    assert.equal(headers.Authorization, 'Bearer •••');
    assert.equal(headers['X-Plain'], "it's");
    assert.deepEqual(body, { model: 'm', messages: asked.messages, stream: true, api_key: '•••', seed: 1 });
  });

  it('has no body where it asks for the models', () => {
    const { method, body } = JSON.parse(shownRequest(buildModelsRequest(parsed.profile, ({ kind }) => values[kind])));
    assert.deepEqual([method, body], ['GET', undefined]);
  });

  it('has no key in its curl command where none is sent', () => {
    const command = curlCommand(asked, false);
    assert.doesNotMatch(command, /Authorization|ASKANCE_API_KEY/);
    assert.match(command, /X-Team: '"\$TEAM"'/);
  });

  it('shows no credential of the URL, however it is spelled there', () => {
    for (const [query, shown] of [
      ['sig=ab/canary%3D&v=1', 'sig=•••&v=1'],
      ['v=sig&sig=ca+nary', 'v=sig&sig=•••'],
      ['api-key=%63anary', 'api-key=•••'],
      ['key=canary&key=canary%20two', 'key=•••&key=•••'],
    ] as const) {
      const profile = { ...parsed.profile, baseUrl: `https://api.example.com/v1?${query}` };
      const request = buildRequest({ ...asked, profile }, ({ kind }) => values[kind]);
      const url = (text: string) => `https://api.example.com/v1/chat/completions?${text}`;
      assert.equal(JSON.parse(shownRequest(request)).url, url(shown));
      assert.equal(masked(request.url, request.secrets), url(shown));
      const command = curlCommand({ ...asked, profile }, true);
      assert.ok(command.startsWith(`curl -N '${url(shown.replaceAll('•••', `'"$ASKANCE_SECRET"'`))}'`), command);
    }
  });

  it('becomes a curl command whose secrets are variables, and which the shell takes as it is meant', function () {
    if (process.platform === 'win32') this.skip();
    const command = curlCommand({ ...asked, profile: { ...parsed.profile, baseUrl: 'https://api.example.com' } }, true);
    assert.ok(!/canary/i.test(command), command);
    const words = execFileSync('/bin/sh', ['-c', `curl() { for word; do printf '%s\\0' "$word"; done; }\n${command}`], {
      env: { ASKANCE_API_KEY: 'sk-1', TEAM: 'tides', ASKANCE_SECRET: 'hush', HOME: '/wrong' },
      encoding: 'utf8',
    }).split('\0');
    assert.ok(words.includes('https://api.example.com/v1/chat/completions'));
    for (const header of ['Authorization: Bearer sk-1', 'X-Team: tides', 'X-Token: hush', "X-Plain: it's"]) {
      assert.ok(words.includes(header), header);
    }
    const body = JSON.parse(words.at(-2) ?? '');
    assert.deepEqual([body.messages, body.api_key], [asked.messages, 'hush']);
  });
});
