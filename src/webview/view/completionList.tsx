import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from './icon.tsx';
import { kindIcons } from '../../shared/kindIcons.ts';
import { useTranslate } from './translator.ts';
import type { CompletionPopup } from './useCompletions.ts';
import { plural } from '../../shared/plural.ts';

const listId = 'completions';

/** ARIA attributes of the input for its popup; it stays a text box because it has several lines. */
export function completionAttributes({ items, active }: CompletionPopup) {
  if (items.length === 0) return { 'aria-autocomplete': 'list' } as const;
  return {
    'aria-autocomplete': 'list',
    'aria-controls': listId,
    'aria-activedescendant': optionId(active),
  } as const;
}

/** The popup above the input, which keeps the focus. */
export function CompletionList({ popup }: { popup: CompletionPopup }) {
  const t = useTranslate();
  const list = useRef<HTMLDivElement>(null);
  const { items, word, active } = popup;
  useLayoutEffect(() => list.current?.children[active]?.scrollIntoView({ block: 'nearest' }), [active, items]);
  return (
    <>
      <div class="visually-hidden" role="status">
        {items.length > 0 &&
          plural(
            items.length,
            t('1 suggestion. Press Enter to insert it.'),
            t('{0} suggestions. Use the arrow keys to choose and Enter to insert.', items.length),
          )}
      </div>
      {items.length > 0 && (
        <div
          ref={list}
          id={listId}
          class="completions"
          role="listbox"
          aria-label={word?.trigger === '/' ? t('Actions') : t('Context')}
        >
          {items.map((item, index) => (
            <div
              key={item.id}
              id={optionId(index)}
              class="completion"
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              title={item.detail === '' ? item.label : `${item.label}\n${item.detail}`}
              // The input keeps the focus.
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => popup.activate(index)}
              onMouseUp={() => popup.pick(item)}
            >
              <Icon name={kindIcons[item.icon]} />
              <span class="completion-label">{item.label}</span>
              <span class="completion-detail cut-start">
                <bdi dir="ltr">{item.detail}</bdi>
              </span>
            </div>
          ))}
        </div>
      )}
    </>
  );
}

function optionId(index: number): string {
  return `completion-${index}`;
}
