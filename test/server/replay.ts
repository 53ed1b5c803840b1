import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Pacer } from './pacer.ts';
import { Refusal } from './refusal.ts';
import type { Pace } from './reply.ts';
import { sse } from './stream.ts';
import type { Wire } from './wire.ts';

/**
 * The chunks of a recorded stream, oldest first: one JSON object a line, as it came, without the `data: `.
 * @param file A path, or the name of a file in one of the folders; `.jsonl` may be left out.
 * @throws {Refusal} 404 if there is none.
 */
export async function readRecording(file: string, folders: readonly string[]): Promise<string[]> {
  const places = [file, ...folders.map((folder) => path.join(folder, file))];
  for (const place of places.flatMap((place) => [place, `${place}.jsonl`])) {
    const text = await readFile(place, 'utf8').catch(() => undefined);
    if (text !== undefined) {
      return text.split(/\r?\n/).filter((line) => line.trim() !== '');
    }
  }
  throw new Refusal(404, `There is no recording ${file}.`);
}

/** Sends the chunks as they are, one delta each.
 * @throws {Gone} */
export async function writeRecording(wire: Wire, chunks: readonly string[], pace: Pace): Promise<void> {
  const pacer = new Pacer(pace.deltasPerSecond);
  for (const [index, chunk] of chunks.entries()) {
    await pacer.turn(wire, index);
    await wire.write(sse(chunk));
  }
  await wire.write(sse('[DONE]'));
}

/** The recorded stream as the body of a response that is not streamed: the last chunk with the whole text. */
export function wholeRecording(chunks: readonly string[]): object {
  const objects = chunks.map((chunk) => JSON.parse(chunk) as RecordedChunk);
  const choices = objects.flatMap(({ choices }) => choices ?? []);
  const content = choices.map(({ delta }) => delta?.content ?? '').join('');
  const finish = choices.findLast(({ finish_reason: reason }) => typeof reason === 'string')?.finish_reason;
  return {
    ...Object.assign({}, ...objects),
    object: 'chat.completion',
    choices: [{ index: 0, finish_reason: finish ?? 'stop', message: { role: 'assistant', content } }],
  };
}

interface RecordedChunk {
  readonly choices?: readonly {
    readonly delta?: { readonly content?: string };
    readonly finish_reason?: string | null;
  }[];
}
