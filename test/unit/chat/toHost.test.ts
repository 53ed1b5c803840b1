import assert from 'node:assert/strict';
import { parseToHost } from '../../../src/chat/toHost.ts';

describe('messages from the page', () => {
  for (const message of [
    { type: 'ready' },
    { type: 'taken', sequence: 3 },
    { type: 'ask', text: 'Why?' },
    { type: 'code', action: 'replace', turnId: 't', code: 'x', language: 'ts' },
    { type: 'highlight', block: 0, language: 'ts', from: 0, lines: ['a', ''] },
    { type: 'errorAction', turnId: 't', action: 'setApiKey' },
  ]) {
    it(`takes ${message.type}`, () => assert.deepEqual(parseToHost(message), message));
  }

  for (const value of [
    null,
    undefined,
    'ready',
    [],
    {},
    { type: 'unknown' },
    { type: 'toString' },
    { type: '__proto__' },
    { type: ['ready'] },
    { type: 'ask' },
    { type: 'ask', text: 1 },
    { type: 'taken', sequence: 1.5 },
    { type: 'code', action: 'run', turnId: 't', code: 'x', language: 'ts' },
    { type: 'code', action: 'constructor', turnId: 't', code: 'x', language: 'ts' },
    { type: 'code', action: 'copy', turnId: 't' },
    { type: 'highlight', block: 0, language: 'ts', from: -1, lines: [] },
    { type: 'highlight', block: 0, language: 'ts', from: 0, lines: 'a' },
    { type: 'highlight', block: 0, language: 'ts', from: 0, lines: [1] },
  ]) {
    it(`refuses ${JSON.stringify(value)}`, () => assert.equal(parseToHost(value), undefined));
  }
});
