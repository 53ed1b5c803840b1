import { approachCodeBlocks } from './codeBlock.ts';
import { watchNearView } from './nearView.ts';

/** Blocks per part: enough to need few parts, few enough to lay out and paint at once. */
const capacity = 12;

/**
 * A run of blocks of an answer. Far from the viewport, it costs no layout, paint or highlighting. Watching the distance
 * costs the browser something per part, so a part has several blocks.
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

  /** A block of the part was written. */
  written(): void {
    approachCodeBlocks(this.element, this.#near);
  }
}
