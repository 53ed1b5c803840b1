import type { Translate } from '../shared/l10n.ts';
import { variableNames, type Action, type ActionResult, type LanguageFilter } from './actions.ts';

/**
 * Parses the setting with the user's own actions. Invalid ones are skipped; every problem names the action, the field
 * and the allowed values. Of two actions with one id the first wins; one with a built-in id replaces that action.
 */
export function parseActions(
  value: unknown,
  t: Translate,
): { readonly actions: readonly Action[]; readonly problems: readonly string[] } {
  if (!Array.isArray(value)) return { actions: [], problems: [t('askance.actions must be an array of actions.')] };
  const actions = new Map<string, Action>();
  const problems: string[] = [];
  value.forEach((item: unknown, index) => {
    const reader = new ActionReader(item, t, index + 1);
    const action = reader.read();
    if (actions.has(action.id)) reader.problem(t('Another action has this id. Give each a unique id.'));
    problems.push(...reader.problems);
    if (reader.problems.length === 0) actions.set(action.id, action);
  });
  return { actions: [...actions.values()], problems };
}

/** Reads fields and collects their problems. */
class ActionReader {
  readonly problems: string[] = [];
  readonly #fields: ReadonlyMap<string, unknown>;
  readonly #label: string;
  readonly #t: Translate;

  constructor(value: unknown, t: Translate, position: number) {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    this.#t = t;
    // A map, because a field may be named `__proto__`.
    this.#fields = new Map(isObject ? Object.entries(value) : []);
    const id = this.#fields.get('id');
    this.#label = typeof id === 'string' && id.trim() !== '' ? id : `#${position}`;
    if (!isObject) this.problem(t('An action must be an object with id, title and prompt.'));
  }

  read(): Action {
    for (const name of this.#fields.keys()) {
      if (!fieldNames.has(name)) this.problem(this.#t('Unknown property {0}.', JSON.stringify(name)));
    }
    const id = this.#text('id');
    if (id !== '' && !idPattern.test(id)) {
      this.problem(this.#t("id can contain only letters, digits, “-” and “_”, because it's typed as /{0}.", 'id'));
    }
    return {
      id,
      title: this.#text('title'),
      prompt: this.#prompt(),
      result: this.#result(),
      languages: this.#languages(),
    };
  }

  problem(text: string): void {
    this.problems.push(this.#t('Action “{0}”: {1}', this.#label, text));
  }

  #text(name: string): string {
    const value = this.#fields.get(name);
    if (typeof value === 'string' && value.trim() !== '') return value;
    this.problem(this.#t('{0} must be a non-empty string.', name));
    return '';
  }

  #prompt(): string {
    const prompt = this.#text('prompt');
    for (const [hole, name = ''] of prompt.matchAll(/\$\{([A-Za-z]*)\}/g)) {
      if (!known.has(name)) {
        const names = variableNames.map((variable) => `\${${variable}}`).join(', ');
        this.problem(this.#t('{0} is no variable. There are {1}.', hole, names));
      }
    }
    return prompt;
  }

  #result(): ActionResult {
    const value = this.#fields.get('result') ?? 'chat';
    const result = results.find((name) => name === value);
    if (result === undefined) this.problem(this.#t('result must be one of {0}.', results.join(', ')));
    return result ?? 'chat';
  }

  /** One filter or several; a string is a language. */
  #languages(): readonly LanguageFilter[] {
    const value = this.#fields.get('languages') ?? [];
    const filters = (Array.isArray(value) ? value : [value]).map((item: unknown) => languageFilter(item));
    if (filters.some((filter) => filter === undefined)) {
      const example = '"python", { "language": "go", "pattern": "**/*_test.go" }';
      this.problem(
        this.#t('languages must name languages, or objects with language, scheme or pattern: {0}.', example),
      );
    }
    return filters.filter((filter) => filter !== undefined);
  }
}

const results: readonly ActionResult[] = ['chat', 'replace', 'insert', 'newFile'];
const fieldNames: ReadonlySet<string> = new Set(['id', 'title', 'prompt', 'result', 'languages']);
const known: ReadonlySet<string> = new Set(variableNames);
const filterFields: ReadonlySet<string> = new Set(['language', 'scheme', 'pattern']);
const idPattern = /^[\p{L}\p{N}_-]+$/u;

function languageFilter(value: unknown): LanguageFilter | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : { language: value };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  const isFilter =
    entries.length > 0 && entries.every(([name, text]) => filterFields.has(name) && typeof text === 'string');
  return isFilter ? Object.fromEntries(entries) : undefined;
}

/** All actions: the user's first, then the built-in ones that aren't replaced. */
export function allActions(own: readonly Action[], builtIn: readonly Action[]): readonly Action[] {
  const ids = new Set(own.map(({ id }) => id));
  return [...own, ...builtIn.filter(({ id }) => !ids.has(id))];
}
