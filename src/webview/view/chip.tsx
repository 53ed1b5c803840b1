import type { AttachmentView } from '../../shared/protocol.ts';
import { size } from '../format.ts';
import { post } from '../host.ts';
import { Icon } from './icon.tsx';
import { kindIcons } from '../../shared/kindIcons.ts';
import { useTranslate } from './translator.ts';

/** An attachment; a click opens its location. */
export function Chip({ attachment, removable = false }: { attachment: AttachmentView; removable?: boolean }) {
  const t = useTranslate();
  const { id, kind, label, description, length, problem } = attachment;
  return (
    <li class="chip">
      <button
        type="button"
        class="chip-open"
        title={problem ?? t('Open {1} ({0}, {2})', description, label, size(length))}
        onClick={() => post({ type: 'openAttachment', id })}
      >
        <Icon name={problem === undefined ? kindIcons[kind] : 'warning'} />
        <span class="chip-label cut-start">
          <bdi dir="ltr">{label}</bdi>
        </span>
        <span class="chip-detail">{problem ?? description}</span>
        {problem === undefined && <span class="chip-size">{`· ${size(length)}`}</span>}
      </button>
      {removable && (
        <button
          type="button"
          class="chip-remove"
          aria-label={t('Remove {0}', label)}
          title={t('Remove {0}', label)}
          onClick={() => post({ type: 'removeAttachment', id })}
        >
          <Icon name="close" />
        </button>
      )}
    </li>
  );
}
