import { parse } from 'jsonc-parser';
import { posix } from 'node:path';
import textmate from 'vscode-textmate';
import { fields, fieldsOf, string, strings, type Fields } from './contributions.ts';

/** The style of a scope; of two equally specific rules the later one wins. */
export interface ThemeRule {
  readonly scope: string | string[];
  readonly settings: { readonly foreground?: string; readonly fontStyle?: string };
}

/** Limits the depth of includes, because themes might include themselves. */
const maxIncludes = 16;

/** The scopes of the short names in `editor.tokenColorCustomizations`. */
const groups: Readonly<Record<string, string[]>> = {
  comments: ['comment', 'punctuation.definition.comment'],
  strings: ['string', 'meta.embedded.assembly'],
  keywords: ['keyword - keyword.operator', 'keyword.control', 'storage', 'storage.type'],
  numbers: ['constant.numeric'],
  types: ['entity.name.type', 'entity.name.class', 'support.type', 'support.class'],
  functions: ['entity.name.function', 'support.function'],
  variables: ['variable', 'entity.name.variable'],
};

/**
 * The rules of a color theme file, after those of the files it includes.
 * @param path Of the file, relative to the root of `read`.
 * @throws What `read` throws.
 */
export async function readThemeRules(
  path: string,
  read: (path: string) => Promise<string>,
  includes = 0,
): Promise<readonly ThemeRule[]> {
  if (includes > maxIncludes) return [];
  const text = await read(path);
  if (!/\.jsonc?$/i.test(path)) return rulesOf(fields(textmate.parseRawGrammar(text, path))['settings']);
  const theme = fields(parse(text, [], { allowTrailingComma: true }));
  const readBeside = (other: unknown): Promise<readonly ThemeRule[]> | readonly ThemeRule[] =>
    typeof other === 'string'
      ? readThemeRules(posix.join(posix.dirname(path), other), read, includes + 1)
      : rulesOf(other);
  return [...(await readBeside(theme['include'])), ...(await readBeside(theme['settings'] ?? theme['tokenColors']))];
}

/**
 * The user's rules for all themes, then those for this one.
 * @param customizations The value of `editor.tokenColorCustomizations`.
 * @param themeId As in `workbench.colorTheme`.
 */
export function customRules(customizations: unknown, themeId: string): readonly ThemeRule[] {
  const everywhere = fields(customizations);
  const here = Object.keys(everywhere).filter((key) => namesTheme(key, themeId));
  return [everywhere, ...here.map((key) => fields(everywhere[key]))].flatMap(rulesOfCustomizations);
}

function rulesOfCustomizations(customizations: Fields): readonly ThemeRule[] {
  const grouped = Object.entries(groups).flatMap(([name, scope]) => {
    const value = customizations[name];
    return rulesOf([{ scope, settings: typeof value === 'string' ? { foreground: value } : value }]);
  });
  return [...grouped, ...rulesOf(customizations['textMateRules'])];
}

/** Whether a key such as `[Dark+][*Light*]` matches the theme. */
function namesTheme(key: string, themeId: string): boolean {
  const patterns = [...key.matchAll(/\[([^[\]]+)\]/g)].map(([, pattern = '']) => pattern);
  return patterns.some((pattern) => isLike(themeId, pattern));
}

/** Whether a text matches a pattern in which `*` is any text. */
function isLike(text: string, pattern: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** Skips rules without a scope: the page already knows how plain text looks. */
function rulesOf(value: unknown): readonly ThemeRule[] {
  return fieldsOf(value).flatMap(({ scope, settings }) => {
    const scopes = string(scope) ?? [...strings(scope)];
    if (scopes.length === 0) return [];
    const foreground = hexColor(fields(settings)['foreground']);
    const fontStyle = string(fields(settings)['fontStyle']);
    if (foreground === undefined && fontStyle === undefined) return [];
    return [
      {
        scope: scopes,
        settings: { ...(foreground !== undefined && { foreground }), ...(fontStyle !== undefined && { fontStyle }) },
      },
    ];
  });
}

/** `#RRGGBB` or `#RRGGBBAA`; undefined for any other text. */
function hexColor(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i.test(value)) return undefined;
  const color = value.length <= 5 ? value.replace(/[\da-f]/gi, '$&$&') : value;
  return color.toUpperCase().replace(/^(#.{6})FF$/, '$1');
}
