import '../../media/chat.css';
import { render } from 'preact';
import { announcement } from './announcement.ts';
import { perFrame } from './frames.ts';
import { onBatch, post } from './host.ts';
import { openLinksInHost } from './links.ts';
import { receiveHighlighting } from './markdown/highlight.ts';
import { reduce, type State } from './state.ts';
import { App } from './view/app.tsx';

let state: State | undefined;
let shown: State | undefined;
let announced = '';
let sequence: number | undefined;

const show = perFrame(() => {
  if (state) {
    announced = announcement(shown, state) ?? announced;
    shown = state;
    render(<App state={state} announced={announced} />, document.body);
  }
  if (sequence !== undefined) post({ type: 'taken', sequence });
  sequence = undefined;
});

onBatch((batch) => {
  for (const message of batch.messages) {
    state = reduce(state, message);
    receiveHighlighting(message);
  }
  ({ sequence } = batch);
  show();
});

openLinksInHost();
post({ type: 'ready' });
