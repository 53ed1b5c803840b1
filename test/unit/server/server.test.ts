import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Fault } from '../../server/reply.ts';
import { faultNames, namedFault } from '../../server/namedFaults.ts';
import { type DemoServer, startServer } from '../../server/server.ts';

const unpaced = { deltasPerSecond: Infinity };
const question = { model: 'm', messages: [{ role: 'user', content: 'How are you?' }] };

describe('the demo server', () => {
  let server: DemoServer;
  before(async () => {
    server = await startServer({ pace: unpaced });
  });
  afterEach(() => server.reset());
  after(() => server.close());

  const post = (body: object, url = server.url, init: RequestInit = {}) =>
    fetch(`${url}/v1/chat/completions`, { method: 'POST', body: JSON.stringify({ ...question, ...body }), ...init });
  const events = (text: string) =>
    Array.from(text.matchAll(/^data: (\{.*\})\r?$/gm), ([, json]) => JSON.parse(json ?? ''));
  const content = (text: string) =>
    events(text)
      .map(({ choices }) => choices?.[0]?.delta.content ?? '')
      .join('');
  const faulty = async (fault: Fault, body: object = { stream: true }) => {
    server.enqueue({ kind: 'fault', fault });
    return post(body, server.url, { redirect: 'manual' });
  };

  const wrong: readonly [string, object][] = [
    ['model', { model: undefined }],
    ['messages', { messages: [] }],
    ['messages', { messages: [{ role: 'tool', content: 'x' }] }],
    [
      'messages',
      {
        messages: [
          { role: 'user', content: 'x' },
          { role: 'system', content: 'x' },
        ],
      },
    ],
    [
      'messages',
      {
        messages: [
          { role: 'user', content: 'x' },
          { role: 'user', content: 'x' },
        ],
      },
    ],
    ['stream', { stream: 'yes' }],
    ['temperature', { temperature: 2.1 }],
    ['top_p', { top_p: -0.1 }],
    ['top_k', { top_k: 1.5 }],
    ['max_tokens', { max_tokens: 0 }],
    ['presence_penalty', { presence_penalty: -1 }],
    ['frequency_penalty', { frequency_penalty: 'high' }],
  ];
  for (const [param, body] of wrong) {
    it(`refuses ${JSON.stringify(body)} and names ${param}`, async () => {
      const response = await post(body);
      assert.equal(response.status, 400);
      assert.equal(JSON.parse(await response.text()).error.param, param);
    });
  }

  it('takes every parameter at the ends of its range', async () => {
    const low = { temperature: 0, top_p: 0, top_k: 0, max_tokens: 1, presence_penalty: 0, frequency_penalty: -9 };
    const high = { temperature: 2, top_p: 1, top_k: 99, max_tokens: 99, presence_penalty: 2, frequency_penalty: 9 };
    assert.deepEqual([(await post(low)).status, (await post(high)).status], [200, 200]);
  });

  it('gives the same text streamed and whole', async () => {
    const streamed = await (await post({ stream: true })).text();
    const whole = JSON.parse(await (await post({})).text());
    assert.equal(content(streamed), whole.choices[0].message.content);
    assert.equal(whole.choices[0].finish_reason, 'stop');
    assert.match(streamed, /data: \[DONE\]\n\n$/);
  });

  it('stops at max_tokens and says so', async () => {
    const whole = JSON.parse(await (await post({ max_tokens: 3 })).text());
    assert.equal(whole.choices[0].finish_reason, 'length');
    assert.equal(whole.usage.completion_tokens, 3);
  });

  it('sends usage once, at the end and without a choice, when asked to', async () => {
    const chunks = events(await (await post({ stream: true, stream_options: { include_usage: true } })).text());
    assert.deepEqual(chunks.at(-1).choices, []);
    assert.ok(chunks.at(-1).usage.total_tokens > 0);
    assert.ok(chunks.slice(0, -1).every(({ usage }) => usage === null));
  });

  it('spells usage as the documentation does and asks for its key, if so started', async () => {
    const other = await startServer({ usageSpelling: 'promp_tokens', apiKey: 'secret' });
    try {
      assert.equal((await post({}, other.url)).status, 401);
      const response = await post({}, other.url, { headers: { authorization: 'Bearer secret' } });
      assert.equal(JSON.parse(await response.text()).usage.promp_tokens, 3);
      assert.equal(other.requests[1]?.key, 'expected');
      assert.ok(!JSON.stringify(other.requests).includes('secret'));
    } finally {
      await other.close();
    }
  });

  it('sends sources with their titles', async () => {
    const source = { title: 'A page', url: 'https://example.org/', date: '2020-02-02' };
    server.enqueue({ kind: 'text', text: 'So [1].', sources: [source] });
    const chunks = events(await (await post({ stream: true })).text());
    assert.ok(chunks.every(({ citations }) => citations[0] === source.url));
    assert.deepEqual(chunks[0].search_results, [source]);
  });

  it('replays a recorded answer by its name', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'recordings-'));
    const chunk = { citations: ['https://example.org/'], choices: [{ index: 0, delta: { content: 'Recorded' } }] };
    await writeFile(path.join(folder, 'one.jsonl'), `${JSON.stringify(chunk)}\n`);
    const other = await startServer({ recordings: [folder], pace: unpaced });
    try {
      const messages = [{ role: 'user', content: '/replay one' }];
      const text = await (await post({ stream: true, messages }, other.url)).text();
      assert.equal(text, `data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
      const whole = JSON.parse(await (await post({ messages }, other.url)).text());
      assert.equal(whole.choices[0].message.content, 'Recorded');
      assert.equal((await post({ messages: [{ role: 'user', content: '/replay none' }] }, other.url)).status, 404);
    } finally {
      await other.close();
      await rm(folder, { recursive: true });
    }
  });

  it('notices a client that leaves', async () => {
    const abort = new AbortController();
    server.enqueue({ kind: 'fault', fault: { kind: 'stall', afterDeltas: 1 } });
    const response = await post({ stream: true }, server.url, { signal: abort.signal });
    const request = await server.nextRequest();
    assert.equal(response.status, 200);
    abort.abort();
    assert.equal(await request.closed, 'early');
  });

  describe('injects', () => {
    const refusals: readonly [string, number][] = [
      ...['400', '401', '402', '403', '404', '413', '422', '429', '500', '503'].map((name): [string, number] => [
        name,
        Number(name),
      ]),
      ['redirect', 307],
      ['contextLength', 400],
    ];
    for (const [name, status] of refusals) {
      it(`${name} by its name in a question`, async () => {
        const messages = [{ role: 'user', content: `/fault ${name}` }];
        assert.equal((await post({ messages }, server.url, { redirect: 'manual' })).status, status);
      });
    }

    it('a Retry-After and a target to move to', async () => {
      assert.equal((await faulty({ kind: 'status', status: 429, retryAfter: '7' })).headers.get('retry-after'), '7');
      assert.equal((await faulty({ kind: 'redirect', location: '/x' })).headers.get('location'), '/x');
    });

    it('a refusal of max_tokens but not of max_completion_tokens', async () => {
      assert.equal((await faulty({ kind: 'maxCompletionTokens' }, { max_tokens: 9 })).status, 400);
      assert.equal((await faulty({ kind: 'maxCompletionTokens' }, { stream: true })).status, 200);
      assert.equal((await post({ max_completion_tokens: 9 })).status, 200);
    });

    const bodies: readonly [Fault, RegExp][] = [
      [{ kind: 'html' }, /^<!doctype html>/],
      [{ kind: 'emptyBody' }, /^$/],
      [{ kind: 'wrongJson' }, /^\{"result"/],
      [{ kind: 'errorIn200' }, /^\{"error":\{"message"/],
      [{ kind: 'errorInStream', afterDeltas: 1 }, /"delta"[\s\S]*data: \{"error"[^\n]*\n\n$/],
      [{ kind: 'gzip' }, /^data: [\s\S]*\[DONE\]\n\n$/],
      [{ kind: 'closeWithoutLength' }, /"finish_reason":"stop"[^\n]*\n\n$/],
      [{ kind: 'noDone' }, /"finish_reason":"stop"[^\n]*\n\n$/],
      [{ kind: 'hugeLine', characters: 100_000 }, /x{100000}/],
      [{ kind: 'toolCall' }, /"tool_calls":\[[\s\S]*"finish_reason":"tool_calls"/],
      [{ kind: 'contentFilter' }, /"finish_reason":"content_filter"/],
      [{ kind: 'length' }, /"finish_reason":"length"/],
      [{ kind: 'comments' }, /^: ping\ndata: /],
      [{ kind: 'crlf' }, /^data: [^\n]*\}\r\n\r\ndata: /],
      [{ kind: 'messageBesideDelta' }, /"delta":\{[^}]*\},"message":\{/],
      [{ kind: 'reasoningContent' }, /"reasoning_content":/],
      [{ kind: 'reasoning' }, /"reasoning":/],
    ];
    for (const [fault, pattern] of bodies) {
      it(`${fault.kind} on the wire`, async () => {
        assert.match(await (await faulty(fault)).text(), pattern);
      });
    }

    it('byteByByte on the wire', async () => {
      const response = await faulty({ kind: 'byteByByte' }, { stream: true, max_tokens: 2 });
      assert.match(await response.text(), /\[DONE\]\n\n$/);
    });

    it('a byte order mark', async () => {
      const bytes = new Uint8Array(await (await faulty({ kind: 'bom' })).arrayBuffer());
      assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    });

    it('an answer without text, and one whose thoughts stand in it', async () => {
      assert.equal(content(await (await faulty({ kind: 'emptyAnswer' })).text()), '');
      const thinking = await (await faulty({ kind: 'think' })).text();
      assert.match(content(thinking), /^<think>[\s\S]*<\/think>/);
      assert.ok(!thinking.includes('<think>'), 'the tag is not cut');
    });

    for (const fault of [
      { kind: 'halfEvent', afterDeltas: 1 },
      { kind: 'reset', afterBytes: 100 },
    ] as const) {
      it(`${fault.kind} in the middle of the stream`, async () => {
        const response = await faulty(fault);
        await assert.rejects(response.text());
      });
    }

    it('an answer that never ends', async () => {
      const reader = (await faulty({ kind: 'endless' })).body!.getReader();
      const request = await server.nextRequest();
      for (let bytes = 0; bytes < 200_000;) {
        bytes += (await reader.read()).value?.length ?? 0;
      }
      await reader.cancel();
      assert.equal(await request.closed, 'early');
    });

    it('every fault by a name, and lists the names to people', async () => {
      const page = await (await fetch(server.url)).text();
      assert.ok(faultNames().every((name) => namedFault(name) !== undefined && page.includes(`/fault ${name}\n`)));
    });
  });
});
