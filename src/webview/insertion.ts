const type = 'askance-insert';

/** Adds a text to what stands in the input, and gives that the focus. */
export function insertIntoInput(text: string): void {
  document.dispatchEvent(new CustomEvent(type, { detail: text }));
}

/** Lets the input take what is inserted. @returns what ends it. */
export function takeInsertions(input: HTMLTextAreaElement): () => void {
  const take = (event: Event): void => {
    if (!(event instanceof CustomEvent) || typeof event.detail !== 'string') return;
    const before = input.value.trimEnd();
    setInput(input, before === '' ? event.detail : `${before}\n\n${event.detail}`);
    input.focus();
  };
  document.addEventListener(type, take);
  return () => document.removeEventListener(type, take);
}

/** Puts a text into the input as if it had been typed, with the cursor at its end. */
export function setInput(input: HTMLTextAreaElement, text: string): void {
  input.value = text;
  input.setSelectionRange(text.length, text.length);
  input.dispatchEvent(new Event('input', { bubbles: true }));
}
