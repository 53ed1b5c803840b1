import assert from 'node:assert/strict';
import { decodeStream } from '../../../src/api/decode.ts';
import type { Citation } from '../../../src/shared/answer.ts';
import { bytes, decodePieces, delta, end, eventStream, gather } from './decoding.ts';

const a = { url: 'https://a.example/x', title: 'A' };
const b = { url: 'https://b.example/y', title: 'B' };
const note = (fields: object) => ({ type: 'url_citation', url_citation: fields });
const part = (fields: object, more: object = {}) => ({ choices: [{ index: 0, delta: fields }], ...more });

/** Each answer says something and names A, then B. */
const dialects: readonly (readonly [
  server: string,
  chunks: readonly object[],
  marks: readonly (string | undefined)[],
])[] = [
  ['Sonar', [delta('x', { citations: [a.url, b.url], search_results: [b, a] })], ['1', '2']],
  [
    'OpenAI',
    [delta('x'), part({ annotations: [note({ ...a, start_index: 0, end_index: 1 }), note(b)] })],
    [undefined, undefined],
  ],
  [
    'OpenRouter',
    [part({ content: '', annotations: [note(a)] }), part({ content: '', annotations: [note(b)] }), delta('x')],
    [undefined, undefined],
  ],
  [
    'Sonar behind OpenRouter',
    [
      delta('x', { model: 'perplexity/sonar' }),
      part({ annotations: [note(a), note(b)] }, { model: 'perplexity/sonar' }),
    ],
    ['1', '2'],
  ],
  [
    'Jina',
    [delta('x'), part({ annotations: [note({ ...a, exactQuote: 'q' }), note({ ...b, exactQuote: 'q' })] })],
    ['^1', '^2'],
  ],
  ['Exa', [delta('x'), part({ citations: [a, b] })], [undefined, undefined]],
  [
    'Brave',
    [
      delta('x<citation>{"number":1,"url":"https://a.example/x","title":"A"}</cita'),
      delta('tion><citation>{"number":2,"url":"https://b.example/y","title":"B"}</citation>'),
    ],
    ['1', '2'],
  ],
  [
    'Groq',
    [
      part({ executed_tools: [{ index: 0, search_results: { results: [] } }] }),
      part({ executed_tools: [{ index: 0, search_results: { results: [a] } }] }),
      part({ executed_tools: [{ index: 1, search_results: { results: [b] } }] }),
      delta('x'),
    ],
    [undefined, undefined],
  ],
  [
    'Mistral',
    [
      part({
        content: ['x', { type: 'tool_reference', ...a }, { type: 'text', text: 'y' }, { type: 'tool_reference', ...b }],
      }),
    ],
    [undefined, undefined],
  ],
  [
    'Gemini',
    [
      delta('x', {
        vertex_ai_grounding_metadata: [
          { groundingChunks: [a, b].map(({ url, title }) => ({ web: { uri: url, title } })) },
        ],
      }),
    ],
    [undefined, undefined],
  ],
  [
    'Claude',
    [
      part({ content: 'x', provider_specific_fields: { citation: a } }),
      part({ content: '', provider_specific_fields: { citation: b } }),
    ],
    [undefined, undefined],
  ],
  ['Azure', [part({ context: { citations: [a, b] } }), delta('x')], ['doc1', 'doc2']],
  [
    'Open WebUI',
    [
      {
        sources: [
          { source: { name: 'A' }, document: ['q', 'q'], metadata: [{ source: a.url }, { source: a.url }] },
          { source: { name: 'B', url: b.url }, document: ['q'], metadata: [{ source: 'B' }] },
        ],
      },
      delta('x'),
    ],
    ['1', '2'],
  ],
  [
    'Zhipu',
    [
      delta('x', {
        web_search: [
          { title: 'A', link: a.url, refer: 'ref_1' },
          { title: 'B', link: b.url, refer: 'ref_2' },
        ],
      }),
    ],
    ['ref_1', 'ref_2'],
  ],
  [
    'Baidu',
    [
      delta('x', {
        search_results: [
          { index: 3, ...a },
          { index: 5, ...b },
        ],
      }),
    ],
    ['3', '5'],
  ],
  [
    'Hunyuan',
    [
      delta('x', {
        search_info: {
          search_results: [
            { index: 1, ...a },
            { index: 2, ...b },
          ],
        },
      }),
    ],
    ['1', '2'],
  ],
  [
    'MiniMax',
    [
      delta('x'),
      end('stop', {
        messages: [
          {
            annotations: [
              { text: '【5†source】', ...a },
              { text: '【7†source】', ...b },
            ],
          },
        ],
      }),
    ],
    ['5†source', '7†source'],
  ],
  ['Venice', [delta('x', { venice_parameters: { web_search_citations: [a, b] } })], ['REF0', 'REF1']],
];

describe('the sources of an answer', () => {
  for (const [server, chunks, marks] of dialects) {
    it(`are read as ${server} names them, once, with their marks`, async () => {
      const stream = Buffer.from(eventStream([...chunks, end('stop')]));
      for (let at = 0; at <= stream.length; at += 7) {
        const { citations } = await decodePieces(stream.subarray(0, at), stream.subarray(at));
        assert.deepEqual(
          citations.map(({ url, title, mark }) => ({ url, title, mark })),
          [
            { ...a, mark: marks[0] },
            { ...b, mark: marks[1] },
          ],
        );
      }
    });
  }

  it('have title, date and words under any name, and a title that is the URL is none', async () => {
    const read = async (source: object): Promise<Citation | undefined> =>
      (await decodePieces(eventStream([part({ content: 'x', citations: [source] }), end('stop')]))).citations[0];
    assert.deepEqual(await read({ link: a.url, name: 'A', publishedDate: '2026-01-02', content: 'q'.repeat(900) }), {
      ...a,
      date: '2026-01-02',
      snippet: 'q'.repeat(600),
    });
    assert.deepEqual(await read({ url: a.url, title: a.url }), { url: a.url });
  });

  it('keep a mark though they have no page', async () => {
    const stream = eventStream([
      part({ context: { citations: [{ title: 'Plan', url: null }] } }),
      delta('x[doc1]'),
      end('stop'),
    ]);
    assert.deepEqual((await decodePieces(stream)).citations, [{ url: '', mark: 'doc1', title: 'Plan' }]);
  });

  it('have the mark that stands where the server says they belong, by UTF-16 code units or code points', async () => {
    const text = '🙂🙂 see [4].';
    for (const start of [text.indexOf('['), Array.from(text).indexOf('[')]) {
      const annotations = [note({ ...a, start_index: start, end_index: start + 3 })];
      const { citations, text: kept } = await decodePieces(
        eventStream([delta(text), part({ annotations }), end('stop')]),
      );
      assert.equal(kept, text);
      assert.equal(citations[0]?.mark, '4', String(start));
    }
  });

  it('have the mark of a link that is one', async () => {
    const stream = eventStream([
      delta('So [[3]](https://a.example/x).'),
      part({ annotations: [note(a)] }),
      end('stop'),
    ]);
    assert.equal((await decodePieces(stream)).citations[0]?.mark, '3');
  });

  it('are numbered where a tag names them, wherever that is cut, and what is no tag stays', async () => {
    const tag = '<citation>{"number":12,"url":"https://a.example/x","snippet":"<b>"}</citation>';
    const text = `See${tag}, <enum_item>{"original_tokens":"**Tea**"}</enum_item> <citation>none</citation> a<b${tag}`;
    const stream = Buffer.from(eventStream([...Array.from(text, (character) => delta(character)), end('stop')]));
    const answer = await gather(decodeStream(bytes([stream])));
    assert.equal(answer.text, 'See[12], **Tea** <citation>none</citation> a<b[12]');
    assert.deepEqual(answer.citations, [{ url: a.url, mark: '12', snippet: '<b>' }]);
  });

  it('are not in what a tool of the server says', async () => {
    const stream = eventStream([
      part({ role: 'tool', content: '[{"title":"A"}]' }),
      { choices: [{ delta: { role: 'tool', content: '{}' }, finish_reason: 'stop' }] },
      part({ role: 'assistant', content: 'Tea.' }),
      end('length'),
    ]);
    const { text, finishReason } = await decodePieces(stream);
    assert.deepEqual([text, finishReason], ['Tea.', 'length']);
  });
});

describe('what an answer took', () => {
  for (const [server, usage, expected] of [
    [
      'OpenRouter',
      {
        prompt_tokens: 3,
        cost: 0.25,
        prompt_tokens_details: { cached_tokens: 2 },
        completion_tokens_details: { reasoning_tokens: 1 },
      },
      { promptTokens: 3, cachedTokens: 2, reasoningTokens: 1, cost: { amount: 0.25, currency: 'USD' } },
    ],
    [
      'Perplexity',
      { prompt_tokens: 3, cost: { total_cost: 0.5, currency: 'EUR' } },
      { promptTokens: 3, cost: { amount: 0.5, currency: 'EUR' } },
    ],
    [
      'xAI',
      { prompt_tokens: 3, cost_in_usd_ticks: 5_000_000_000 },
      { promptTokens: 3, cost: { amount: 0.5, currency: 'USD' } },
    ],
    ['DeepSeek', { prompt_tokens: 3, prompt_cache_hit_tokens: 2 }, { promptTokens: 3, cachedTokens: 2 }],
  ] as const) {
    it(`is read as ${server} counts it`, async () => {
      assert.deepEqual((await decodePieces(eventStream([delta('x', { usage }), end('stop')]))).usage, expected);
    });
  }
});
