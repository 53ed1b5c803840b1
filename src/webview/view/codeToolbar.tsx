import type { CodeAction } from '../../shared/protocol.ts';
import type { Translate } from '../../shared/l10n.ts';
import { useCopied } from './copied.ts';
import { Icon } from './icon.tsx';

interface CodeActions {
  readonly t: Translate;
  readonly target: string | undefined;
  readonly act: (action: CodeAction) => void;
}

/** The header of a code block: its language, and what can be done with it once it is complete. */
export function CodeToolbar({ language, actions }: { language: string; actions?: CodeActions }) {
  return (
    <>
      <span class="code-language">{language}</span>
      {actions && <CodeButtons {...actions} />}
    </>
  );
}

function CodeButtons({ t, target, act }: CodeActions) {
  const [copied, confirmCopy] = useCopied();
  const copy = () => {
    act('copy');
    confirmCopy();
  };
  return (
    <span class="code-actions">
      <button type="button" class="tool" title={t('Copy')} aria-label={t('Copy')} onClick={copy}>
        <Icon name={copied ? 'check' : 'copy'} />
        <span class="tool-label optional-label">{copied ? t('Copied') : t('Copy')}</span>
      </button>
      <button
        type="button"
        class="tool"
        title={t('Insert at cursor')}
        aria-label={t('Insert at cursor')}
        onClick={() => act('insert')}
      >
        <Icon name="insert" />
        <span class="tool-label optional-label">{t('Insert at cursor')}</span>
      </button>
      {target !== undefined && (
        <button type="button" class="tool" title={t('Replace {0}', target)} onClick={() => act('replace')}>
          <Icon name="replace" />
          <span class="tool-label">{t('Replace {0}', target.slice(target.lastIndexOf('/') + 1))}</span>
        </button>
      )}
    </span>
  );
}
