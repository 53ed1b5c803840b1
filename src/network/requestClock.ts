import type { Socket } from 'node:net';
import { TransportError, type TimeoutPhase } from './transportError.ts';
import type { Timeouts } from './transport.ts';

/** One request on its way: its clock, its connection while that is being made, and the cause of its end. */
export class Attempt {
  readonly #timeouts: Timeouts;
  readonly #user: AbortSignal;
  readonly #end = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #connectError: unknown;

  /**
   * @param user Aborts when the user cancels.
   * @throws Its reason, if that has happened already.
   */
  constructor(timeouts: Timeouts, user: AbortSignal) {
    user.throwIfAborted();
    this.#timeouts = timeouts;
    this.#user = user;
    this.wait('firstByteTimeout');
    // Node never collects a signal of `AbortSignal.any` that somebody listens to, so the two are joined by hand.
    const cancel = (): void => {
      this.pause();
      this.#end.abort(user.reason);
    };
    user.addEventListener('abort', cancel, { once: true });
  }

  /** Aborts when the user cancels or the time is over. */
  get signal(): AbortSignal {
    return this.#end.signal;
  }

  /** Makes its connection, on the clock for that. `open` must end when its signal aborts. */
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

  /** Notes that the request was not sent, and why. */
  neverSent(error: unknown): void {
    this.#connectError = error;
  }

  /** Starts the clock for what is waited for now. */
  wait(phase: TimeoutPhase): void {
    const milliseconds = this.#limit(phase);
    this.pause();
    this.#timer = setTimeout(() => this.#end.abort(new TransportError(phase, { milliseconds })), milliseconds);
  }

  /** Stops the clock: nothing is waited for. */
  pause(): void {
    clearTimeout(this.#timer);
  }

  /** What to throw when the attempt ended with this error: the reason of a cancel, or a `TransportError`. */
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
