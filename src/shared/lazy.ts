/** What is made when it is wanted first, and kept. What failed is tried again. */
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
    this.#making ??= this.#begin();
    return this.#making;
  }

  async #begin(): Promise<Made> {
    try {
      return (this.#made = await this.#make());
    } catch (error) {
      this.#making = undefined;
      throw error;
    }
  }
}
