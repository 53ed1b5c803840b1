import assert from 'node:assert/strict';
import { Socket } from 'node:net';
import { Attempt } from '../../../src/network/requestClock.ts';

const timeouts = { connectTimeout: 5000, firstByteTimeout: 5000, stallTimeout: 5000 };

describe('an attempt', () => {
  it('closes a connection that stands at the moment of the cancel', async () => {
    const user = new AbortController();
    const socket = new Socket();
    const attempt = new Attempt(timeouts, user.signal);
    const connecting = attempt.connect(async () => {
      user.abort();
      return socket;
    });
    await assert.rejects(connecting, { name: 'AbortError' });
    assert.ok(socket.destroyed);
  });
});
