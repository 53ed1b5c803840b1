/** What is made when it is wanted first, and kept. */
export class Lazy<Made> {
  readonly #make: () => Promise<Made>;
  #making: Promise<Made> | undefined;
  #made: Made | undefined;

  constructor(make: () => Promise<Made>) {
    this.#make = make;
  }

  /** Absent: nobody has wanted it yet, or it is still being made. */
  get made(): Made | undefined {
    return this.#made;
  }

  load(): Promise<Made> {
    this.#making ??= this.#make().then((made) => (this.#made = made));
    return this.#making;
  }
}
