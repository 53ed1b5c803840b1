import assert from 'node:assert/strict';
import { parseToHost } from '../../src/panel/toHost.ts';
import { anyObject, anyValue } from './pieces.ts';
import type { FuzzTarget } from './target.ts';

const words = [
  'type',
  'ready',
  'taken',
  'sequence',
  'inputFocused',
  'draftChanged',
  'text',
  'ask',
  'stop',
  'newChat',
  'openLink',
  'url',
  'code',
  'action',
  'copy',
  'insert',
  'replace',
  'turnId',
  'highlight',
  'block',
  'language',
  'from',
  'lines',
  'errorAction',
  'retry',
  'id',
  'removeAttachment',
  'openAttachment',
  'copyAnswer',
  'connect',
  'openSettings',
  'hasOwnProperty',
] as const;

/** What a page posts is taken as it stands or not at all. */
export const pageMessages: FuzzTarget = {
  name: 'messages of the page',
  run(random) {
    const value = random.once(5)
      ? anyValue(random, 3, words)
      : { ...anyObject(random, 3, words), type: anyValue(random, 1, words) };
    const message = parseToHost(value);
    if (message === undefined) return;
    assert.equal(message, value);
    assert.equal(typeof message.type, 'string');
    assert.ok(Object.hasOwn(message, 'type'));
    if (message.type === 'ask') assert.equal(typeof message.text, 'string');
    if (message.type === 'openLink') assert.equal(typeof message.url, 'string');
    if (message.type === 'highlight') assert.ok(message.lines.every((line) => typeof line === 'string'));
  },
};
