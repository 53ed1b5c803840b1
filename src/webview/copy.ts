/** Parts of an answer that are copied in another form than they are displayed. */
const written = '.mark a, .note-mark, .note-number, .formula, .code-header, .code-fold';
/** Attributes that are meaningful outside the page. */
const keptAttributes: ReadonlySet<string> = new Set(['href', 'start', 'align', 'colspan', 'rowspan', 'dir']);

/**
 * Copies a selection with sources, formulas or code in two forms: Markdown for editors, and HTML for word processors
 * and chats. The browser copies everything else on its own.
 */
export function copyInBothForms(): void {
  document.addEventListener('copy', (event) => {
    const text = selectedMarkdown();
    const html = selectedHtml();
    if (text === undefined || html === undefined || !event.clipboardData) return;
    event.clipboardData.setData('text/plain', text);
    event.clipboardData.setData('text/html', html);
    event.preventDefault();
  });
}

/** The selection as Markdown; undefined if it can be copied as displayed. */
export function selectedMarkdown(): string | undefined {
  const selected = selectedContent();
  if (!selected) return undefined;
  const parts = selected.querySelectorAll<HTMLElement>(written);
  if (parts.length === 0) return undefined;
  for (const part of parts) part.replaceWith(markdownOf(part));
  return textOf(selected);
}

/** The selection as HTML without a style sheet: sources are links, formulas are MathML, code has no buttons. */
function selectedHtml(): string | undefined {
  const selected = selectedContent();
  if (!selected) return undefined;
  for (const each of selected.querySelectorAll('.code-header, .code-fold, .visually-hidden, svg')) each.remove();
  for (const link of selected.querySelectorAll<HTMLAnchorElement>('.mark a'))
    link.textContent = `[${link.textContent}]`;
  for (const button of selected.querySelectorAll('button')) button.replaceWith(button.textContent);
  for (const code of selected.querySelectorAll('pre')) code.textContent = codeOf(code);
  for (const element of selected.querySelectorAll('*')) {
    if (element instanceof MathMLElement) continue;
    for (const name of element.getAttributeNames()) {
      if (!keptAttributes.has(name)) element.removeAttribute(name);
    }
  }
  return selected.innerHTML;
}

/** The lines of a code block, whose groups of lines are elements. */
function codeOf(block: Element): string {
  const groups = [...block.querySelectorAll('code > div')];
  return groups.length === 0 ? block.textContent : groups.map(({ textContent }) => textContent).join('\n');
}

function selectedContent(): HTMLElement | undefined {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const selected = document.createElement('div');
  selected.append(selection.getRangeAt(0).cloneContents());
  return selected;
}

function markdownOf(part: HTMLElement): string {
  const { tex } = part.dataset;
  if (tex !== undefined) return part.classList.contains('display') ? `\n$$\n${tex}\n$$\n` : `$${tex}$`;
  if (part instanceof HTMLAnchorElement) return `[${part.textContent}](${part.href})`;
  if (part.matches('.note-number')) return `[^${part.textContent}]: `;
  return part.matches('.note-mark') ? `[^${part.textContent}]` : '';
}

/** The text with line breaks as laid out, which only a rendered element knows. */
function textOf(content: HTMLElement): string {
  content.className = 'answer-text copied';
  document.body.append(content);
  const text = content.innerText;
  content.remove();
  return text;
}
