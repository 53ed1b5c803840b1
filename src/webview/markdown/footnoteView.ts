import type { Translate } from '../../shared/l10n.ts';

/** The mark of a footnote: links to its note and shows the note's text on hover. */
export function noteMark(number: string, t: Translate): HTMLElement {
  const mark = document.createElement('sup');
  mark.className = 'note-mark';
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = number;
  button.ariaLabel = t('Footnote {0}', number);
  button.dataset['note'] = number;
  button.addEventListener('click', () => goTo(noteOf(button)));
  mark.append(button);
  return mark;
}

/** A footnote at its place in the text, with a link back to its mark. */
export function note(number: string, content: readonly Node[], t: Translate): HTMLElement {
  const element = document.createElement('div');
  element.className = 'footnote';
  element.role = 'note';
  element.dataset['number'] = number;
  const back = document.createElement('button');
  back.type = 'button';
  back.className = 'note-number';
  back.textContent = number;
  back.ariaLabel = t('Back to reference {0}', number);
  back.addEventListener('click', () => {
    goTo(element.closest('.answer-text')?.querySelector<HTMLElement>(`.note-mark [data-note="${number}"]`));
  });
  const text = document.createElement('div');
  text.append(...content);
  element.append(back, text);
  return element;
}

/** The note of a mark, if it has arrived. */
export function noteOf(mark: HTMLElement): HTMLElement | null {
  const number = Number(mark.dataset['note']);
  return mark.closest('.answer-text')?.querySelector<HTMLElement>(`.footnote[data-number="${number}"]`) ?? null;
}

function goTo(place: HTMLElement | null | undefined): void {
  if (!place) return;
  place.scrollIntoView({ block: 'nearest' });
  const target = place.matches('button') ? place : place.querySelector<HTMLElement>('button');
  target?.focus({ preventScroll: true });
}
