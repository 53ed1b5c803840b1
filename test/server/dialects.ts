/** An answer with two sources in each way in which servers of the Chat Completions API name them: chunks by name. */
export const dialects: Readonly<Record<string, readonly object[]>> = {
  sonar: [says('Tides rise[1] and fall[2].', {}, { citations: urls(), search_results: pages() })],
  annotations: [says('Tides rise ([a.example](https://a.example/tides)).', { annotations: pages().map(annotated) })],
  jina: [
    says('Tides rise[^1].\n\n[^1]: So it is.', {
      annotations: pages().map((page) => annotated({ ...page, exactQuote: 'So it is.' })),
    }),
  ],
  exa: [says('Tides rise and fall.', { citations: pages() })],
  brave: [
    says(`Tides rise<citation>${JSON.stringify({ number: 1, url: urls()[0], snippet: 'So it is.' })}</citation>.`),
  ],
  groq: [says('Tides rise and fall.', { executed_tools: [{ index: 0, search_results: { results: pages() } }] })],
  mistral: [
    {
      choices: [
        {
          index: 0,
          delta: { content: ['Tides rise', ...pages().map((page) => ({ type: 'tool_reference', ...page }))] },
        },
      ],
    },
  ],
  gemini: [
    says(
      'Tides rise and fall.',
      {},
      {
        vertex_ai_grounding_metadata: [
          { groundingChunks: pages().map(({ url: uri, title }) => ({ web: { uri, title } })) },
        ],
      },
    ),
  ],
  claude: pages().map((citation) => says('Tides. ', { provider_specific_fields: { citation } })),
  azure: [says('Tides rise[doc1] and fall[doc2].', { context: { citations: pages() } })],
  openwebui: [
    {
      sources: pages().map(({ url, title }) => ({
        source: { name: title, url },
        document: ['So it is.'],
        metadata: [{ source: url }],
      })),
    },
    says('Tides rise[1] and fall[2].'),
  ],
  zhipu: [
    says(
      'Tides rise[ref_1] and fall[ref_2].',
      {},
      { web_search: pages().map(({ url: link, title }, index) => ({ link, title, refer: `ref_${index + 1}` })) },
    ),
  ],
  baidu: [
    says(
      'Tides rise[3] and fall[5].',
      {},
      { search_results: pages().map((page, index) => ({ ...page, index: 3 + 2 * index })) },
    ),
  ],
  minimax: [
    says('[{"title":"none"}]', { role: 'tool' }),
    says('Tides rise【1†source】.', {}, { messages: [{ annotations: [{ text: '【1†source】', ...pages()[0] }] }] }),
  ],
  venice: [
    says('Tides rise[REF]0[/REF] and fall[REF]1[/REF].', {}, { venice_parameters: { web_search_citations: pages() } }),
  ],
};

function urls(): readonly string[] {
  return pages().map(({ url }) => url);
}

function pages(): readonly { readonly url: string; readonly title: string; readonly snippet: string }[] {
  return [
    { url: 'https://a.example/tides', title: 'How tides rise', snippet: 'So it is.' },
    { url: 'https://b.example/moon', title: 'The Moon', snippet: 'So it goes.' },
  ];
}

function annotated(page: object): object {
  return { type: 'url_citation', url_citation: { ...page, start_index: 0, end_index: 0 } };
}

function says(content: string, fields: object = {}, more: object = {}): object {
  return { choices: [{ index: 0, delta: { content, ...fields } }], ...more };
}
