import type { TurnView } from '../../shared/protocol.ts';
import { post } from '../host.ts';
import { Icon } from './icon.tsx';
import { useTranslate } from './translator.ts';

/** Which of several turns in one place is shown, and the way to the others. */
export function Alternatives({ turn: { id, alternatives }, busy }: { turn: TurnView; busy: boolean }) {
  const t = useTranslate();
  if (alternatives.length < 2) return null;
  const index = alternatives.indexOf(id);
  const step = (icon: 'chevronLeft' | 'chevronRight', label: string, target: string | undefined) => (
    <button
      type="button"
      class="tool"
      title={label}
      aria-label={label}
      aria-disabled={busy || target === undefined}
      onClick={() => !busy && target !== undefined && post({ type: 'turn', action: 'choose', turnId: target })}
    >
      <Icon name={icon} />
    </button>
  );
  return (
    <span class="alternatives" role="group" aria-label={t('Alternatives')}>
      {step('chevronLeft', t('Previous alternative'), alternatives[index - 1])}
      <span>{`${index + 1}/${alternatives.length}`}</span>
      {step('chevronRight', t('Next alternative'), alternatives[index + 1])}
    </span>
  );
}
