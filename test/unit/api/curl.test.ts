import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { curlCommand } from '../../../src/api/curl.ts';
import { masked } from '../../../src/api/mask.ts';
import { parseConnection } from '../../../src/api/connection/connection.ts';
import { buildModelsRequest, buildRequest } from '../../../src/api/request.ts';
import { shownRequest } from '../../../src/api/shownRequest.ts';
import { translator } from '../../../src/shared/l10n.ts';
import { Random } from '../../fuzz/random.ts';

const question = `It's "$HOME" and \`date\`\n\\ $(id) ünï`;

describe('a request that is shown', () => {
  const parsed = parseConnection(
    {
      name: 'p',
      baseUrl: 'https://api.example.com/v1?key=AIzaSyCanary0123456789',
      model: 'm',
      extraBody: { api_key: 'body-canary', seed: 1 },
      headers: { 'X-Team': '${secret:TEAM}', 'X-Token': 'clear-canary', 'X-Plain': "it's" },
    },
    translator(),
  );
  assert.ok(parsed.kind === 'connection');
  const asked = { connection: parsed.connection, messages: [{ role: 'user', content: question }] } as const;
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

  it('shows no credential that stands beside a reference', () => {
    const connection = { ...parsed.connection, headers: { 'X-Both': '${secret:TEAM} sk-canary0123456789' } };
    const shown = shownRequest(buildRequest({ ...asked, connection }, ({ kind }) => values[kind]));
    assert.equal(JSON.parse(shown).headers['X-Both'], '•••');
    assert.ok(!curlCommand({ ...asked, connection }, true).includes('canary'));
  });

  it('has no body where it asks for the models', () => {
    const { method, body } = JSON.parse(
      shownRequest(buildModelsRequest(parsed.connection, ({ kind }) => values[kind])),
    );
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
      const connection = { ...parsed.connection, baseUrl: `https://api.example.com/v1?${query}` };
      const request = buildRequest({ ...asked, connection }, ({ kind }) => values[kind]);
      const url = (text: string) => `https://api.example.com/v1/chat/completions?${text}`;
      assert.equal(JSON.parse(shownRequest(request)).url, url(shown));
      assert.equal(masked(request.url, request.secrets), url(shown));
      const command = curlCommand({ ...asked, connection }, true);
      assert.ok(command.startsWith(`curl -gN '${url(shown.replaceAll('•••', `'"$ASKANCE_URL_SECRET"'`))}'`), command);
    }
  });

  it('becomes a curl command whose secrets are variables, and which the shell takes as it is meant', function () {
    if (process.platform === 'win32') this.skip();
    const command = curlCommand(asked, true);
    assert.ok(!/canary/i.test(command), command);
    const words = wordsOf(command);
    assert.ok(words.includes('https://api.example.com/v1/chat/completions?key=url-secret'));
    for (const header of ['Authorization: Bearer sk-1', 'X-Team: tides', 'X-Token: header-secret', "X-Plain: it's"]) {
      assert.ok(words.includes(header), header);
    }
    const body = JSON.parse(words.at(-2) ?? '');
    assert.deepEqual([body.messages, body.api_key], [asked.messages, 'body-secret']);
  });

  it('is exact in the curl command, whatever is written in it', function () {
    if (process.platform === 'win32') this.skip();
    const random = new Random(1);
    // What stands for a variable on the way, and its parts.
    const pieces = [
      '~',
      '0',
      '1',
      '{',
      '}',
      '{{',
      '}}',
      'TEAM',
      '~0{{TEAM}}',
      '~1{{',
      "'",
      '"',
      '$',
      '\\',
      '\n',
      '\0',
      ' ',
      'é',
      '\ud800',
    ] as const;
    const anything = (): string => Array.from({ length: random.below(24) }, () => random.pick(pieces)).join('');
    const field = (): string => anything().replaceAll(/[\0\n\ud800]/g, '');
    for (let round = 0; round < 40; round++) {
      const plain = field().trim();
      const connection = {
        ...parsed.connection,
        baseUrl: `https://api.example.com/v1?q=${field()}`,
        headers: { 'X-Plain': `a${plain}`, 'X-Team': `${plain}\${secret:TEAM}${plain}.` },
        extraBody: { api_key: `k${field()}`, stop: anything() },
      };
      const own = { connection, messages: [{ role: 'user', content: anything() }] } as const;
      const sent = buildRequest(own, ({ kind }) => ({ apiKey: 'sk-1', secret: 'tides', env: undefined })[kind]);
      const [, , url, ...rest] = wordsOf(curlCommand(own, true));
      assert.equal(url, sent.url);
      assert.ok(rest.includes(`X-Plain: ${sent.headers['X-Plain']}`));
      assert.ok(rest.includes(`X-Team: ${sent.headers['X-Team']}`));
      assert.deepEqual(JSON.parse(rest.at(-2) ?? ''), { ...JSON.parse(sent.body), api_key: 'body-secret' });
    }
  });
});

/** What the shell makes of a command, the name of the program among it. */
function wordsOf(command: string): readonly string[] {
  return execFileSync(
    '/bin/sh',
    ['-c', `curl() { for word in curl "$@"; do printf '%s\\0' "$word"; done; }\n${command}`],
    {
      env: {
        ASKANCE_API_KEY: 'sk-1',
        TEAM: 'tides',
        ASKANCE_URL_SECRET: 'url-secret',
        ASKANCE_X_TOKEN: 'header-secret',
        ASKANCE_BODY_SECRET: 'body-secret',
        HOME: '/wrong',
      },
      encoding: 'utf8',
    },
  ).split('\0');
}
