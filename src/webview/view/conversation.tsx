import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Readiness } from '../../shared/protocol.ts';
import { Follower } from '../follow.ts';
import { remember, remembered } from '../host.ts';
import type { ShownTurn } from '../state.ts';
import { Guidance } from './emptyState.tsx';
import { Icon } from './icon.tsx';
import { useTranslate } from './translator.ts';
import { Turn } from './turn.tsx';

interface ConversationProps {
  readonly id: string;
  readonly turns: readonly ShownTurn[];
  readonly readiness: Readiness;
}

/** The turns, in a scroll area that follows its end while the reader is there. */
export function Conversation({ id, turns, readiness }: ConversationProps) {
  const t = useTranslate();
  const area = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLOListElement>(null);
  const follower = useRef<Follower>(undefined);
  const [following, setFollowing] = useState(true);
  const host = readiness.kind === 'ready' ? readiness.profile.host : '';

  useLayoutEffect(() => {
    if (!area.current || !content.current) return undefined;
    const created = new Follower(area.current, content.current, setFollowing);
    follower.current = created;
    const { conversation, scrollTop } = remembered();
    if (conversation === id && scrollTop !== undefined) created.restore(scrollTop);
    return () => created.dispose();
  }, []);
  const known = useRef(turns.length);
  useLayoutEffect(() => {
    if (turns.length > known.current) follower.current?.follow();
    known.current = turns.length;
  }, [turns.length]);
  const scrolled = () =>
    remember({ conversation: id, scrollTop: following ? undefined : (area.current?.scrollTop ?? 0) });
  useEffect(scrolled, [id, following]);

  return (
    <section class="conversation" aria-label={t('Conversation')}>
      <h1 class="visually-hidden">{t('Conversation')}</h1>
      <div class={following ? 'scroll-area following' : 'scroll-area'} ref={area} onScrollEnd={scrolled}>
        <ol class="turns" ref={content}>
          {turns.map(({ view, revision }, index) => (
            <Turn key={view.id} turn={view} revision={revision} host={host} isLast={index === turns.length - 1} t={t} />
          ))}
          {readiness.kind !== 'ready' && (
            <li class="guidance">
              <Guidance readiness={readiness} />
            </li>
          )}
        </ol>
      </div>
      {!following && (
        <button type="button" class="jump" onClick={() => follower.current?.follow()}>
          <Icon name="arrowDown" />
          {t('Jump to latest')}
        </button>
      )}
    </section>
  );
}
