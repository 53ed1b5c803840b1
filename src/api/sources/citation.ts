import type { Citation } from '../../shared/answer.ts';
import { asObject, asString, asText } from '../../shared/json.ts';
import { firstField } from '../fields.ts';

/** UTF-16 code units of a source's own words that are kept. */
const longestSnippet = 600;

/**
 * A source in whatever names a server gives its fields; a text is its URL. What has no URL keeps its place and its
 * name.
 */
export function readCitation(value: unknown, mark?: string): Citation {
  const fields = asObject(value);
  const url = fields ? asText(firstField(fields, 'url', 'uri', 'link', 'href', 'source_url')) : asString(value);
  const title = asText(firstField(fields, 'title', 'name', 'site_name'));
  const date = asText(
    firstField(
      fields,
      'date',
      'publishedDate',
      'published_date',
      'publish_date',
      'dateTime',
      'page_age',
      'last_updated',
    ),
  );
  const snippet = asText(
    firstField(fields, 'snippet', 'content', 'text', 'exactQuote', 'cited_text', 'description', 'summary'),
  );
  return {
    url: url ?? '',
    ...(mark !== undefined && { mark }),
    ...(title !== undefined && title !== url && { title }),
    ...(date !== undefined && { date }),
    ...(snippet !== undefined && { snippet: snippet.slice(0, longestSnippet) }),
  };
}
