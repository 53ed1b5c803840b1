import type { Completion } from './completion.ts';
import type { Delivery, Part } from './delivery.ts';
import { Pacer } from './pacer.ts';
import { Refusal } from './refusal.ts';
import type { ChatRequest } from './validate.ts';
import type { Wire } from './wire.ts';

/** Writes an answer as server-sent events, paced, with whatever interrupts it.
 * @throws {Gone} */
export async function writeStream(
  wire: Wire,
  request: ChatRequest,
  completion: Completion,
  delivery: Delivery,
): Promise<void> {
  const { interruption, pace, answer, bom, comments, done } = delivery;
  const event = (data: string) => sse(data, delivery);
  const deltas = cut(delivery.parts, pace.charactersPerDelta);
  const pacer = new Pacer(pace.deltasPerSecond);
  let sent: readonly Part[] = [];
  if (bom) {
    await wire.write('\uFEFF');
  }
  for (const [index, part] of deltas.entries()) {
    if (index === interruption?.afterDeltas) {
      break;
    }
    await pacer.turn(wire, index);
    sent = joined(sent, part);
    await wire.write(
      (comments ? `: ping${delivery.eol}` : '') + event(JSON.stringify(completion.chunk(part, sent, null))),
    );
  }
  switch (interruption?.kind) {
    case undefined:
      break;
    case 'error':
      await wire.write(event(JSON.stringify(new Refusal(500, 'The model stopped in the middle of its answer.').body)));
      return;
    case 'halfEvent':
      await wire.write(event(JSON.stringify(completion.chunk(nothing, sent, null))).slice(0, 60));
      return wire.close();
    case 'stall':
      return wire.stall();
    case 'endless':
      for (let index = deltas.length; ; index++) {
        await pacer.turn(wire, index);
        await wire.write(event(JSON.stringify(completion.chunk({ field: 'content', text: 'and ' }, sent, null))));
      }
  }
  await wire.write(event(JSON.stringify(completion.chunk(nothing, sent, answer.finish))));
  if (request.includeUsage) {
    const characters = sent.reduce((sum, { text }) => sum + text.length, 0);
    await wire.write(event(JSON.stringify(completion.usageChunk(characters))));
  }
  if (done) {
    await wire.write(event('[DONE]'));
  }
}

/** One event of a stream, in the framing asked for. */
export function sse(data: string, { eol }: Pick<Delivery, 'eol'> = { eol: '\n' }): string {
  return `data: ${data}${eol}${eol}`;
}

const nothing: Part = { field: 'content', text: '' };

/** Characters here are code points: no delta holds half a surrogate pair. */
function cut(parts: readonly Part[], characters: number): Part[] {
  return parts.flatMap((part) => {
    const { field, text } = part;
    if (field === 'tool_calls') {
      return [part];
    }
    const points = Array.from(text);
    return Array.from({ length: Math.ceil(points.length / characters) }, (_, index) => ({
      field,
      text: points.slice(index * characters, (index + 1) * characters).join(''),
    }));
  });
}

function joined(sent: readonly Part[], part: Part): readonly Part[] {
  const last = sent.at(-1);
  return last?.field === part.field
    ? [...sent.slice(0, -1), { field: part.field, text: last.text + part.text }]
    : [...sent, part];
}
