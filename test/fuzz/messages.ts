import assert from 'node:assert/strict';
import { parseToHost } from '../../src/chat/toHost.ts';
import type { ToHost } from '../../src/shared/protocol.ts';
import { anyObject, anyValue } from './pieces.ts';
import type { Random } from './random.ts';
import type { FuzzTarget } from './target.ts';

/** For each message one that a page may post; a message that is missing here does not compile. */
const valid: { readonly [Type in ToHost['type']]: Extract<ToHost, { type: Type }> } = {
  ready: { type: 'ready' },
  taken: { type: 'taken', sequence: 1 },
  inputFocused: { type: 'inputFocused' },
  draftChanged: { type: 'draftChanged', text: 'Why?' },
  ask: { type: 'ask', text: 'Why?', tooLong: 'sendAll' },
  stop: { type: 'stop' },
  newChat: { type: 'newChat' },
  connect: { type: 'connect' },
  openSettings: { type: 'openSettings' },
  complete: { type: 'complete', trigger: '#', query: 'a' },
  attach: { type: 'attach', id: 'a' },
  addContext: { type: 'addContext' },
  attachUris: { type: 'attachUris', uris: ['file:///a'] },
  attachPaths: { type: 'attachPaths', paths: ['/a'] },
  selectConnection: { type: 'selectConnection' },
  showRequest: { type: 'showRequest', text: 'Why?' },
  setParameter: { type: 'setParameter', name: 'top_k', value: 1 },
  revokeRefusal: { type: 'revokeRefusal', parameter: 'top_k' },
  skipWait: { type: 'skipWait' },
  removeAttachment: { type: 'removeAttachment', id: 'a' },
  openAttachment: { type: 'openAttachment', id: 'a' },
  openLink: { type: 'openLink', url: 'https://a.example' },
  copyAnswer: { type: 'copyAnswer', turnId: 't' },
  turn: { type: 'turn', action: 'regenerate', turnId: 't' },
  edit: { type: 'edit', turnId: 't', text: 'Why?' },
  unqueue: { type: 'unqueue' },
  code: { type: 'code', action: 'copy', turnId: 't', code: 'x', language: 'ts' },
  highlight: { type: 'highlight', block: 0, from: 0, language: 'ts', lines: ['x'] },
  errorAction: { type: 'errorAction', turnId: 't', action: 'retry' },
};

const types = Object.keys(valid) as [ToHost['type'], ...ToHost['type'][]];
const words = [...types, ...Object.values(valid).flatMap(Object.keys), 'hasOwnProperty'] as [string, ...string[]];

/** What a page posts is taken as it stands or not at all; and never where a field is of another type than it should be. */
export const pageMessages: FuzzTarget = {
  name: 'messages of the page',
  run(random) {
    // They are many kinds, and small.
    for (let times = 0; times < 40; times += 1) {
      takes(random.once(5) ? anyValue(random, 3, words) : damaged(valid[random.pick(types)], random));
    }
  },
};

function takes(value: unknown): void {
  const message = parseToHost(value);
  if (message === undefined) {
    assert.ok(!Object.values(valid).some((known) => isLike(value, known)), `not taken: ${JSON.stringify(value)}`);
    return;
  }
  assert.equal(message, value);
  assert.ok(Object.hasOwn(valid, message.type));
  const { tooLong: _optional, ...known }: Partial<Record<string, unknown>> = { ...valid[message.type] };
  for (const [name, field] of Object.entries(known)) {
    const posted: unknown = Reflect.get(message, name);
    if (name === 'value') assert.ok(posted === null || typeof posted === 'number');
    else assert.equal(typeof posted, typeof field, `${message.type}.${name}`);
    if (Array.isArray(field)) assert.ok(Array.isArray(posted) && posted.every((each) => typeof each === 'string'));
  }
}

/** The message with up to two fields replaced by anything, left out or added. */
function damaged(message: ToHost, random: Random): unknown {
  const fields: Record<string, unknown> = { ...message, ...(random.once(4) && anyObject(random, 2, words)) };
  for (let times = random.below(3); times > 0; times -= 1) {
    const name = random.pick(Object.keys(fields) as [string, ...string[]]);
    if (random.once(4)) delete fields[name];
    else fields[name] = anyValue(random, 2, words);
  }
  return fields;
}

function isLike(value: unknown, known: ToHost): boolean {
  return JSON.stringify(value) === JSON.stringify(known);
}
