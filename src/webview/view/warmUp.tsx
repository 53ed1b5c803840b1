import { render } from 'preact';
import type { Translate } from '../../shared/l10n.ts';
import type { AnswerView } from '../../shared/protocol.ts';
import { loadLibraries } from '../markdown/loadLibraries.ts';
import { Translator } from './translator.ts';
import { Turn } from './turn.tsx';

/** A bit of everything that an answer may begin with. Code is left out: its colours would be asked for. */
const sample =
  '## One\n\nTwo **three** _four_ `five` [six](https://example.com) [1].\n\n- seven\n\n1. eight\n\nNine.\n';

let isBegun = false;

/**
 * Writes a question with its answer where nobody sees it, once, when the page has nothing else to do. A browser compiles
 * code and loads fonts when it needs them first, and the first words would wait for that.
 */
export function rehearseTurn(t: Translate): void {
  if (!isBegun) void loadLibraries().then(() => requestIdleCallback(() => rehearse(t)));
  isBegun = true;
}

function rehearse(t: Translate): void {
  const stage = document.createElement('div');
  stage.className = 'rehearsal';
  stage.inert = true;
  document.body.append(stage);
  write(stage, t, { ...empty, status: { kind: 'waiting' } });
  for (let length = 1; length < sample.length; length += 8)
    write(stage, t, { ...empty, text: sample.slice(0, length) });
  // It is laid out with the next frame.
  requestAnimationFrame(() =>
    requestIdleCallback(() => {
      render(null, stage);
      stage.remove();
    }),
  );
}

function write(stage: Element, t: Translate, answer: AnswerView): void {
  const turn = { id: 'rehearsal', question: 'One?', attachments: [], alternatives: [], answer };
  render(
    <Translator.Provider value={t}>
      <Turn turn={turn} revision={0} server="" busy t={t} />
    </Translator.Provider>,
    stage,
  );
}

const empty: AnswerView = {
  status: { kind: 'streaming' },
  text: '',
  reasoning: '',
  citations: [{ url: 'https://example.com' }],
  metadata: {},
  connection: '',
  model: '',
};
