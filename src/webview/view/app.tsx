import { useLayoutEffect } from 'preact/hooks';
import { remember } from '../host.ts';
import { isAnswering, type State } from '../state.ts';
import { Composer } from './composer.tsx';
import { Conversation } from './conversation.tsx';
import { EmptyState } from './emptyState.tsx';
import { Translator } from './translator.ts';

/** The whole page. */
export function App({ state, announced }: { state: State; announced: string }) {
  const { page, conversation, turns, readiness, fontSize, t } = state;
  useLayoutEffect(() => remember({ page }), [page]);
  useLayoutEffect(() => {
    const root = document.documentElement.style;
    if (fontSize > 0) root.setProperty('--font-size', `${fontSize}px`);
    else root.removeProperty('--font-size');
  }, [fontSize]);
  return (
    <Translator.Provider value={t}>
      <main class="app">
        {turns.length === 0 ? (
          <EmptyState readiness={readiness} />
        ) : (
          <Conversation key={conversation} id={conversation} turns={turns} readiness={readiness} />
        )}
        <Composer state={state} answering={isAnswering(state)} />
        <div class="visually-hidden" role="status">
          {announced}
        </div>
      </main>
    </Translator.Provider>
  );
}
