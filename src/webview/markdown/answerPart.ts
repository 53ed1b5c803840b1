import { approachCodeBlocks } from './codeBlock.ts';
import { watchNearView } from './nearView.ts';

/** Blocks in a part: many enough for few parts, few enough to be laid out and painted at once. */
const capacity = 12;

/**
 * A run of blocks of an answer. What is far from the view costs neither layout nor paint nor colours, and to know what is
 * far costs the browser something for each part, which is why it is no single block.
 */
export class AnswerPart {
  readonly element = document.createElement('div');
  #near = false;

  constructor() {
    this.element.className = 'answer-part';
    watchNearView(this.element, (near) => {
      this.#near = near;
      this.written();
    });
  }

  get isFull(): boolean {
    return this.element.childElementCount >= capacity;
  }

  /** Something in it was written. */
  written(): void {
    approachCodeBlocks(this.element, this.#near);
  }
}
