import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { post } from '../host.ts';
import { pastedPaths } from '../pastedPaths.ts';

/** Asks the host to attach pasted paths; those that become a chip are removed from the text, and Undo restores them. */
export function usePastedPaths(
  input: RefObject<HTMLTextAreaElement | null>,
  attached: readonly string[] | undefined,
): (event: ClipboardEvent) => void {
  const pasted = useRef('');
  useLayoutEffect(() => {
    const { current } = input;
    const text = pasted.current;
    if (!attached || !current || text === '') return;
    pasted.current = '';
    const start = current.value.lastIndexOf(text);
    if (start < 0) return;
    current.setSelectionRange(start, start + text.length);
    document.execCommand('delete');
  }, [attached]);
  return ({ clipboardData }) => {
    const text = clipboardData?.getData('text/plain') ?? '';
    const paths = pastedPaths(text);
    if (paths.length === 0) return;
    // With the input's line breaks.
    pasted.current = text.replace(/\r\n?/g, '\n');
    post({ type: 'attachPaths', paths });
  };
}
