import type { Socket } from 'node:net';
import { TransportError, type TimeoutPhase } from './transportError.ts';
import type { Timeouts } from './transport.ts';

/** One request on its way: its clock, its connection while that is being made, and the cause of its end. */
export class Attempt {
  /** Aborts when the user cancels or the time is over. */
  readonly signal: AbortSignal;
  readonly #timeouts: Timeouts;
  readonly #user: AbortSignal;
  readonly #clock = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #connectError: Error | undefined;

  /** @param user Aborts when the user cancels. */
  constructor(timeouts: Timeouts, user: AbortSignal) {
    this.#timeouts = timeouts;
    this.#user = user;
    this.signal = AbortSignal.any([user, this.#clock.signal]);
    this.wait('firstByteTimeout');
  }

  /** The socket dies with the attempt: undici itself ends no connection that is still being made. */
  connecting(socket: Socket, connectedEvent: 'connect' | 'secureConnect'): void {
    const { signal } = this;
    const abort = (): void => {
      socket.destroy(signal.reason instanceof Error ? signal.reason : new Error('Aborted'));
    };
    const settle = (): void => signal.removeEventListener('abort', abort);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort);
    this.wait('connectTimeout');
    const fail = (error: Error): void => {
      settle();
      this.#connectError = error;
    };
    socket.once('error', fail);
    socket.once(connectedEvent, () => {
      settle();
      socket.off('error', fail);
      this.wait('firstByteTimeout');
    });
  }

  /** Starts the clock for what is waited for now. */
  wait(phase: TimeoutPhase): void {
    const milliseconds = this.#limit(phase);
    this.pause();
    this.#timer = setTimeout(() => this.#clock.abort(new TransportError(phase, { milliseconds })), milliseconds);
  }

  /** Stops the clock: nothing is waited for. */
  pause(): void {
    clearTimeout(this.#timer);
  }

  /** What to throw when the attempt ended with this error: the reason of a cancel, or a `TransportError`. */
  explain(error: unknown): unknown {
    this.pause();
    if (this.#user.aborted) return this.#user.reason;
    if (this.#clock.signal.aborted) return this.#clock.signal.reason;
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
