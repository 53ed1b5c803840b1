import { AnswerBody } from './answerBody.ts';

/** A bit of everything that an answer may begin with. Code is left out: its colours would be asked for. */
const sample =
  '## One\n\nTwo **three** `four` [five](https://example.com) [1].\n\n- six\n- _seven_\n\n1. eight\n\nNine.\n';

let isBegun = false;

/**
 * Writes an answer where nobody sees it, once, when the page has nothing else to do. A browser compiles code when it runs
 * first, and the first words would wait for that.
 */
export function rehearseAnswer(): void {
  if (!isBegun) requestIdleCallback(write);
  isBegun = true;
}

function write(): void {
  const body = new AnswerBody({ t: (text) => text, target: undefined, act: () => undefined });
  for (let length = 1; length < sample.length; length += 4) body.update(sample.slice(0, length), [], false);
  body.update(sample, [{ url: 'https://example.com' }], true);
  body.dispose();
}
