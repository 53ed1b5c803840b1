export function isHtml(text: string): boolean {
  return /^\uFEFF?\s*<(?:!doctype html|html|head|body)\b/i.test(text);
}

/** The title of an HTML page: mostly all that a gateway's error page says. */
export function htmlTitle(text: string): string | undefined {
  if (!isHtml(text)) return undefined;
  return /<title[^>]*>([^<]*)<\/title>/i.exec(text)?.[1]?.trim().replace(/\s+/g, ' ') || undefined;
}
