import type { Citation, Cost, FinishReason, Usage } from '../shared/answer.ts';
import type { Translate } from '../shared/l10n.ts';
import { answerIsCut } from '../shared/limits.ts';
import { plain } from './bidi.ts';
import { plural } from '../shared/plural.ts';

/** `834 B`, `1.2 KB`, `3.4 MB`; a code unit counts as a byte. */
export function size(length: number): string {
  if (length < 1000) return `${length} B`;
  const [value, unit] = length < 1_000_000 ? [length / 1000, 'KB'] : [length / 1_000_000, 'MB'];
  return `${value < 100 ? Math.round(value * 10) / 10 : Math.round(value)} ${unit}`;
}

/** `example.com` of `https://www.example.com/a`; invalid URLs are returned unchanged. */
export function domain(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : url;
}

/** The URL as requested: its host in Punycode, so that look-alike letters are visible. */
export function shownUrl(url: string): string {
  return URL.parse(url)?.href ?? url;
}

/** A source's title, domain and date on one line, as far as known. */
export function sourceTitle({ url, title = '', date }: Citation): string {
  return [plain(title), domain(url), date && plain(date)]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ');
}

/** Why an answer ended; undefined for a normal end. */
export function finishNote(reason: FinishReason, t: Translate): string | undefined {
  switch (reason) {
    case 'length':
      return t('The answer reached the token limit (max_tokens).');
    case 'content_filter':
      return t("The server's content filter stopped the answer.");
    case 'tool_calls':
      return t('The answer ended with a tool call, but Askance offers no tools.');
    case 'other':
      return t('The server stopped the answer without a known reason.');
    case 'unspecified':
      return t("The server didn't say why the answer ended. It may be incomplete.");
    case 'tooLong':
      return answerIsCut(t);
    case 'stop':
      return undefined;
  }
}

/** The token counts that the server gave: `1,320 prompt + 410 completion = 1,730 tokens`. */
export function usageNote({ promptTokens, completionTokens, totalTokens }: Usage, t: Translate): string {
  const parts = [
    promptTokens !== undefined && t('{0} prompt', promptTokens.toLocaleString()),
    completionTokens !== undefined && t('{0} completion', completionTokens.toLocaleString()),
  ].filter((part) => part !== false);
  const sum = parts.join(' + ');
  if (totalTokens === undefined) return sum === '' ? '' : t('{0} tokens', sum);
  const total = plural(totalTokens, t('1 token'), t('{0} tokens', totalTokens.toLocaleString()));
  return sum === '' ? total : `${sum} = ${total}`;
}

/** `0.0012 USD`: servers report fractions of a cent. */
export function costText({ amount, currency }: Cost): string {
  return `${amount.toLocaleString(undefined, { maximumSignificantDigits: 3 })} ${currency}`;
}

/** `0.8 s`, `12 s`, `3 min 5 s`. @param milliseconds At least 0. */
export function duration(milliseconds: number, t: Translate): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return t('{0} s', seconds.toFixed(1));
  const whole = Math.round(seconds);
  return whole < 60 ? t('{0} s', whole) : t('{0} min {1} s', Math.floor(whole / 60), whole % 60);
}
