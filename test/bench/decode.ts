// `npm run bench:decode`: decoding 100 MB of deltas, beside the `openai` client on the same bytes. It judges nothing.
import { Stream } from 'openai/core/streaming';
import { decodeStream } from '../../src/api/decode.ts';
import { main } from '../workbench/complaint.ts';

const megabytes = 100;
const runs = 3;

interface Measured {
  readonly seconds: number;
  readonly deltas: number;
  /** Of the heap, above what was used before, at its highest. */
  readonly megabytes: number;
}

await main(async () => {
  const pieces = makePieces();
  const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const rounds = Math.round((megabytes * 1e6) / size);
  const clients = { askance, openai } as const;
  const measured: Record<keyof typeof clients, Measured[]> = { askance: [], openai: [] };
  for (let run = 0; run < runs; run += 1) {
    for (const name of ['askance', 'openai'] as const) {
      measured[name].push(await measure(clients[name], () => repeat(pieces, rounds)));
    }
  }
  console.log(`${megabytes} MB of deltas, medians of ${runs} runs, Node ${process.versions.node}\n`);
  for (const [name, all] of Object.entries(measured)) {
    const seconds = all.map((one) => one.seconds).toSorted((a, b) => a - b);
    const peak = Math.max(...all.map((one) => one.megabytes));
    const median = seconds[Math.floor(seconds.length / 2)] ?? 0;
    console.log(
      `${name.padEnd(8)} ${median.toFixed(2)} s (${seconds[0]?.toFixed(2)}–${seconds.at(-1)?.toFixed(2)}), ` +
        `${(megabytes / median).toFixed(0)} MB/s, ${all[0]?.deltas} deltas, heap at most ${peak.toFixed(0)} MB above the start`,
    );
  }
});

async function askance(bytes: AsyncIterable<Uint8Array>, tick: () => void): Promise<number> {
  let deltas = 0;
  for await (const event of decodeStream(bytes)) {
    if (event.type !== 'text') continue;
    deltas += 1;
    if (deltas % 10_000 === 0) tick();
  }
  return deltas;
}

async function openai(bytes: AsyncIterable<Uint8Array>, tick: () => void): Promise<number> {
  let deltas = 0;
  const response = new Response(ReadableStream.from(bytes));
  for await (const chunk of Stream.fromSSEResponse<Chunk>(response, new AbortController())) {
    if (!chunk.choices[0]?.delta.content) continue;
    deltas += 1;
    if (deltas % 10_000 === 0) tick();
  }
  return deltas;
}

interface Chunk {
  readonly choices: readonly { readonly delta: { readonly content?: string } }[];
}

async function measure(
  decode: (bytes: AsyncIterable<Uint8Array>, tick: () => void) => Promise<number>,
  bytes: () => AsyncIterable<Uint8Array>,
): Promise<Measured> {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  let highest = before;
  const start = performance.now();
  const deltas = await decode(bytes(), () => {
    highest = Math.max(highest, process.memoryUsage().heapUsed);
  });
  return { seconds: (performance.now() - start) / 1000, deltas, megabytes: (highest - before) / 1e6 };
}

/** About a megabyte of chunks as servers send them, cut where a network cuts: every 16 KB. */
function makePieces(): readonly Uint8Array[] {
  const words = ['The', ' function', ' `step`', ' takes', ' two', ' values', ' and', ' returns', ' one', '.\n'];
  const chunks = Array.from({ length: 4000 }, (_, index) => {
    const content = words[index % words.length];
    return `data: ${JSON.stringify({
      id: 'chatcmpl-0123456789abcdef',
      object: 'chat.completion.chunk',
      created: 1_764_657_993,
      model: 'model-1',
      system_fingerprint: 'fp_0123456789',
      choices: [{ index: 0, delta: { content }, logprobs: null, finish_reason: null }],
      usage: null,
    })}\n\n`;
  });
  const bytes = Buffer.from(chunks.join(''));
  const pieceSize = 16_384;
  return Array.from({ length: Math.ceil(bytes.length / pieceSize) }, (_, index) =>
    bytes.subarray(index * pieceSize, (index + 1) * pieceSize),
  );
}

async function* repeat(pieces: readonly Uint8Array[], rounds: number): AsyncGenerator<Uint8Array, void> {
  for (let round = 0; round < rounds; round += 1) yield* pieces;
  yield Buffer.from('data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
}
