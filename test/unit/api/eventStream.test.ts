import assert from 'node:assert/strict';
import { decodePieces } from './decoding.ts';

/** What the HTML standard (9.2, server-sent events) says of a stream; `§x` is a chunk with the text x. */
const cases: readonly (readonly [rule: string, stream: string, text: string])[] = [
  ['a blank line ends an event', 'data: §a\n\ndata: §b\n\n', 'ab'],
  ['further blank lines end nothing', '\n\ndata: §a\n\n\n\ndata: §b\n\n\n', 'ab'],
  ['no blank is needed behind the colon', 'data:§a\n\n', 'a'],
  ['one blank behind the colon is taken away, others belong to the value', 'data:   §a\n\n', 'a'],
  ['a tab behind the colon belongs to the value', 'data:\t§a\n\n', 'a'],
  [
    'the lines of a value are joined',
    'data: {"choices":[{"index":0,\ndata: "delta":{"content":\ndata: "a"}}]}\n\n',
    'a',
  ],
  ['a line that begins with a colon is a comment', ': hello\n\n:\ndata: §a\n: within\n\n:data: §x\n\n', 'a'],
  ['a name alone has an empty value', 'data\n\ndata\ndata\n\ndata:\n\ndata: §a\n\n', 'a'],
  ['an unknown name is left out', 'test: 1\ndata: §a\nmore\n\n', 'a'],
  ['a name that begins with a blank is an unknown one', ' data: §x\n\ndata: §a\n\n', 'a'],
  ['names are lower case', 'Data: §x\nDATA: §x\ndata: §a\n\n', 'a'],
  ['a blank before the colon belongs to the name', 'data : §x\n\ndata: §a\n\n', 'a'],
  ['event, id and retry are no data', 'event: message\nid: 1\nretry: 500\ndata: §a\n\nid\nevent: delta\n\n', 'a'],
  ['an id with NUL is left out', 'id: a\0b\ndata: §a\n\n', 'a'],
  ['retry with letters is left out', 'retry: soon\ndata: §a\n\n', 'a'],
  ['a line may end with CR', 'data: §a\r\rdata: §b\r\r', 'ab'],
  ['a line may end with CR LF', 'data: §a\r\n\r\ndata: §b\r\n\r\n', 'ab'],
  ['the three ends of lines may be mixed', 'data: §a\n\r\ndata: §b\r\rdata: §c\r\n\n', 'abc'],
  ['CR and LF in one are one end, LF and CR are two', 'data: §a\n\rdata: §b\n\r\n', 'ab'],
  ['a byte order mark at the start is left out', '\ufeffdata: §a\n\n', 'a'],
  ['one in the middle belongs to the name', 'data: §a\n\n\ufeffdata: §x\n\ndata: §b\n\n', 'ab'],
  ['characters of several bytes may be cut', 'data: §漢字🙂é\n\n', '漢字🙂é'],
  ['a separator of JavaScript ends no line', 'data: §a\u2028b\u0085c\n\n', 'a\u2028b\u0085c'],
];

describe('an event stream', () => {
  for (const [rule, stream, text] of cases) {
    const bytes = Buffer.from(stream.replaceAll(/§(a\u2028b\u0085c|[^\s:]+)/g, (_, content) => chunk(content)));
    const oneByOne = Array.from(bytes, (byte) => Buffer.of(byte));

    it(rule, async () => {
      assert.equal((await decodePieces(bytes, ending)).text, text);
      assert.equal((await decodePieces(...oneByOne, ending)).text, text);
    });
  }

  it('may end without the blank line, unlike what the standard says: servers close early', async () => {
    assert.equal((await decodePieces(`data: ${chunk('a')}\n\ndata: ${chunk('b')}`)).text, 'ab');
  });
});

const ending = '\n\ndata: [DONE]\n\n';

function chunk(content: string): string {
  return JSON.stringify({ choices: [{ index: 0, delta: { content } }] });
}
