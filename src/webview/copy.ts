/** What stands in the page in another form than it is copied in. */
const written = '.mark a, .note-mark, .note-number, .formula, .code-header, .code-fold';

/**
 * Lets a selection that is copied keep what the page shows in a form of its own: a citation is copied as a Markdown link,
 * a formula as TeX. Where there is neither, the browser copies as always.
 */
export function copyAsMarkdown(): void {
  document.addEventListener('copy', (event) => {
    const text = selectedMarkdown();
    if (text === undefined || !event.clipboardData) return;
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
  });
}

/** What is selected, in the form in which it is copied; undefined: as it is shown. */
export function selectedMarkdown(): string | undefined {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const selected = document.createElement('div');
  selected.append(selection.getRangeAt(0).cloneContents());
  const parts = selected.querySelectorAll<HTMLElement>(written);
  if (parts.length === 0) return undefined;
  for (const part of parts) part.replaceWith(markdownOf(part));
  return textOf(selected);
}

function markdownOf(part: HTMLElement): string {
  const { tex } = part.dataset;
  if (tex !== undefined) return part.classList.contains('display') ? `\n$$\n${tex}\n$$\n` : `$${tex}$`;
  if (part instanceof HTMLAnchorElement) return `[${part.textContent}](${part.href})`;
  if (part.matches('.note-number')) return `[^${part.textContent}]: `;
  return part.matches('.note-mark') ? `[^${part.textContent}]` : '';
}

/** The text with its lines as they are laid out, which only a rendered element knows. */
function textOf(content: HTMLElement): string {
  content.className = 'answer-text copied';
  document.body.append(content);
  const text = content.innerText;
  content.remove();
  return text;
}
