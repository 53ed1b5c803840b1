import type { Random } from './random.ts';

/** Something that takes input from outside, and what must hold of it whatever comes. */
export interface FuzzTarget {
  readonly name: string;
  /** Makes an input from the random numbers. @throws when what must hold does not. */
  run(random: Random): Promise<void> | void;
}
