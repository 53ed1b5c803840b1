import type { Wire } from './wire.ts';

/** Keeps a rate on average: a late timer is made up for, so that the rate asked for is the rate measured. */
export class Pacer {
  readonly #milliseconds: number;
  #start: number | undefined;

  /** @param perSecond `Infinity`: never waits. */
  constructor(perSecond: number) {
    this.#milliseconds = 1000 / perSecond;
  }

  /** Waits until the turn with this index, from 0, is due.
   * @throws {Gone} */
  async turn(wire: Wire, index: number): Promise<void> {
    if (this.#milliseconds === 0) {
      return;
    }
    this.#start ??= performance.now();
    const wait = this.#start + index * this.#milliseconds - performance.now();
    if (wait > 0) {
      await wire.pause(wait);
    }
  }
}
