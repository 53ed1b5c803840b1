import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { decodeStream } from '../../../src/api/decode.ts';
import { bytes, decodePieces, eventStream, gather } from './decoding.ts';

interface Delta {
  readonly content?: string | null;
  readonly reasoning?: string;
  readonly reasoning_content?: string;
}

interface Recorded {
  readonly choices: readonly {
    readonly index?: number;
    readonly delta?: Delta;
    readonly finish_reason?: string | null;
  }[];
  readonly citations?: readonly string[];
  readonly usage?: {
    readonly prompt_tokens?: number;
    /** As the documentation spells it. */
    readonly promp_tokens?: number;
    readonly completion_tokens?: number;
    readonly total_tokens?: number;
  } | null;
}

describe('recorded streams', () => {
  const folders = [join(import.meta.dirname, 'streams'), process.env['ASKANCE_RECORDINGS']].filter(
    (folder) => folder !== undefined,
  );
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => join(folder, name)),
  );

  it('are there', () => {
    console.log(files.map((file) => `      reads ${file}`).join('\n'));
    assert.ok(files.length >= 5);
  });

  for (const file of files) {
    it(`decode to the same answer wherever they are cut: ${basename(file)}`, async function () {
      this.timeout(60_000);
      const chunks = readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line) as Recorded);
      const whole = await decodePieces(eventStream(chunks));
      const content = chunks.map(({ choices }) => choices[0]?.delta?.content ?? '').join('');
      if (content.includes('<think>') || content === '') assert.notEqual(whole.text, '');
      else assert.equal(whole.text, content);
      const reasoning = chunks.map(
        ({ choices: [choice] }) => choice?.delta?.reasoning_content ?? choice?.delta?.reasoning,
      );
      if (reasoning.some((piece) => piece)) assert.equal(whole.reasoning, reasoning.join(''));
      const reasons = chunks.map(({ choices }) => choices.find(({ index = 0 }) => index === 0)?.finish_reason);
      assert.equal(
        whole.finishReason,
        reasons.findLast((reason) => reason),
      );
      const counted = chunks.findLast(({ usage }) => usage)?.usage;
      const { promptTokens, completionTokens, totalTokens } = whole.usage ?? {};
      assert.deepEqual(
        [promptTokens, completionTokens, totalTokens],
        [counted?.prompt_tokens ?? counted?.promp_tokens, counted?.completion_tokens, counted?.total_tokens],
      );
      const sources = chunks.findLast(({ citations }) => citations)?.citations ?? [];
      assert.deepEqual(
        whole.citations.map(({ url }) => url),
        sources,
      );
      for (const lineEnd of ['\n', '\r\n', '\r']) {
        const stream = Buffer.from(eventStream(chunks, lineEnd));
        assert.deepEqual(await gather(decodeStream(bytes(cutAtRandom(stream, file.length)))), whole);
        assert.deepEqual(await gather(decodeStream(bytes(oneByOne(stream)))), whole);
      }
    });
  }
});

function oneByOne(stream: Buffer): Buffer[] {
  return Array.from(stream, (byte) => Buffer.from([byte]));
}

/** Cuts into pieces of 1 to 97 bytes. The same seed gives the same cuts. */
function cutAtRandom(stream: Buffer, seed: number): Buffer[] {
  const pieces: Buffer[] = [];
  let state = seed;
  for (let at = 0; at < stream.length;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const next = at + 1 + (state % 97);
    pieces.push(stream.subarray(at, next));
    at = next;
  }
  return pieces;
}
