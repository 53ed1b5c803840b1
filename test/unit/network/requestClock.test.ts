import assert from 'node:assert/strict';
import { Socket } from 'node:net';
import { RequestClock } from '../../../src/network/requestClock.ts';

const timeouts = { connectTimeout: 5000, firstByteTimeout: 5000, stallTimeout: 5000 };

describe('RequestClock', () => {
  it('closes a connection that opens as the request is cancelled', async () => {
    const user = new AbortController();
    const socket = new Socket();
    const clock = new RequestClock(timeouts, user.signal);
    const connecting = clock.connect(async () => {
      user.abort();
      return socket;
    });
    await assert.rejects(connecting, { name: 'AbortError' });
    assert.ok(socket.destroyed);
  });
});
