import { useEffect, useState } from 'preact/hooks';
import { dragsFiles, droppedUris } from '../droppedFiles.ts';
import { post } from '../host.ts';

/** Attaches files dropped anywhere on the page. VS Code passes drags to a page only while Shift is held. */
export function useDrop(): boolean {
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    const ended = new AbortController();
    const on = (type: 'dragenter' | 'dragover' | 'dragleave' | 'drop', handle: (event: DragEvent) => void) =>
      document.addEventListener(type, handle, { signal: ended.signal });
    const over = (event: DragEvent) => {
      if (!event.dataTransfer || !dragsFiles(event.dataTransfer)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setDragging(true);
    };
    on('dragenter', over);
    on('dragover', over);
    on('dragleave', ({ relatedTarget }) => {
      if (relatedTarget === null) setDragging(false);
    });
    on('drop', (event) => {
      setDragging(false);
      if (!event.dataTransfer || !dragsFiles(event.dataTransfer)) return;
      const uris = droppedUris(event.dataTransfer);
      const isLink = uris.length === 0 && event.dataTransfer.types.includes('text/uri-list');
      // A link is text for the input.
      if (isLink) return;
      event.preventDefault();
      post({ type: 'attachUris', uris });
    });
    return () => ended.abort();
  }, []);
  return dragging;
}
