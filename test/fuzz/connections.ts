import assert from 'node:assert/strict';
import { parseConnections } from '../../src/api/connection/connection.ts';
import { buildRequest } from '../../src/api/request.ts';
import { anyObject, anyValue } from './pieces.ts';
import type { Random } from './random.ts';
import type { FuzzTarget } from './target.ts';

const words = [
  'name',
  'baseUrl',
  'model',
  'apiKeyEnv',
  'parameters',
  'temperature',
  'top_p',
  'top_k',
  'max_tokens',
  'presence_penalty',
  'frequency_penalty',
  'penaltyRange',
  'documented',
  'wide',
  'contextWindow',
  'stream',
  'includeUsage',
  'systemPrompt',
  'headers',
  'Authorization',
  'X-Team',
  'extraBody',
  'messages',
  'stop',
  'seed',
  'http://127.0.0.1:1/v1',
  'https://a.example/chat/completions?x=1',
] as const;

const messages = [{ role: 'user', content: 'Why?' }] as const;

/** Whatever stands in settings.json is a connection whose request can be built and is honest, or a problem with a sentence. */
export const connections: FuzzTarget = {
  name: 'settings',
  run(random) {
    const value = random.once(8)
      ? anyValue(random, 4, words)
      : Array.from({ length: random.below(4) }, () => anyConnection(random));
    const parsed = parseConnections(value, (text) => text);
    const wanted = Array.isArray(value) ? value.length : 0;
    assert.ok(parsed.connections.length === wanted || parsed.problems.length > 0, 'what is left out is told');
    for (const problem of parsed.problems) assert.match(problem, /\S/);
    for (const connection of parsed.connections) {
      const request = buildRequest({ connection, messages }, () => 'secret');
      const body: Record<string, unknown> = JSON.parse(request.body);
      assert.deepEqual(body['messages'], messages);
      assert.equal(body['stream'], connection.stream);
      for (const [name, set] of Object.entries(connection.parameters)) {
        if (!(name in connection.extraBody)) assert.equal(body[name], set);
      }
      assert.match(new URL(request.url).protocol, /^https?:$/);
      assert.ok(!request.url.includes('secret'));
      assert.ok(new Headers(request.headers));
    }
  },
};

function anyConnection(random: Random): unknown {
  const good = {
    name: random.pick(['a', 'b', 'c']),
    baseUrl: random.pick(['http://127.0.0.1:1', 'https://a.example/v1/?k=v']),
    model: 'm',
  };
  if (random.once(3)) return { ...good, ...anyObject(random, 3, words) };
  return {
    ...good,
    parameters: { temperature: random.pick([0, 2, 0.2, 3, '1']), top_k: random.pick([0, 5, -1, 1.5]) },
    extraBody: anyObject(random, 3, words),
    headers: random.once(2) ? anyObject(random, 1, words) : { 'X-Team': 'é' },
    stream: random.pick([true, false]),
  };
}
