/** A value that is created on first use and kept. A failure is retried on the next use. */
export class Lazy<Made> {
  readonly #make: () => Promise<Made>;
  #making: Promise<Made> | undefined;
  #made: Made | undefined;

  constructor(make: () => Promise<Made>) {
    this.#make = make;
  }

  /** The value; undefined until it has been created. */
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
