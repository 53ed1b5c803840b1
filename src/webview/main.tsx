import './styles/base.css';
import './styles/page.css';
import './styles/chip.css';
import './styles/question.css';
import './styles/answer.css';
import './styles/sources.css';
import './styles/sourceCard.css';
import './styles/answerFooter.css';
import './styles/details.css';
import './styles/markdown.css';
import './styles/code.css';
import './styles/completionList.css';
import './styles/composer.css';
import './styles/parameters.css';
import './styles/forced.css';
import { render } from 'preact';
import { announcement } from './announcement.ts';
import type { ToPage } from '../shared/protocol.ts';
import { copyInBothForms } from './copy.ts';
import { perFrame } from './frames.ts';
import { onBatch, post } from './host.ts';
import { openLinksInHost } from './links.ts';
import { receiveHighlighting } from './markdown/highlight.ts';
import { areLibrariesLoaded, loadLibraries } from './markdown/loadLibraries.ts';
import { showSourceCards } from './sourceCard.ts';
import { reduce, type State } from './state.ts';
import { App } from './view/app.tsx';

let state: State | undefined;
let shown: State | undefined;
let announced = '';
let sequence: number | undefined;
/** Color messages since the last frame. The DOM is only written in frames, so it is laid out once. */
let colors: ToPage[] = [];

const show = perFrame(() => {
  // Shows nothing of a conversation until all of it can be shown: the scroll position depends on its height.
  if (state && state.turns.length > 0 && !areLibrariesLoaded()) return void loadLibraries().then(show);
  if (state) {
    announced = announcement(shown, state) ?? announced;
    shown = state;
    render(<App state={state} announced={announced} />, document.body);
  }
  for (const message of colors) receiveHighlighting(message);
  colors = [];
  if (sequence !== undefined) post({ type: 'taken', sequence });
  sequence = undefined;
  // An answer may arrive soon.
  requestIdleCallback(() => void loadLibraries());
});

onBatch((batch) => {
  for (const message of batch.messages) {
    state = reduce(state, message);
    if (message.type === 'highlighted' || message.type === 'highlightingChanged') colors.push(message);
  }
  ({ sequence } = batch);
  show();
});

openLinksInHost();
copyInBothForms();
showSourceCards();
post({ type: 'ready' });
