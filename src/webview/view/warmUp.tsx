import { render } from 'preact';
import type { Translate } from '../../shared/l10n.ts';
import type { AnswerView } from '../../shared/protocol.ts';
import { loadLibraries } from '../markdown/loadLibraries.ts';
import { Translator } from './translator.ts';
import { Turn } from './turn.tsx';

/** Samples of everything an answer may begin with, except code, which would request highlighting. */
const sample =
  '## One\n\nTwo **three** _four_ `five` [six](https://example.com) [1].\n\n- seven\n\n1. eight\n\nNine.\n';

let isBegun = false;

/** Renders a sample turn off-screen once while idle, so code is compiled and fonts are loaded before the first answer. */
export function warmUpTurn(t: Translate): void {
  if (!isBegun) void loadLibraries().then(() => requestIdleCallback(() => renderSample(t)));
  isBegun = true;
}

function renderSample(t: Translate): void {
  const container = document.createElement('div');
  container.className = 'warm-up';
  container.inert = true;
  document.body.append(container);
  write(container, t, { ...empty, status: { kind: 'waiting' } });
  for (let length = 1; length < sample.length; length += 8)
    write(container, t, { ...empty, text: sample.slice(0, length) });
  // Layout happens in the next frame.
  requestAnimationFrame(() =>
    requestIdleCallback(() => {
      render(null, container);
      container.remove();
    }),
  );
}

function write(container: Element, t: Translate, answer: AnswerView): void {
  const turn = { id: 'warm-up', question: 'One?', attachments: [], alternatives: [], answer };
  render(
    <Translator.Provider value={t}>
      <Turn turn={turn} revision={0} server="" busy t={t} />
    </Translator.Provider>,
    container,
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
