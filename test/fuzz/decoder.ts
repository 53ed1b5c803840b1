import assert from 'node:assert/strict';
import { decodeStream } from '../../src/api/decode.ts';
import { CompletionError } from '../../src/api/errors.ts';
import type { CompletionEvent } from '../../src/api/events.ts';
import { anyObject, cutBytes } from './pieces.ts';
import type { Random } from './random.ts';
import type { FuzzTarget } from './target.ts';

/** A body decodes to the same wherever it is cut, and nothing but a CompletionError comes out of it. */
export const decoder: FuzzTarget = {
  name: 'decoder',
  async run(random) {
    const body = damaged(new TextEncoder().encode(stream(random)), random);
    const whole = await decoded([body]);
    for (const longest of [1, 7, 300]) {
      assert.deepEqual(await decoded(cutBytes(body, random, longest)), whole, `pieces of at most ${longest} bytes`);
    }
  },
};

/** An undamaged stream, however it is framed, decodes to what the model said. */
export const wellFormedStreams: FuzzTarget = {
  name: 'well-formed streams',
  async run(random) {
    const texts = ['a', ...Array.from({ length: random.below(20) }, () => random.pick(plainWords))];
    const whole = texts.join('');
    const chunks: object[] = texts.map((content) => ({ choices: [{ index: 0, delta: { content } }] }));
    chunks.push({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
    const body = framed(
      chunks.map((chunk) => JSON.stringify(chunk)),
      random,
      random.once(2),
    );
    const result = await decoded(cutBytes(new TextEncoder().encode(body), random, 40));
    assert.equal(result.text, whole);
    assert.equal(result.end, 'stop');
  },
};

interface Decoded {
  text: string;
  reasoning: string;
  /** The last of each kind of the other events. */
  readonly last: Partial<Record<CompletionEvent['type'], unknown>>;
  /** The reason of the finish, or the failure. */
  end: unknown;
}

async function decoded(pieces: readonly Uint8Array[]): Promise<Decoded> {
  const result: Decoded = { text: '', reasoning: '', last: {}, end: undefined };
  try {
    for await (const event of decodeStream(streamed(pieces))) {
      assert.equal(result.end, undefined, 'nothing follows the finish');
      if (event.type === 'text') result.text += event.text;
      else if (event.type === 'reasoning') result.reasoning += event.text;
      else if (event.type === 'finish') result.end = event.reason;
      else result.last[event.type] = event;
    }
    assert.notEqual(result.end, undefined, 'an answer has an end');
  } catch (error) {
    if (!(error instanceof CompletionError)) throw error;
    const { failure, responseId } = error;
    result.end = { failure, responseId };
  }
  return result;
}

async function* streamed(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void> {
  yield* pieces;
}

function stream(random: Random): string {
  const chunks = Array.from({ length: random.below(12) }, () => {
    const value = chunk(random);
    return random.once(12) ? word(random) : (JSON.stringify(value) ?? '');
  });
  return random.once(8) ? chunks.join('') : framed(chunks, random, random.once(3));
}

/** As server-sent events, in any of the ways in which the standard lets them be written. */
function framed(datas: readonly string[], random: Random, done: boolean): string {
  const eol = random.pick(['\n', '\r\n', '\r']);
  const events = [...datas, ...(done ? ['[DONE]'] : [])].map((data) => {
    const extra = random.pick([
      '',
      '',
      '',
      `: ping${eol}`,
      `event: message${eol}`,
      `id: 7${eol}`,
      `retry: 9${eol}`,
      `:${eol}`,
    ]);
    return `${extra}data:${random.pick([' ', ''])}${data}${eol}${random.pick(['', '', `id${eol}`])}${eol}`;
  });
  return `${random.pick(['', '', '\ufeff'])}${random.pick(['', eol, `: open${eol}${eol}`])}${events.join('')}`;
}

const fields = [
  'choices',
  'delta',
  'content',
  'message',
  'error',
  'index',
  'finish_reason',
  'stop',
  'length',
  'role',
  'usage',
  'prompt_tokens',
  'promp_tokens',
  'citations',
  'search_results',
  'title',
  'url',
  'reasoning',
  'reasoning_content',
  'tool_calls',
  'function',
  'name',
  'id',
  'object',
  'chat.completion.chunk',
  'text',
  'type',
  'thinking',
  'detail',
  'loc',
  'msg',
  '<think>',
  '</think>',
  '[1]',
] as const;

function chunk(random: Random): unknown {
  const noise = random.once(5) ? anyObject(random, 3, fields) : {};
  switch (random.below(9)) {
    case 0:
      return anyObject(random, 4, fields);
    case 1:
      return { error: random.pick<unknown>(['text', { message: 'told', code: 1 }, {}, null]), ...noise };
    case 2:
      return { choices: [], usage: { prompt_tokens: random.below(9), total_tokens: random.below(9) } };
    case 3:
      return { choices: [{ delta: { reasoning: word(random) } }], citations: ['https://a.example', null], ...noise };
    case 4:
      return {
        choices: [{ index: random.below(2), delta: {}, finish_reason: random.pick(['stop', 'length', 'odd', 1]) }],
      };
    case 5:
      return {
        choices: [{ index: 0, message: { content: word(random) }, delta: { content: word(random) } }],
        ...noise,
      };
    default:
      return { id: 'x', choices: [{ index: 0, delta: { content: word(random) } }], ...noise };
  }
}

const plainWords = [
  'a',
  ' b',
  '\n',
  '\r\n',
  '漢字',
  '🙂',
  'é',
  '```',
  'data: x',
  '\u2028',
  '[DONE]',
  'x'.repeat(99),
] as const;

function word(random: Random): string {
  return random.pick(['<think>', '</think>', '<th', 'ink>', ...plainWords]);
}

/** Some bytes changed, lost or doubled, once in three times. */
function damaged(bytes: Uint8Array, random: Random): Uint8Array {
  if (!random.once(3) || bytes.length === 0) return bytes;
  const changed = Array.from(bytes);
  for (let times = 1 + random.below(4); times > 0; times -= 1) {
    const at = random.below(changed.length);
    const removed = random.below(3);
    changed.splice(at, removed, ...Array.from({ length: random.below(3) }, () => random.below(256)));
  }
  return Uint8Array.from(changed);
}
