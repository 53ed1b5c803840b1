import type { Socket } from 'node:net';
import { TransportError, type TimeoutPhase } from './transportError.ts';
import type { Timeouts } from './transport.ts';

/** One request: its timeouts, its connection while that is being opened, and why it ended. */
export class RequestClock {
  readonly #timeouts: Timeouts;
  readonly #user: AbortSignal;
  readonly #end = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #connectError: unknown;

  /**
   * @param user Aborts when the user cancels.
   * @throws The signal's reason if it is already aborted.
   */
  constructor(timeouts: Timeouts, user: AbortSignal) {
    user.throwIfAborted();
    this.#timeouts = timeouts;
    this.#user = user;
    this.wait('firstByteTimeout');
    // Node never collects an `AbortSignal.any` signal that has listeners, so the two are joined by hand.
    const cancel = (): void => {
      this.pause();
      this.#end.abort(user.reason);
    };
    user.addEventListener('abort', cancel, { once: true });
  }

  /** Aborts on cancel or timeout. */
  get signal(): AbortSignal {
    return this.#end.signal;
  }

  /** Opens the connection under the connect timeout. `open` must reject when its signal aborts. */
  async connect(open: (signal: AbortSignal) => Promise<Socket>): Promise<Socket> {
    this.wait('connectTimeout');
    try {
      const socket = await open(this.signal);
      if (this.signal.aborted) socket.destroy();
      this.signal.throwIfAborted();
      this.wait('firstByteTimeout');
      return socket;
    } catch (error) {
      this.neverSent(error);
      throw error;
    }
  }

  /** Records that the request was not sent, and why. */
  neverSent(error: unknown): void {
    this.#connectError = error;
  }

  /** Starts the timeout of this phase. */
  wait(phase: TimeoutPhase): void {
    const milliseconds = this.#limit(phase);
    this.pause();
    this.#timer = setTimeout(() => this.#end.abort(new TransportError(phase, { milliseconds })), milliseconds);
  }

  /** Stops the timeout while nothing is awaited. */
  pause(): void {
    clearTimeout(this.#timer);
  }

  /** Converts the error that ended the request: the user's cancel reason, or a `TransportError`. */
  explain(error: unknown): unknown {
    this.pause();
    if (this.#user.aborted) return this.#user.reason;
    if (this.signal.aborted) return this.signal.reason;
    if (this.#connectError) return new TransportError('connect', { cause: this.#connectError });
    return new TransportError('lost', { cause: error });
  }

  #limit(phase: TimeoutPhase): number {
    switch (phase) {
      case 'connectTimeout':
        return this.#timeouts.connectTimeout;
      case 'firstByteTimeout':
        return this.#timeouts.firstByteTimeout;
      case 'stalled':
        return this.#timeouts.stallTimeout;
      default:
        return phase satisfies never;
    }
  }
}
