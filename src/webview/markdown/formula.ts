import type { DOMPurify } from 'dompurify';
import type { Translate } from '../../shared/l10n.ts';
import { libraries } from './loadLibraries.ts';
import type { Typeset } from './typeset.ts';

/** The MathML that formulas need: nothing that links, loads, or embeds another language. */
const elements =
  'math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt ' +
  'mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none #text';
const attributes =
  'accent accentunder class columnalign columnlines columnspacing columnspan depth dir display displaystyle fence form ' +
  'height largeop linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize minsize movablelimits ' +
  'notation rowlines rowspacing rowspan rspace scriptlevel separator stretchy style symmetric voffset width';
/** Never needed in a formula's styles. */
const suspicious = /url|image|position|content|\\/i;

let sanitizer: DOMPurify | undefined;

/** Formulas by TeX: a growing paragraph is written many times. */
const known = new Map<string, Element>();
const maxKnown = 300;
/** Formulas waiting for the typesetter to load. */
const waiting = new Set<HTMLElement>();
let typeset: Typeset | undefined;
let loading: Promise<void> | undefined;

/** A placeholder for a formula. The first one loads the typesetter; invalid TeX is shown as it is. */
export function formulaElement(tex: string, display: boolean, t: Translate): HTMLElement {
  const element = document.createElement('span');
  element.className = display ? 'formula display' : 'formula';
  element.dataset['tex'] = tex;
  if (display) {
    element.tabIndex = 0;
    element.role = 'group';
    element.ariaLabel = t('Formula');
  }
  if (typeset) write(element, typeset);
  else waiting.add(element);
  loading ??= load();
  return element;
}

async function load(): Promise<void> {
  const loaded = await import('./typeset.ts').then(
    (module) => module.typeset,
    () => () => undefined,
  );
  typeset = loaded;
  for (const element of waiting) write(element, loaded);
  waiting.clear();
}

function write(element: HTMLElement, render: Typeset): void {
  const tex = element.dataset['tex'] ?? '';
  const display = element.classList.contains('display');
  const key = `${display} ${tex}`;
  const formula = known.get(key) ?? sanitized(render(tex, display)) ?? source(tex);
  known.set(key, formula);
  const [oldest] = known.keys();
  if (known.size > maxKnown && oldest !== undefined) known.delete(oldest);
  element.replaceChildren(formula.cloneNode(true));
}

function sanitized(formula: Element | undefined): Element | undefined {
  if (!formula) return undefined;
  sanitizer ??= createSanitizer();
  sanitizer.sanitize(formula);
  for (const styled of [formula, ...formula.querySelectorAll('[style]')]) {
    if (suspicious.test(styled.getAttribute('style') ?? '')) styled.removeAttribute('style');
  }
  return formula;
}

function createSanitizer(): DOMPurify {
  const created = libraries().createDOMPurify(window);
  created.setConfig({
    ALLOWED_TAGS: elements.split(' '),
    ALLOWED_ATTR: attributes.split(' '),
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    IN_PLACE: true,
  });
  return created;
}

function source(tex: string): Element {
  const code = document.createElement('code');
  code.textContent = tex;
  return code;
}
