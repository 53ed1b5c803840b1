import type { DOMPurify } from 'dompurify';
import type { Citation } from '../../shared/answer.ts';
import type { Translate } from '../../shared/l10n.ts';
import { plainUrl, sourceLabel } from '../../shared/marks.ts';
import { directionOf, plain, rightToLeft } from '../bidi.ts';
import { shownUrl, sourceTitle } from '../format.ts';
import { describeMark } from '../sourceCard.ts';
import { note, noteMark } from './footnoteView.ts';
import { formulaElement } from './formula.ts';
import type { Html } from './html.ts';
import { libraries } from './loadLibraries.ts';

let sanitizer: DOMPurify | undefined;

/** Elements with their own text direction. */
const blocks = 'p, h1, h2, h3, h4, h5, h6, ul, ol, li, blockquote, table, th, td';

const usesPerDocument = 30;
let inert = document.implementation.createHTMLDocument('');
let uses = 1;

/** Sanitized nodes of a rendered block. Links, marks and formulas are created here; `pre` elements are left empty. */
export function toNodes({ html }: Html, citations: readonly Citation[], t: Translate): HTMLElement {
  const root = inertDocument().createElement('div');
  root.innerHTML = plain(html);
  sanitizer ??= createSanitizer();
  sanitizer.sanitize(root);
  if (rightToLeft.test(html)) {
    for (const element of root.querySelectorAll(blocks)) element.setAttribute('dir', directionOf(proseOf(element)));
  }
  for (const element of root.querySelectorAll('a, cite, table, li, dfn, dl, samp, var')) {
    settle(element, citations, t);
  }
  return root;
}

/** Configured once: reading the options costs more than sanitizing a paragraph. */
function createSanitizer(): DOMPurify {
  const created = libraries().createDOMPurify(window);
  created.setConfig({
    ALLOWED_TAGS: (
      'p br hr h1 h2 h3 h4 h5 h6 strong em del b i u s mark small sub sup kbd code pre ' +
      'blockquote ul ol li table thead tbody tr th td a cite dfn dl dt dd samp var div #text'
    ).split(' '),
    ALLOWED_ATTR: ['href', 'align', 'start'],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    SANITIZE_NAMED_PROPS: true,
    IN_PLACE: true,
  });
  return created;
}

/**
 * A document without a window: parsing in it neither loads nor runs anything. Renewed now and then, because the
 * sanitizer's iterators stay registered and slow down every moved node.
 */
function inertDocument(): Document {
  if (uses % usesPerDocument === 0) inert = document.implementation.createHTMLDocument('');
  uses += 1;
  return inert;
}

/** The text without code, which is left-to-right in every language. */
function proseOf(element: Element): string {
  if (!element.querySelector('code, pre')) return element.textContent;
  const prose = element.cloneNode(true);
  if (!(prose instanceof Element)) return element.textContent;
  for (const code of prose.querySelectorAll('code, pre')) code.remove();
  return prose.textContent;
}

function settle(element: Element, citations: readonly Citation[], t: Translate): void {
  switch (element.tagName) {
    case 'A':
      settleLink(element, citations);
      break;
    case 'CITE':
      settleMark(element, citations, t);
      break;
    case 'TABLE':
      wrapTable(element, t);
      break;
    case 'LI':
      settleItem(element);
      break;
    case 'DFN':
      element.replaceWith(noteMark(element.textContent, t));
      break;
    case 'DL':
      settleNote(element, t);
      break;
    case 'SAMP':
    case 'VAR':
      element.replaceWith(formulaElement(element.textContent, element.tagName === 'SAMP', t));
  }
}

function settleNote(list: Element, t: Translate): void {
  const [number, text] = list.children;
  if (number && text) list.replaceWith(note(number.textContent, [...text.childNodes], t));
}

function settleItem(item: Element): void {
  if (/^[☐☑] /.test(item.firstChild?.textContent ?? '')) item.classList.add('task');
}

function settleMark(mark: Element, citations: readonly Citation[], t: Translate): void {
  const name = mark.textContent;
  const citation = citations.find((each) => each.mark === name);
  if (citation) mark.replaceWith(citationLink(name, sourceLabel(citation, citations), citation, t));
}

/** An http(s) link opens through the host and shows its target; any other becomes text. */
function settleLink(link: Element, citations: readonly Citation[]): void {
  const url = link.getAttribute('href') ?? '';
  if (!isWebLink(url)) {
    link.replaceWith(...link.childNodes);
    return;
  }
  link.setAttribute('rel', 'noopener noreferrer');
  const source = citations.find((citation) => plainUrl(citation.url) === plainUrl(url));
  if (source) {
    link.classList.add('source-link');
    describeMark(link, source);
  } else link.setAttribute('title', shownUrl(url));
}

function isWebLink(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}

function citationLink(name: string, label: string, citation: Citation, t: Translate): HTMLElement {
  const mark = document.createElement('sup');
  mark.className = 'mark';
  mark.dataset['mark'] = name;
  if (!isWebLink(citation.url)) {
    mark.textContent = label;
    return mark;
  }
  const link = document.createElement('a');
  link.href = citation.url;
  link.rel = 'noopener noreferrer';
  describeMark(link, citation);
  link.setAttribute('aria-label', t('Source {0}: {1}', label, sourceTitle(citation)));
  link.textContent = label;
  mark.append(link);
  return mark;
}

function wrapTable(table: Element, t: Translate): void {
  const region = document.createElement('div');
  region.className = 'table';
  region.tabIndex = 0;
  region.setAttribute('role', 'group');
  region.setAttribute('aria-label', t('Table'));
  table.replaceWith(region);
  region.append(table);
}
