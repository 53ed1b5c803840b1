const type = 'askance-insert';

/** Appends a text to the input and focuses it. */
export function insertIntoInput(text: string): void {
  document.dispatchEvent(new CustomEvent(type, { detail: text }));
}

/**
 * Connects `insertIntoInput` to the input.
 * @returns a function that disconnects it.
 */
export function takeInsertions(input: HTMLTextAreaElement): () => void {
  const take = (event: Event): void => {
    if (!(event instanceof CustomEvent) || typeof event.detail !== 'string') return;
    const { length } = input.value.trimEnd();
    replaceFrom(input, length, length === 0 ? event.detail : `\n\n${event.detail}`);
  };
  document.addEventListener(type, take);
  return () => document.removeEventListener(type, take);
}

/** Replaces the input's text as if the user had typed it, so that Undo restores the old one. */
export function setInput(input: HTMLTextAreaElement, text: string): void {
  replaceFrom(input, 0, text);
}

/** Unlike setting `value`, an editing command keeps the undo history. */
function replaceFrom(input: HTMLTextAreaElement, start: number, text: string): void {
  input.focus();
  input.setSelectionRange(start, input.value.length);
  document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
}
