import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { constants, createGzip } from 'node:zlib';

/** How the bytes of one response travel. */
export interface Transport {
  readonly gzip?: boolean;
  /** One byte a segment. */
  readonly byteByByte?: boolean;
  /** Neither a length nor chunks: the body ends where the connection does, as in HTTP/1.0. */
  readonly closeWithoutLength?: boolean;
  /** The connection is torn down after this many bytes of the body. */
  readonly resetAfter?: number;
}

/** Thrown out of whatever is being written when the client has gone or the connection was torn down. */
export class Gone extends Error {}

/** One response as the writers of bodies see it: waits for the client to read, and ends in `Gone` when it leaves. */
export class Wire {
  readonly #response: ServerResponse;
  readonly #transport: Transport;
  readonly #abort = new AbortController();
  #body: Writable;
  #written = 0;

  constructor(response: ServerResponse, transport: Transport = {}) {
    this.#response = response;
    this.#transport = transport;
    this.#body = response;
    response.once('close', () => this.#abort.abort());
  }

  /** Sends the head at once, so that a client sees the status before the first byte of the body. */
  start(status: number, headers: Readonly<Record<string, string>>): void {
    const response = this.#response;
    if (this.#transport.closeWithoutLength === true) {
      response.setHeader('connection', 'close');
      response.removeHeader('transfer-encoding');
    }
    if (this.#transport.gzip === true) {
      response.setHeader('content-encoding', 'gzip');
      this.#body = createGzip({ flush: constants.Z_SYNC_FLUSH });
      this.#body.pipe(response);
    }
    response.writeHead(status, headers);
    response.flushHeaders();
  }

  /** @throws {Gone} */
  async write(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    const { byteByByte = false, resetAfter = Infinity } = this.#transport;
    const step = byteByByte ? 1 : bytes.length;
    for (let start = 0; start < bytes.length; start += step) {
      const part = bytes.subarray(start, Math.min(start + step, resetAfter - this.#written + start));
      await this.#writeBytes(part);
      this.#written += part.length;
      if (this.#written >= resetAfter) {
        await this.#reset();
      }
      if (byteByByte) {
        await nextTurn();
      }
    }
  }

  /** @throws {Gone} */
  async pause(milliseconds: number): Promise<void> {
    await delay(milliseconds, undefined, { signal: this.#abort.signal }).catch(rethrowGone);
  }

  /** Waits until the client leaves.
   * @throws {Gone} */
  async stall(): Promise<never> {
    await new Promise((resolve) => this.#abort.signal.addEventListener('abort', resolve, { once: true }));
    throw new Gone();
  }

  end(): void {
    this.#body.end();
  }

  /** Closes the connection in an orderly way in the middle of a body.
   * @throws {Gone} */
  async close(): Promise<never> {
    const { socket } = this.#response;
    await new Promise<void>((resolve) => (socket === null ? resolve() : socket.end(resolve)));
    throw new Gone();
  }

  async #writeBytes(bytes: Uint8Array): Promise<void> {
    if (this.#abort.signal.aborted) {
      throw new Gone();
    }
    if (!this.#body.write(bytes)) {
      await once(this.#body, 'drain', { signal: this.#abort.signal }).catch(rethrowGone);
    }
  }

  /** The bytes leave first: a reset at once would take back those still in the kernel's buffer. */
  async #reset(): Promise<never> {
    await this.pause(20);
    this.#response.socket?.resetAndDestroy();
    throw new Gone();
  }
}

function rethrowGone(): never {
  throw new Gone();
}
