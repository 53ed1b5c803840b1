export function isHtml(text: string): boolean {
  return /^\uFEFF?\s*<(?:!doctype html|html|head|body)\b/i.test(text);
}

/** The title of an HTML page: mostly all that a gateway's error page says. */
export function htmlTitle(text: string): string | undefined {
  if (!isHtml(text)) return undefined;
  const start = text.slice(0, longestHead);
  const tag = start.search(/<title[\s>]/i);
  const open = tag < 0 ? -1 : start.indexOf('>', tag);
  const close = open < 0 ? -1 : start.indexOf('<', open);
  return close < 0
    ? undefined
    : start
        .slice(open + 1, close)
        .trim()
        .replace(/\s+/g, ' ') || undefined;
}

/** UTF-16 code units in which a page has its title. */
const longestHead = 16_384;
