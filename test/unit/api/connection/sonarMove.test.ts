import assert from 'node:assert/strict';
import { parseConnection } from '../../../../src/api/connection/connection.ts';
import { movedSonar } from '../../../../src/api/connection/sonarMove.ts';
import { wireOf } from '../../../../src/api/url.ts';
import { translator } from '../../../../src/shared/l10n.ts';

describe('a connection to Sonar that moves', () => {
  const written = { name: 'p', baseUrl: 'https://api.perplexity.ai', model: 'sonar-pro', systemPrompt: 'Be brief.' };

  it('becomes one to the Agent API that is valid and searches', () => {
    const { connection, removed, isLevel } = movedSonar(written);
    assert.deepEqual(connection, {
      name: 'p',
      baseUrl: 'https://api.perplexity.ai/v1/agent',
      model: 'low',
      systemPrompt: 'Be brief.',
      search: 'auto',
    });
    assert.deepEqual([removed, isLevel], [[], true]);
    const parsed = parseConnection(connection, translator());
    assert.ok(parsed.kind === 'connection');
    assert.equal(wireOf(parsed.connection), 'responses');
  });

  it('asks for the model that replaces its own', () => {
    const models = ['sonar', 'perplexity/sonar', 'sonar-reasoning-pro', 'sonar-deep-research'];
    assert.deepEqual(
      models.map((model) => movedSonar({ ...written, model }).connection['model']),
      ['perplexity/sonar', 'perplexity/sonar', 'low', 'medium'],
    );
    assert.equal(movedSonar(written, true).connection['model'], 'perplexity/sonar');
  });

  it('takes its search along, and names what has no counterpart', () => {
    const { connection, removed } = movedSonar({
      ...written,
      includeUsage: true,
      parameters: { temperature: 0.1, top_k: 5 },
      extraBody: {
        search_domain_filter: ['a.example'],
        web_search_options: { search_context_size: 'high' },
        reasoning_effort: 'high',
        return_images: true,
      },
    });
    assert.deepEqual(connection['searchOptions'], {
      search_context_size: 'high',
      filters: { search_domain_filter: ['a.example'] },
    });
    assert.equal(connection['effort'], 'high');
    assert.deepEqual(connection['parameters'], { temperature: 0.1 });
    assert.ok(!('extraBody' in connection) && !('includeUsage' in connection));
    assert.deepEqual(removed, ['return_images', 'top_k']);
  });
});
