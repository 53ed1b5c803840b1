import { asObject, asText, isJsonObject, type JsonObject } from '../../shared/json.ts';

/** A connection to Perplexity's Sonar, which has ended, as one to the API that replaces it. */
export interface Moved {
  /** As it is written in the settings. */
  readonly connection: Readonly<Record<string, unknown>>;
  /** Names of what has no counterpart and is gone. */
  readonly removed: readonly string[];
  /** Whether another maker's model may answer. */
  readonly isLevel: boolean;
}

/**
 * @param written The connection as it is written in the settings.
 * @param keepsModel Whether Perplexity's own model is to answer where a level would.
 */
export function movedSonar(written: Readonly<Record<string, unknown>>, keepsModel = false): Moved {
  const { includeUsage: _usage, penaltyRange: _range, api: _api, extraBody, parameters, ...kept } = written;
  const model = asText(written['model']) ?? '';
  const moved = keepsModel ? 'perplexity/sonar' : movedModel(model);
  const removed: string[] = [];
  const fields = isJsonObject(extraBody) ? extraBody : {};
  const { rest, search, effort } = sortedFields(fields, removed);
  const sent = Object.entries(asObject(parameters) ?? {}).filter(([name]) => {
    const hasField = ['temperature', 'top_p', 'max_tokens'].includes(name);
    if (!hasField) removed.push(name);
    return hasField;
  });
  return {
    connection: {
      ...kept,
      baseUrl: 'https://api.perplexity.ai/v1/agent',
      model: moved,
      search: 'auto',
      ...(Object.keys(search).length > 0 && { searchOptions: search }),
      ...(effort !== undefined && kept['effort'] === undefined && { effort }),
      ...(sent.length > 0 && { parameters: Object.fromEntries(sent) }),
      ...(Object.keys(rest).length > 0 && { extraBody: rest }),
    },
    removed,
    isLevel: moved !== 'perplexity/sonar',
  };
}

/** Perplexity's own advice (documentation, 2026). */
function movedModel(model: string): string {
  const name = model.toLowerCase().replace(/^perplexity\//, '');
  if (name === 'sonar') return 'perplexity/sonar';
  if (name.startsWith('sonar-deep-research')) return 'medium';
  return name.startsWith('sonar') ? 'low' : model;
}

/** Fields of the search go into its tool; those that the new API refuses go away. */
function sortedFields(
  fields: JsonObject,
  removed: string[],
): { readonly rest: JsonObject; readonly search: JsonObject; readonly effort: string | undefined } {
  const filters: Record<string, JsonObject[string]> = {};
  const options: Record<string, JsonObject[string]> = {};
  let effort: string | undefined;
  for (const [name, value] of Object.entries(fields)) {
    const inside = name === 'web_search_options' && isJsonObject(value) ? value : { [name]: value };
    for (const [field, each] of Object.entries(inside)) {
      if (/^search_(?:domain|recency|after_date|before_date)|^last_updated_/.test(field)) filters[field] = each;
      else if (field === 'search_context_size' || field === 'user_location') options[field] = each;
      else if (field === 'reasoning_effort' && typeof each === 'string') effort = each;
      else removed.push(field);
    }
  }
  const search = { ...options, ...(Object.keys(filters).length > 0 && { filters }) };
  return { rest: {}, search, effort };
}
