import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Readiness } from '../../shared/protocol.ts';
import { Follower } from '../follow.ts';
import { remember, remembered } from '../host.ts';
import { whenIdle } from '../idle.ts';
import { isOpen, type ShownTurn } from '../state.ts';
import { Guidance } from './emptyState.tsx';
import { Icon } from './icon.tsx';
import { Quote } from './quote.tsx';
import { useTranslate } from './translator.ts';
import { Turn } from './turn.tsx';

/** Turns rendered at once. */
const atOnce = 6;
/** Earlier turns rendered per idle period. */
const perRest = 3;

interface ConversationProps {
  readonly id: string;
  readonly turns: readonly ShownTurn[];
  readonly readiness: Readiness;
}

/**
 * The turns in a scroll area that follows its end while the reader is there. A long conversation shows its end at once;
 * earlier turns, which are out of view, are added later.
 */
export function Conversation({ id, turns, readiness }: ConversationProps) {
  const t = useTranslate();
  const area = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLOListElement>(null);
  const follower = useRef<Follower>(undefined);
  const [following, setFollowing] = useState(true);
  const busy = turns.some(({ view }) => isOpen(view.answer.status.kind));
  const server = readiness.kind === 'ready' ? readiness.connection.server : '';

  const [place] = useState(() => placeIn(id));
  const [unwritten, setUnwritten] = useState(place === undefined ? Math.max(0, turns.length - atOnce) : 0);
  useEffect(() => {
    if (unwritten > 0) whenIdle(() => setUnwritten(Math.max(0, unwritten - perRest)));
  }, [unwritten]);

  useLayoutEffect(() => {
    if (!area.current || !content.current) return undefined;
    const created = new Follower(area.current, content.current, setFollowing);
    follower.current = created;
    if (place !== undefined) created.restore(place);
    return () => created.dispose();
  }, []);
  const last = turns.at(-1)?.view.id;
  const known = useRef(last);
  useLayoutEffect(() => {
    // After asking, the reader wants to see the answer, even one that arrives at once; while browsing alternatives the
    // position stays.
    const isNew = last !== known.current;
    const isAppended = turns.at(-2)?.view.id === known.current;
    if (isNew && (busy || isAppended)) follower.current?.follow();
    known.current = last;
  }, [last, busy]);
  // Pressing it removes the button; keyboard users continue from the latest answer.
  const jump = () => {
    const answers = content.current?.querySelectorAll<HTMLElement>('.answer');
    const latest = answers?.[answers.length - 1];
    if (latest) {
      latest.tabIndex = -1;
      latest.addEventListener('blur', () => latest.removeAttribute('tabindex'), { once: true });
      latest.focus({ preventScroll: true });
    }
    follower.current?.follow();
  };
  const scrolled = () =>
    remember({ conversation: id, scrollTop: following ? undefined : (area.current?.scrollTop ?? 0) });
  useEffect(scrolled, [id, following]);

  return (
    <section class="conversation" aria-label={t('Chat')}>
      <h1 class="visually-hidden">{t('Chat')}</h1>
      <div class={following ? 'scroll-area following' : 'scroll-area'} ref={area} onScrollEnd={scrolled}>
        <ol class="turns" ref={content}>
          {turns.slice(unwritten).map(({ view, revision }) => (
            <Turn key={view.id} turn={view} revision={revision} server={server} busy={busy} t={t} />
          ))}
          {readiness.kind !== 'ready' && (
            <li class="guidance">
              <Guidance readiness={readiness} />
            </li>
          )}
        </ol>
      </div>
      <Quote />
      {!following && (
        <button type="button" class="jump" onClick={jump}>
          <Icon name="arrowDown" />
          {t('Jump to latest')}
        </button>
      )}
    </section>
  );
}

/** The reader's position in pixels from the top; undefined at the end. */
function placeIn(id: string): number | undefined {
  const { conversation, scrollTop } = remembered();
  return conversation === id ? scrollTop : undefined;
}
