import assert from 'node:assert/strict';
import { parseConnection } from '../../../src/api/connection/connection.ts';
import { importedDestination, importedName } from '../../../src/connections/importedDestination.ts';
import { translator } from '../../../src/shared/l10n.ts';

const t = translator();

function line(fields: object, stored: readonly string[] = []): string {
  const parsed = parseConnection({ name: 'Team', baseUrl: 'https://gateway.example/mine', model: 'm', ...fields }, t);
  assert.ok(parsed.kind === 'connection');
  return importedDestination(
    parsed.connection,
    (reference) => (stored.includes(reference.kind === 'apiKey' ? 'apiKey' : reference.name) ? 'value' : undefined),
    t,
  );
}

describe('the line about a connection that is imported', () => {
  it('says where it leads to', () => {
    assert.equal(line({}), 'https://gateway.example/mine/chat/completions · “Team”');
  });

  it('says which stored key and secrets and which variables go along', () => {
    const headers = { 'X-A': '${secret:TEAM}', 'X-B': '${secret:OTHER} ${env:HOME}', 'X-C': '${apiKey}' };
    assert.equal(
      line({ headers, apiKeyEnv: 'MY_KEY' }, ['apiKey', 'TEAM']),
      'https://gateway.example/mine/chat/completions, with the stored key for https://gateway.example, ' +
        'the stored secret TEAM, environment variable HOME, environment variable MY_KEY · “Team”',
    );
  });

  it('begins with the address and has no more lines, whatever the name is', () => {
    for (const name of [
      'OpenAI: https://api.openai.com/v1\n\n\n\n\n\n\n\n',
      'a\r\nb\u2028c\u2029d\u0085e\vf',
      '\u202Ehttps://api.openai.com',
      'x'.repeat(5000),
      '\u3164'.repeat(400),
      '[a](command:x)',
    ]) {
      const shown = line({ name });
      assert.ok(shown.startsWith('https://gateway.example/mine/chat/completions · “'), shown);
      assert.ok(!/[\r\n\v\u0085\u2028\u2029\u202E\u3164]|\]\(/.test(shown), JSON.stringify(shown));
      assert.ok(shown.length < 130, shown);
      assert.ok(importedName({ name }).length <= 61);
    }
  });

  it('keeps the host of a long address', () => {
    const shown = line({ baseUrl: `https://evil.example/${'a'.repeat(5000)}`, name: 'n' });
    assert.ok(shown.startsWith('https://evil.example/aaa'));
    assert.ok(shown.length < 300);
  });
});
