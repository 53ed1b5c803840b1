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

interface CodeToolbarProps {
  readonly language: string;
  readonly t: Translate;
  readonly wrapped: boolean;
  readonly onWrap: () => void;
  /** The code holds characters that cannot be seen or that change the order of others. */
  readonly deceptive: boolean;
  /** Absent: the code is not complete. */
  readonly actions: CodeActions | undefined;
}

/** The header of a code block: its language, how it is shown, and what can be done with it once it is complete. */
export function CodeToolbar({ language, t, wrapped, onWrap, deceptive, actions }: CodeToolbarProps) {
  return (
    <>
      <span class="code-language">{language}</span>
      {deceptive && (
        <span
          class="code-warning"
          role="img"
          aria-label={t('Invisible characters')}
          title={t('This code holds invisible characters; each is shown as \uFFFD.')}
        >
          <Icon name="warning" />
          <span class="optional-label">{t('Invisible characters')}</span>
        </span>
      )}
      <span class="code-actions">
        <button
          type="button"
          class="tool"
          title={t('Wrap lines')}
          aria-label={t('Wrap lines')}
          aria-pressed={wrapped}
          onClick={onWrap}
        >
          <Icon name="wordWrap" />
        </button>
        {actions && <CodeButtons {...actions} isCommand={shellOf(language) !== undefined} />}
      </span>
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
    <>
      <button type="button" class="tool" title={t('Copy')} aria-label={copied ? t('Copied') : t('Copy')} onClick={copy}>
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
    </>
  );
}

function IconButton({ icon, label, onClick }: { icon: IconName; label: string; onClick: () => void }) {
  return (
    <button type="button" class="tool" title={label} aria-label={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}
