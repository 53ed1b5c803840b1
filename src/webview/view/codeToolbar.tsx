import type { CodeAction } from '../../shared/protocol.ts';
import type { Translate } from '../../shared/l10n.ts';
import { shellOf } from '../../shared/shell.ts';
import type { CodeHeader } from '../markdown/codeBlock.ts';
import { useCopied } from './useCopied.ts';
import { Icon, type IconName } from './icon.tsx';

interface CodeToolbarProps {
  readonly t: Translate;
  readonly header: CodeHeader;
  /** Label of the selection that the code can replace. */
  readonly target: string | undefined;
  readonly act: (action: CodeAction, code: string) => void;
}

/** A code block's header: its language, display options, and actions once it is complete. */
export function CodeToolbar({ t, header, target, act }: CodeToolbarProps) {
  const { language, wrapped, onWrap, deceptive, code } = header;
  return (
    <>
      <span class="code-language">{language}</span>
      {deceptive && (
        <span
          class="code-warning"
          role="img"
          aria-label={t('Invisible characters')}
          title={t('This code contains invisible characters, shown as \uFFFD.')}
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
        {code !== undefined && (
          <CodeButtons
            t={t}
            target={target}
            act={(action) => act(action, code)}
            isCommand={shellOf(language) !== undefined}
          />
        )}
      </span>
    </>
  );
}

interface CodeButtonsProps {
  readonly t: Translate;
  readonly target: string | undefined;
  readonly act: (action: CodeAction) => void;
  readonly isCommand: boolean;
}

function CodeButtons({ t, target, act, isCommand }: CodeButtonsProps) {
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
        <IconButton icon="terminal" label={t('Insert into terminal')} onClick={() => act('runInTerminal')} />
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
