import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { CompletionItem, Completions } from '../../shared/protocol.ts';
import { post } from '../host.ts';
import { triggerWord, type TriggerWord } from '../triggerWord.ts';

/** The input's popup: its items and its handling of keys and mouse. */
export interface CompletionPopup {
  /** Empty: it is closed. */
  readonly items: readonly CompletionItem[];
  readonly word: TriggerWord | undefined;
  readonly active: number;
  readonly activate: (index: number) => void;
  readonly pick: (item: CompletionItem) => void;
  /** The text or the caret changed. */
  readonly follow: () => void;
  readonly hide: () => void;
  /** @returns whether the popup handled the key. */
  readonly takes: (event: KeyboardEvent) => boolean;
}

/** Offers completions for the word at the input's caret. The host is asked on each change of that word. */
export function useCompletions(
  input: RefObject<HTMLTextAreaElement | null>,
  offered: Completions | undefined,
  submit: () => void,
): CompletionPopup {
  const [word, setWord] = useState<TriggerWord>();
  const [active, setActive] = useState(0);
  /** Start of a word whose popup the user closed. */
  const dismissed = useRef<number>(undefined);
  /** A key that was pressed before its completions arrived. */
  const waiting = useRef<'Enter' | 'Tab'>(undefined);
  /** Whether an item was chosen with the arrow keys, so that Enter accepts it in any case. */
  const isChosen = useRef(false);
  const isForWord = offered?.trigger === word?.trigger && offered?.query === word?.query;
  const items = offered && word && offered.trigger === word.trigger ? offered.items : [];

  const hide = () => {
    waiting.current = undefined;
    isChosen.current = false;
    setWord(undefined);
  };
  const pick = (item: CompletionItem) => {
    const { current } = input;
    if (!word || !current) return;
    current.focus();
    current.setSelectionRange(word.start, word.end);
    const { text = '' } = item;
    // Unlike setRangeText it can be undone, and it fires an input event.
    document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
    if (item.text === undefined) post({ type: 'attach', id: item.id });
    hide();
  };
  const shown = useRef<{ readonly query: string | undefined; readonly items: readonly CompletionItem[] }>(undefined);
  useLayoutEffect(() => {
    // If the host adds items, the chosen one stays chosen.
    const moved = active > 0 && shown.current?.query === word?.query ? shown.current?.items[active]?.id : undefined;
    setActive(
      Math.max(
        0,
        items.findIndex(({ id }) => id === moved),
      ),
    );
    shown.current = { query: word?.query, items };
    const [first] = items;
    const key = isForWord ? waiting.current : undefined;
    if (!key) return;
    if (first && (key === 'Tab' || first.meant)) pick(first);
    else if (offered?.complete) {
      hide();
      if (key === 'Enter') submit();
    }
  }, [offered, word?.query]);

  return {
    items,
    word,
    active: Math.min(active, items.length - 1),
    activate: setActive,
    pick,
    hide,
    follow() {
      const { current } = input;
      if (!current) return;
      const { value, selectionStart, selectionEnd } = current;
      const open = items.length > 0 && dismissed.current === undefined ? word?.start : undefined;
      const next = selectionStart === selectionEnd ? triggerWord(value, selectionEnd, open) : undefined;
      if (next?.start !== dismissed.current) dismissed.current = undefined;
      const wanted = dismissed.current === undefined ? next : undefined;
      const isNew = wanted?.trigger !== word?.trigger || wanted?.query !== word?.query;
      if (wanted && isNew) post({ type: 'complete', trigger: wanted.trigger, query: wanted.query });
      if (isNew) isChosen.current = false;
      setWord(wanted);
    },
    takes(event) {
      if (!word || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
      if ((event.key === 'Enter' || event.key === 'Tab') && !isForWord) {
        waiting.current = event.key;
        return true;
      }
      const item = items[Math.min(active, items.length - 1)];
      if (!item) return false;
      switch (event.key) {
        case 'ArrowDown':
          isChosen.current = true;
          setActive((active + 1) % items.length);
          return true;
        case 'ArrowUp':
          isChosen.current = true;
          setActive((active - 1 + items.length) % items.length);
          return true;
        case 'Escape':
          dismissed.current = word.start;
          hide();
          return true;
        case 'Tab':
        case 'Enter':
          // A name typed in full needs no pick, and letters that merely occur in a path don't mean it.
          if (
            item.text?.trimEnd() === word.trigger + word.query ||
            (event.key === 'Enter' && !item.meant && !isChosen.current)
          ) {
            hide();
            return false;
          }
          pick(item);
          return true;
        default:
          return false;
      }
    },
  };
}
