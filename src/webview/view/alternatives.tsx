import { useLayoutEffect, useRef } from 'preact/hooks';
import type { TurnView } from '../../shared/protocol.ts';
import { post } from '../host.ts';
import { Icon } from './icon.tsx';
import { useTranslate } from './translator.ts';

type Way = 'chevronLeft' | 'chevronRight';

/** The button that was pressed while focused; the next turn has its own at that place. */
let pressed: { readonly target: string; readonly icon: Way } | undefined;

/** Shows which alternative is displayed, with buttons for the others. */
export function Alternatives({ turn: { id, alternatives }, busy }: { turn: TurnView; busy: boolean }) {
  const t = useTranslate();
  const group = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (pressed?.target !== id) return;
    group.current?.querySelector<HTMLElement>(`[data-way="${pressed.icon}"]`)?.focus({ preventScroll: true });
    pressed = undefined;
  }, [id]);
  if (alternatives.length < 2) return null;
  const index = alternatives.indexOf(id);
  const step = (icon: Way, label: string, target: string | undefined) => (
    <button
      type="button"
      class="tool"
      data-way={icon}
      title={label}
      aria-label={label}
      aria-disabled={busy || target === undefined}
      onClick={() => {
        if (busy || target === undefined) return;
        pressed = { target, icon };
        post({ type: 'turn', action: 'choose', turnId: target });
      }}
    >
      <Icon name={icon} />
    </button>
  );
  return (
    <span ref={group} class="alternatives" role="group" aria-label={t('Alternatives')}>
      {step('chevronLeft', t('Previous alternative'), alternatives[index - 1])}
      <span>{`${index + 1}/${alternatives.length}`}</span>
      {step('chevronRight', t('Next alternative'), alternatives[index + 1])}
    </span>
  );
}
