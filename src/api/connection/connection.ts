import type { Translate } from '../../shared/l10n.ts';
import { checkHeader } from '../headers.ts';
import { asObject, isJsonObject } from '../../shared/json.ts';
import { checkParameter, isParameterName, type Parameters, type PenaltyRange } from '../../shared/parameters.ts';
import type { JsonObject } from '../../shared/json.ts';
import { checkBaseUrl, namedWire, wireOf } from '../url.ts';
import { wireIds, type WireId } from '../../shared/wireId.ts';

/** An endpoint and how to ask it, as the user set it. All values have been checked. */
export interface Connection {
  readonly name: string;
  readonly baseUrl: string;
  readonly model: string;
  /** The API to ask on; absent: the URL or its provider says. */
  readonly api?: WireId;
  /** Whether the server may look on the web: only on the Responses API. */
  readonly search?: SearchMode;
  /** Limits of the search, as fields of its tool. */
  readonly searchOptions?: JsonObject;
  /** How much the model reasons, in the server's words. */
  readonly effort?: string;
  /** Whether it reasons at all, under the server's own name for it. */
  readonly thinking?: boolean;
  /** Texts that end the answer. */
  readonly stop?: readonly string[];
  /** Name of the environment variable that holds the key. */
  readonly apiKeyEnv?: string;
  readonly parameters: Parameters;
  readonly penaltyRange: PenaltyRange;
  /** Tokens. */
  readonly contextWindow?: number;
  /** Whether the answer is asked for in pieces. */
  readonly stream: boolean;
  /** Whether to ask for the usage of a stream, which some servers give only then. */
  readonly includeUsage: boolean;
  readonly systemPrompt?: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Further fields of the body, merged last. */
  readonly extraBody: JsonObject;
}

/** `auto`: the model decides; `always`: it must. */
const searchModes = ['off', 'auto', 'always'] as const;

type SearchMode = (typeof searchModes)[number];

/** What no request to the Responses API may say: the server would keep the conversation, or answer another. */
const keptFields = /^(?:previous_response_id|conversation|background|input|store)$/i;

export type ParsedConnection =
  | { readonly kind: 'connection'; readonly connection: Connection }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** Reads the list of connections. A bad one is left out; of two with one name the first counts. */
export function parseConnections(
  value: unknown,
  t: Translate,
): { readonly connections: readonly Connection[]; readonly problems: readonly string[] } {
  if (!Array.isArray(value))
    return { connections: [], problems: [t('askance.connections must be an array of connections.')] };
  const connections = new Map<string, Connection>();
  const problems: string[] = [];
  value.forEach((item: unknown, index) => {
    const parsed = parseConnection(item, t, index + 1);
    if (parsed.kind === 'invalid') problems.push(...parsed.problems);
    else if (connections.has(parsed.connection.name)) {
      problems.push(
        t('Connection “{0}”: Another connection has this name. Give each a unique name.', parsed.connection.name),
      );
    } else connections.set(parsed.connection.name, parsed.connection);
  });
  return { connections: [...connections.values()], problems };
}

/**
 * Reads one connection; every problem names the connection, the field and what is allowed.
 * @param position From 1; names a connection that has no name.
 */
export function parseConnection(value: unknown, t: Translate, position = 1): ParsedConnection {
  const reader = new ConnectionReader(value, t, position);
  const connection = reader.read();
  return reader.problems.length === 0
    ? { kind: 'connection', connection }
    : { kind: 'invalid', problems: reader.problems };
}

/** Reads the fields one by one and gathers what is wrong with them. */
class ConnectionReader {
  readonly problems: string[] = [];
  readonly #fields: ReadonlyMap<string, unknown>;
  readonly #label: string;
  readonly #t: Translate;

  constructor(value: unknown, t: Translate, position: number) {
    const fields = asObject(value);
    this.#t = t;
    // A map, because a field may be named `__proto__`.
    this.#fields = new Map(Object.entries(fields ?? {}).filter(([, field]) => field !== undefined));
    const name = this.#fields.get('name');
    this.#label = typeof name === 'string' && name.trim() !== '' ? name : `#${position}`;
    if (!fields) this.#problem(t('A connection must be an object with name, baseUrl and model.'));
  }

  read(): Connection {
    const penaltyRange = this.#penaltyRange();
    const apiKeyEnv = this.#apiKeyEnv();
    const contextWindow = this.#contextWindow();
    const systemPrompt = this.#optionalText('systemPrompt');
    const api = this.#choice('api', wireIds);
    const search = this.#choice('search', searchModes);
    const searchOptions = this.#searchOptions();
    const effort = this.#optionalText('effort');
    const thinking = this.#fields.get('thinking') === undefined ? undefined : this.#flag('thinking', false);
    const stop = this.#stop();
    const baseUrl = this.#baseUrl();
    const model = this.#requiredText('model');
    this.#wire(baseUrl, api, model, search);
    for (const name of this.#fields.keys()) {
      if (!fieldNames.has(name)) this.#problem(this.#t('Unknown property {0}.', JSON.stringify(name)));
    }
    return {
      name: this.#requiredText('name'),
      baseUrl,
      model,
      ...(api && { api }),
      ...(search && { search }),
      ...(searchOptions && { searchOptions }),
      ...(effort !== undefined && { effort }),
      ...(thinking !== undefined && { thinking }),
      ...(stop && { stop }),
      ...(apiKeyEnv !== undefined && { apiKeyEnv }),
      parameters: this.#parameters(penaltyRange),
      penaltyRange,
      ...(contextWindow !== undefined && { contextWindow }),
      stream: this.#flag('stream', true),
      includeUsage: this.#flag('includeUsage', false),
      ...(systemPrompt !== undefined && { systemPrompt }),
      headers: this.#headers(),
      extraBody: this.#extraBody(),
    };
  }

  #requiredText(name: string): string {
    const value = this.#fields.get(name);
    if (typeof value === 'string' && value.trim() !== '') return value;
    this.#problem(this.#t('{0} must be a non-empty string.', name));
    return '';
  }

  #optionalText(name: string): string | undefined {
    const value = this.#fields.get(name);
    if (value === undefined || typeof value === 'string') return value;
    this.#problem(this.#t('{0} must be a string.', name));
    return undefined;
  }

  #flag(name: string, fallback: boolean): boolean {
    const value = this.#fields.get(name) ?? fallback;
    if (typeof value === 'boolean') return value;
    this.#problem(this.#t('{0} must be true or false.', name));
    return fallback;
  }

  #baseUrl(): string {
    const value = this.#fields.get('baseUrl');
    const text = typeof value === 'string' ? value : '';
    this.#problem(checkBaseUrl(text, this.#t));
    return text;
  }

  #choice<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined {
    const value = this.#fields.get(name);
    if (value === undefined) return undefined;
    const found = choices.find((choice) => choice === value);
    if (!found) this.#problem(this.#t('{0} must be one of {1}.', name, choices.map((each) => `"${each}"`).join(', ')));
    return found;
  }

  /** The API and what goes with it must fit the URL. */
  #wire(baseUrl: string, api: WireId | undefined, model: string, search: SearchMode | undefined): void {
    if (!URL.canParse(baseUrl)) return;
    const named = namedWire(baseUrl);
    if (api !== undefined && named !== undefined && named !== api) {
      this.#problem(this.#t('api is "{0}", but baseUrl ends as that of "{1}". Change one of them.', api, named));
    }
    const wire = wireOf({ baseUrl, api: named ?? api, model });
    if (wire === 'responses') {
      for (const name of Object.keys(asObject(this.#fields.get('extraBody')) ?? {})) {
        if (keptFields.test(name)) {
          this.#problem(this.#t("extraBody: {0} is set by Askance and can't be overridden. Remove it.", name));
        }
      }
    } else if (search === 'auto' || search === 'always') {
      this.#problem(this.#t('search needs the Responses API. Set "api" to "responses", or remove it.'));
    }
  }

  #searchOptions(): JsonObject | undefined {
    const value = this.#fields.get('searchOptions');
    if (value === undefined) return undefined;
    if (isJsonObject(value)) return value;
    this.#problem(this.#t('searchOptions must be a JSON object.'));
    return undefined;
  }

  #stop(): readonly string[] | undefined {
    const value = this.#fields.get('stop');
    if (value === undefined) return undefined;
    const texts = (Array.isArray(value) ? value : [value]).filter(
      (text): text is string => typeof text === 'string' && text !== '',
    );
    const count = Array.isArray(value) ? value.length : 1;
    if (texts.length === count && count >= 1 && count <= 4) return texts;
    this.#problem(this.#t('stop must be a text, or a list of one to four texts.'));
    return undefined;
  }

  #apiKeyEnv(): string | undefined {
    const value = this.#fields.get('apiKeyEnv');
    if (value === undefined) return undefined;
    if (typeof value === 'string' && /^[A-Za-z_][A-Za-z0-9_]*$/.test(value)) return value;
    this.#problem(this.#t('apiKeyEnv must be the name of an environment variable, for example MY_API_KEY.'));
    return undefined;
  }

  #contextWindow(): number | undefined {
    const value = this.#fields.get('contextWindow');
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1) return value;
    this.#problem(this.#t('contextWindow must be a whole number of tokens, at least 1.'));
    return undefined;
  }

  #penaltyRange(): PenaltyRange {
    const value = this.#fields.get('penaltyRange') ?? 'documented';
    if (value === 'documented' || value === 'wide') return value;
    this.#problem(this.#t('penaltyRange must be "documented" or "wide".'));
    return 'documented';
  }

  #parameters(penaltyRange: PenaltyRange): Parameters {
    const parameters: { -readonly [name in keyof Parameters]: number } = {};
    for (const [name, value] of this.#entries('parameters')) {
      if (!isParameterName(name)) {
        this.#problem(
          this.#t('parameters: Unknown parameter {0}. Put other fields in extraBody.', JSON.stringify(name)),
        );
        continue;
      }
      const problem = checkParameter(name, value, penaltyRange, this.#t);
      this.#problem(problem);
      if (typeof value === 'number') parameters[name] = value;
    }
    return parameters;
  }

  #headers(): Readonly<Record<string, string>> {
    const headers = new Map<string, [name: string, value: string]>();
    for (const [name, value] of this.#entries('headers')) {
      const key = name.toLowerCase();
      if (headers.has(key)) this.#problem(this.#t('headers: {0} is duplicated. Remove one.', name));
      this.#problem(checkHeader(name, value, this.#t));
      if (typeof value === 'string') headers.set(key, [name, value]);
    }
    return Object.fromEntries(headers.values());
  }

  #extraBody(): JsonObject {
    const value = this.#fields.get('extraBody') ?? {};
    if (!isJsonObject(value)) {
      this.#problem(this.#t('extraBody must be a JSON object.'));
      return {};
    }
    for (const name of Object.keys(value)) {
      // Some servers read field names without regard to case.
      if (/^(?:messages|stream)$/i.test(name)) {
        this.#problem(this.#t("extraBody: {0} is set by Askance and can't be overridden. Remove it.", name));
      }
    }
    return value;
  }

  #entries(name: string): readonly [string, unknown][] {
    const value = this.#fields.get(name);
    if (value === undefined) return [];
    const object = asObject(value);
    if (!object) this.#problem(this.#t('{0} must be an object.', name));
    return Object.entries(object ?? {});
  }

  #problem(text: string | undefined): void {
    if (text !== undefined) this.problems.push(this.#t('Connection “{0}”: {1}', this.#label, text));
  }
}

/** What a connection may hold. */
const fieldNames: ReadonlySet<string> = new Set<keyof Connection>([
  'name',
  'baseUrl',
  'model',
  'api',
  'search',
  'searchOptions',
  'effort',
  'thinking',
  'stop',
  'apiKeyEnv',
  'parameters',
  'penaltyRange',
  'contextWindow',
  'stream',
  'includeUsage',
  'systemPrompt',
  'headers',
  'extraBody',
]);
