import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { createGzip } from 'node:zlib';
import { boundedAnswer } from '../../../src/api/boundedAnswer.ts';
import { complete } from '../../../src/api/client.ts';
import { parseConnection } from '../../../src/api/connection/connection.ts';
import { CompletionError } from '../../../src/api/errors.ts';
import type { CompletionEvent } from '../../../src/api/events.ts';
import { buildRequest } from '../../../src/api/request.ts';
import { createTransport } from '../../../src/network/createTransport.ts';
import { translator } from '../../../src/shared/l10n.ts';
import { longestAnswer, mostBodyBytes, mostSources } from '../../../src/shared/limits.ts';
import { closed, serveHttp } from '../network/localServer.ts';
import { bytes, delta, end, eventStream, gather, gatherUntilError } from './decoding.ts';

describe('an answer of a server that knows no end', () => {
  const transport = createTransport({ connectTimeout: 5000, firstByteTimeout: 5000, stallTimeout: 5000 });
  after(() => transport.close());

  function ask(port: number): AsyncGenerator<CompletionEvent, void> {
    const connection = parseConnection({ name: 'p', baseUrl: `http://127.0.0.1:${port}`, model: 'm' }, translator());
    assert.ok(connection.kind === 'connection');
    const messages = [{ role: 'user', content: 'Why?' }] as const;
    const request = buildRequest({ connection: connection.connection, messages }, () => 'sk-canary-0123456789');
    return complete(request, transport, new AbortController().signal);
  }

  const piece = (count: number): string => `data: ${JSON.stringify(delta(`${count} word`.padEnd(20_000)))}\n\n`;
  const thought = (count: number): string => piece(count).replace('"content"', '"reasoning_content"');

  /** Writes one event after the other until nobody reads any more. */
  function repeat(response: NodeJS.WritableStream, event: (count: number) => string): void {
    let count = 0;
    const write = (): void => {
      while (response.write(event((count += 1))));
    };
    response.on('drain', write).on('error', () => {});
    write();
  }

  it('is cut at 4 MB, says so, and leaves the connection', async () => {
    await using server = await serveHttp((_, response: ServerResponse) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      repeat(response, piece);
    });
    const answer = await gather(ask(server.port));
    assert.equal(answer.finishReason, 'tooLong');
    assert.equal(answer.text.length, longestAnswer);
    assert.ok(answer.text.startsWith('1 word'));
    await closed(await server.connection());
  });

  it('is cut there as well where it comes compressed', async () => {
    await using server = await serveHttp((_, response: ServerResponse) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Content-Encoding': 'gzip' });
      const gzip = createGzip();
      gzip.pipe(response);
      response.on('close', () => gzip.destroy());
      repeat(gzip, piece);
    });
    const { finishReason, text } = await gather(ask(server.port));
    assert.deepEqual([finishReason, text.length], ['tooLong', longestAnswer]);
  });

  it('counts its reasoning, and is an error where it was nothing else', async () => {
    await using server = await serveHttp((_, response: ServerResponse) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      repeat(response, thought);
    });
    const { answer, error } = await gatherUntilError(ask(server.port));
    assert.equal(answer.reasoning.length, longestAnswer);
    assert.ok(error instanceof CompletionError);
    assert.deepEqual(error.failure, { kind: 'emptyAnswer', finishReason: 'tooLong', reasoned: true });
  });

  it('is cut where its body holds hardly any text', async () => {
    const blanks = new Uint8Array(2 ** 24);
    async function* body(): AsyncGenerator<Uint8Array, void> {
      for (let sent = 0; sent < 2 * mostBodyBytes; sent += blanks.length) yield blanks;
    }
    let read = 0;
    const answer = await gather(
      boundedAnswer(body(), async function* (pieces) {
        yield { type: 'text', text: 'Yes' };
        for await (const { length } of pieces) read += length;
        yield { type: 'finish', reason: 'stop' };
      }),
    );
    assert.deepEqual([answer.text, answer.finishReason, read], ['Yes', 'tooLong', mostBodyBytes]);
  });
});

describe('an answer', () => {
  async function answerOf(...chunks: readonly object[]) {
    const { decodeStream } = await import('../../../src/api/decode.ts');
    return gather(boundedAnswer(bytes([eventStream(chunks)]), decodeStream));
  }

  it('ends as the server says where it is no longer than that', async () => {
    const half = 'a'.repeat(longestAnswer / 2);
    const { text, finishReason } = await answerOf(delta(half), delta(half), end('stop'));
    assert.deepEqual([text.length, finishReason], [longestAnswer, 'stop']);
  });

  it('has a few hundred sources at most, each of which can be shown', async () => {
    const title = 't'.repeat(10_000);
    const long = `https://a.example/${'p'.repeat(10_000)}`;
    const { citations } = await answerOf(
      delta('Yes [2].', {
        citations: [
          long,
          'https://b.example/',
          ...Array.from({ length: 1000 }, (_, index) => `https://c.example/${index}`),
        ],
        search_results: [{ url: 'https://b.example/', title, date: title }],
      }),
      end('stop'),
    );
    assert.equal(citations.length, mostSources);
    assert.equal(citations[0]?.url, '');
    assert.equal(citations[1]?.url, 'https://b.example/');
    for (const text of [citations[1].title, citations[1].date]) assert.match(text ?? '', /^t{100,300}…$/);
  });

  it('has an id and a model of one line', async () => {
    const { metadata } = await answerOf(
      { ...delta('Yes'), id: 'i'.repeat(10_000), model: '😀'.repeat(10_000) },
      end('stop'),
    );
    assert.match(metadata.id ?? '', /^i{100,200}…$/);
    assert.match(metadata.model ?? '', /^(?:😀){50,100}…$/u);
  });

  it('is whole where its last object is deeper than any stack', async () => {
    const deep = `{"choices":[{"delta":{},"finish_reason":"stop"}],"more":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    const body = `data: ${JSON.stringify(delta('Yes.'))}\n\ndata: ${deep}\n\ndata: [DONE]\n\n`;
    const { decodeStream } = await import('../../../src/api/decode.ts');
    const answer = await gather(boundedAnswer(bytes([body]), decodeStream));
    assert.deepEqual([answer.text, answer.finishReason], ['Yes.', 'stop']);
  });
});
