import { FenceReader } from './fences.ts';
import { splitLines } from './lines.ts';

const tag = 'think|thinking|reasoning|thought';
const opened = new RegExp(`^\\s*<(?:${tag})>`, 'i');
const closed = new RegExp(`</(?:${tag})>`, 'i');

/**
 * A reply without the parts that a model marked as its reasoning. Code that holds such marks stays as it is.
 *
 * @param document a mark that stands in the document too is taken for code
 * @returns `undefined` when the reasoning never ends
 */
export function withoutReasoning(reply: string, document: string): string | undefined {
  if (!closed.test(reply) && !opened.test(reply)) return reply;
  if (closed.test(document)) return opened.test(reply) ? withoutFirst(reply) : reply;
  const lines = splitLines(withoutUnopened(reply));
  const kept: string[] = [];
  const fences = new FenceReader();
  let inside = false;
  let outsideFences = true;
  for (const line of lines) {
    if (!inside && outsideFences && opened.test(line)) inside = true;
    if (inside) {
      const end = closed.exec(line);
      if (!end) continue;
      inside = false;
      const rest = line.slice(end.index + end[0].length);
      kept.push(rest);
      fences.push(rest);
      continue;
    }
    const event = fences.push(line);
    outsideFences = event.kind !== 'open' && event.kind !== 'code';
    kept.push(line);
  }
  return inside ? undefined : kept.join('\n');
}

function withoutFirst(reply: string): string | undefined {
  const end = closed.exec(reply);
  return end ? reply.slice(end.index + end[0].length) : undefined;
}

/** Some servers send the end of the reasoning without its beginning, which they wrote into the prompt. */
function withoutUnopened(reply: string): string {
  const end = new RegExp(`${closed.source}[ \\t]*$`, 'im').exec(reply);
  if (!end || new RegExp(`<(?:${tag})>`, 'i').test(reply.slice(0, end.index))) return reply;
  return reply.slice(end.index + end[0].length);
}
