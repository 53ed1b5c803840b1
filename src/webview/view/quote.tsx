import { useEffect, useState } from 'preact/hooks';
import { selectedMarkdown } from '../copy.ts';
import { insertIntoInput } from '../insertion.ts';
import { Icon } from './icon.tsx';
import { useTranslate } from './translator.ts';

interface Place {
  readonly text: string;
  readonly left: number;
  readonly top: number;
}

/** A button at a selection in an answer that inserts it into the input as a quote. */
export function Quote() {
  const t = useTranslate();
  const [place, setPlace] = useState<Place>();
  useEffect(() => {
    const look = () => setPlace(selectedPlace());
    document.addEventListener('pointerup', look);
    document.addEventListener('keyup', look);
    document.addEventListener('scroll', look, { capture: true, passive: true });
    return () => {
      document.removeEventListener('pointerup', look);
      document.removeEventListener('keyup', look);
      document.removeEventListener('scroll', look, { capture: true });
    };
  }, []);
  if (!place) return null;
  const quote = () => {
    const text = selectedMarkdown()?.trim() ?? place.text;
    insertIntoInput(`${text.replaceAll(/^/gm, '> ')}\n\n`);
    getSelection()?.removeAllRanges();
    setPlace(undefined);
  };
  return (
    <button type="button" class="quote" style={{ left: `${place.left}px`, top: `${place.top}px` }} onClick={quote}>
      <Icon name="quote" />
      {t('Quote')}
    </button>
  );
}

function selectedPlace(): Place | undefined {
  const selection = getSelection();
  const text = selection?.toString().trim() ?? '';
  // A selection by VS Code's search, which has the focus then, isn't the reader's.
  if (!selection || text === '' || selection.rangeCount === 0 || !document.hasFocus()) return undefined;
  const range = selection.getRangeAt(0);
  const node = range.commonAncestorContainer;
  const element = node instanceof Element ? node : node.parentElement;
  if (!element?.closest('.answer-text')) return undefined;
  const { left, bottom } = range.getBoundingClientRect();
  const { innerWidth, innerHeight } = window;
  return { text, left: Math.max(4, Math.min(left, innerWidth - 90)), top: Math.min(bottom + 4, innerHeight - 40) };
}
