import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/**
 * Gives the focus to the input where a change took away what had it, such as the button that was pressed: who works with
 * the keyboard goes on from there. A reader who has clicked on text keeps their place.
 */
export function useKeptFocus(input: RefObject<HTMLElement | null>, changes: readonly unknown[]): void {
  const last = useRef<Element>(null);
  useEffect(() => {
    const remember = ({ target }: FocusEvent): void => {
      if (target instanceof Element) last.current = target;
    };
    document.addEventListener('focusin', remember);
    return () => document.removeEventListener('focusin', remember);
  }, []);
  useEffect(() => {
    const isLost = document.activeElement === document.body && last.current?.checkVisibility() === false;
    if (isLost && document.hasFocus()) input.current?.focus();
  }, changes);
}
