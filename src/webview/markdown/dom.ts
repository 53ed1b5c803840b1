import createDOMPurify from 'dompurify';
import type { Citation } from '../../shared/answer.ts';
import type { Translate } from '../../shared/l10n.ts';
import { sourceTitle } from '../format.ts';
import type { Html } from './html.ts';

const purify = createDOMPurify(window);

const sanitizing = {
  ALLOWED_TAGS: (
    'p br hr h1 h2 h3 h4 h5 h6 strong em del b i u s mark small sub sup kbd code pre ' +
    'blockquote ul ol li table thead tbody tr th td a cite #text'
  ).split(' '),
  ALLOWED_ATTR: ['href', 'align', 'start'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  SANITIZE_NAMED_PROPS: true,
  RETURN_DOM_FRAGMENT: true,
} as const;

/** Sanitized nodes of a rendered block; links and citation marks are made here, `pre` elements are left empty. */
export function toNodes({ html }: Html, citations: readonly Citation[], t: Translate): DocumentFragment {
  const fragment = purify.sanitize(html, { ...sanitizing, ALLOWED_TAGS: [...sanitizing.ALLOWED_TAGS], ALLOWED_ATTR: [...sanitizing.ALLOWED_ATTR] });
  for (const link of fragment.querySelectorAll('a')) settleLink(link);
  for (const mark of fragment.querySelectorAll('cite')) {
    const citation = citations[Number(mark.textContent) - 1];
    if (citation) mark.replaceWith(citationLink(mark.textContent, citation, t));
  }
  for (const table of fragment.querySelectorAll('table')) wrapTable(table, t);
  for (const element of fragment.querySelectorAll('p, h1, h2, h3, h4, h5, h6, li, td, th')) {
    element.setAttribute('dir', 'auto');
    if (/^[☐☑] /.test(element.textContent)) element.classList.add('task');
  }
  return fragment;
}

/** An http(s) link opens through the host and says where it leads; any other is text. */
function settleLink(link: HTMLAnchorElement): void {
  const url = link.getAttribute('href') ?? '';
  if (!isWebLink(url)) {
    link.replaceWith(...link.childNodes);
    return;
  }
  link.title = url;
  link.rel = 'noopener noreferrer';
}

function isWebLink(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}

function citationLink(number: string, citation: Citation, t: Translate): HTMLElement {
  const mark = document.createElement('sup');
  mark.className = 'mark';
  if (!isWebLink(citation.url)) {
    mark.textContent = number;
    return mark;
  }
  const link = document.createElement('a');
  link.href = citation.url;
  link.rel = 'noopener noreferrer';
  link.title = sourceTitle(citation);
  link.setAttribute('aria-label', t('Source {0}: {1}', number, sourceTitle(citation)));
  link.textContent = number;
  mark.append(link);
  return mark;
}

function wrapTable(table: HTMLTableElement, t: Translate): void {
  const region = document.createElement('div');
  region.className = 'table';
  region.tabIndex = 0;
  region.setAttribute('role', 'group');
  region.setAttribute('aria-label', t('Table'));
  table.replaceWith(region);
  region.append(table);
}
