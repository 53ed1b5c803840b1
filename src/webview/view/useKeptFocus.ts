import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/**
 * Focuses the input when a change removed the focused element, such as the pressed button, so that keyboard users can
 * continue. A reader who has clicked on text keeps their place.
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
