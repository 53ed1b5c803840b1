import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { CompletionItem, Completions } from '../../shared/protocol.ts';
import { post } from '../host.ts';
import { triggerWord, type TriggerWord } from '../triggerWord.ts';

/** The input's popup: what it offers, and what keys and mouse do to it. */
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
  /** @returns whether the key was for the popup. */
  readonly takes: (event: KeyboardEvent) => boolean;
}

/** Offers completions for the word at the caret of the input. The host is asked at each change of that word. */
export function useCompletions(
  input: RefObject<HTMLTextAreaElement | null>,
  offered: Completions | undefined,
  submit: () => void,
): CompletionPopup {
  const [word, setWord] = useState<TriggerWord>();
  const [active, setActive] = useState(0);
  /** Where a word starts whose popup the user closed. */
  const dismissed = useRef<number>(undefined);
  /** The key that came before the offer it is meant for. */
  const waiting = useRef<'Enter' | 'Tab'>(undefined);
  /** Whether an item was chosen with the arrow keys, so that Enter takes it whatever it is. */
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
    // Unlike setRangeText it can be undone, and it tells of the new text.
    document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
    if (item.text === undefined) post({ type: 'attach', id: item.id });
    hide();
  };
  const shown = useRef<{ readonly query: string | undefined; readonly items: readonly CompletionItem[] }>(undefined);
  useLayoutEffect(() => {
    // Where the host adds to its offer, what the user moved to stays chosen.
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
          // A name typed in full needs no pick; letters that merely occur in a path are no wish for it.
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
