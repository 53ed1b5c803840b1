import type { CodeAction } from '../../shared/protocol.ts';
import type { Translate } from '../../shared/l10n.ts';
import { shellOf } from '../../shared/shell.ts';
import { useCopied } from './copied.ts';
import { Icon, type IconName } from './icon.tsx';

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
      {actions && <CodeButtons {...actions} isCommand={shellOf(language) !== undefined} />}
    </>
  );
}

function CodeButtons({ t, target, act, isCommand }: CodeActions & { isCommand: boolean }) {
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
      {isCommand && (
        <IconButton icon="terminal" label={t('Put into the terminal')} onClick={() => act('runInTerminal')} />
      )}
      <IconButton icon="newFile" label={t('New file')} onClick={() => act('newFile')} />
      {target !== undefined && (
        <>
          <IconButton icon="diff" label={t('Compare with {0}', target)} onClick={() => act('compare')} />
          <button type="button" class="tool" title={t('Replace {0}', target)} onClick={() => act('replace')}>
            <Icon name="replace" />
            <span class="tool-label">{t('Replace {0}', target.slice(target.lastIndexOf('/') + 1))}</span>
          </button>
        </>
      )}
    </span>
  );
}

function IconButton({ icon, label, onClick }: { icon: IconName; label: string; onClick: () => void }) {
  return (
    <button type="button" class="tool" title={label} aria-label={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}
