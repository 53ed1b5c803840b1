import type { Citation } from '../shared/answer.ts';
import { plain } from './bidi.ts';
import { domain } from './format.ts';
import { noteOf } from './markdown/footnoteView.ts';

/** Milliseconds of hovering before a mark's card is shown, and of grace while the pointer moves to the card. */
const restTime = 200;
const wayTime = 150;
/** Pixels between the card and its mark, and between it and the edges of the panel. */
const gap = 6;

const citations = new WeakMap<Element, Citation>();

/** Sets the content of a mark's card. */
export function describeMark(mark: Element, citation: Citation): void {
  citations.set(mark, citation);
}

/**
 * Shows a source's title, site, date and excerpt, or a footnote's text, next to the hovered or focused mark. The card
 * stays while the pointer is on it, and Escape hides it (WCAG 2.2, 1.4.13). Screen readers get the same text in the
 * mark's name.
 */
export function showSourceCards(): void {
  const card = document.createElement('div');
  card.className = 'source-card';
  card.setAttribute('aria-hidden', 'true');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (delay: number, work: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(work, delay);
  };
  const hide = (): void => {
    clearTimeout(timer);
    card.remove();
  };
  const show = (mark: Element): void => {
    const content = contentOf(mark);
    if (!content || !mark.isConnected) return;
    clearTimeout(timer);
    card.replaceChildren(...content);
    document.body.append(card);
    place(card, mark.getBoundingClientRect());
  };
  document.addEventListener('pointerover', ({ target }) => {
    const mark = markOf(target);
    if (mark) later(restTime, () => show(mark));
    else if (card.isConnected && !isWithin(card, target)) later(wayTime, hide);
    else if (isWithin(card, target) || !card.isConnected) clearTimeout(timer);
  });
  document.addEventListener('focusin', ({ target }) => {
    const mark = markOf(target);
    if (mark?.matches(':focus-visible')) show(mark);
    else hide();
  });
  document.addEventListener('focusout', hide);
  document.addEventListener('scroll', hide, { capture: true, passive: true });
  window.addEventListener('blur', hide);
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || !card.isConnected) return;
      hide();
      event.stopPropagation();
    },
    { capture: true },
  );
}

function markOf(target: EventTarget | null): HTMLElement | undefined {
  const mark = target instanceof Element ? target.closest('.mark a, .source-link, .note-mark button') : null;
  return mark instanceof HTMLElement ? mark : undefined;
}

function isWithin(card: Element, target: EventTarget | null): boolean {
  return target instanceof Node && card.contains(target);
}

function contentOf(mark: Element): Node[] | undefined {
  const citation = citations.get(mark);
  if (citation) return sourceLines(citation);
  const note = mark instanceof HTMLElement ? noteOf(mark) : null;
  const text = note?.lastElementChild?.cloneNode(true);
  return text && [text];
}

function sourceLines({ url, title = '', date = '', snippet = '' }: Citation): Node[] {
  const site = domain(url);
  const name = plain(title);
  const known = [name === '' ? '' : site, plain(date)].filter((part) => part !== '');
  return [
    line('source-card-title', name === '' ? site : name),
    ...(known.length === 0 ? [] : [line('source-card-site', known.join(' · '))]),
    ...(snippet === '' ? [] : [line('source-card-snippet', plain(snippet))]),
  ];
}

function line(name: string, text: string): HTMLElement {
  const element = document.createElement('div');
  element.className = name;
  element.dir = 'auto';
  element.textContent = text;
  return element;
}

/** Below the mark, or above it if there is more room; never beyond an edge of the panel. */
function place(card: HTMLElement, mark: DOMRect): void {
  const { width, height } = card.getBoundingClientRect();
  const left = Math.min(Math.max(gap, mark.left - width / 2), window.innerWidth - width - gap);
  const below = mark.bottom + gap;
  const fits = below + height + gap <= window.innerHeight || mark.top < window.innerHeight - mark.bottom;
  card.style.left = `${Math.max(gap, left)}px`;
  card.style.top = `${fits ? below : Math.max(gap, mark.top - height - gap)}px`;
}
