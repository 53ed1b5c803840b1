import type { Locator } from 'playwright-core';
import type { Window } from '../window.ts';
import { until } from './expect.ts';

/** What VS Code tells a webview of a theme. */
interface Theme {
  readonly name: string;
  readonly classes: string;
  readonly variables: Readonly<Record<string, string>>;
}

const kinds = [
  ['dark', 'vscode-dark', { colorScheme: 'dark' }],
  ['light', 'vscode-light', { colorScheme: 'light' }],
  ['contrast-dark', 'vscode-high-contrast', { colorScheme: 'dark', forcedColors: 'active' }],
  ['contrast-light', 'vscode-high-contrast-light', { colorScheme: 'light', forcedColors: 'active' }],
] as const;

/** Settings with which VS Code takes the theme that the browser asks for. */
export const followBrowser = { 'window.autoDetectColorScheme': true, 'window.autoDetectHighContrast': true };

/** Reads from VS Code what it tells the chat's page in each of its four kinds of theme; the first of them is left on. */
export async function readThemes(window: Window, body: Locator): Promise<readonly Theme[]> {
  const themes: Theme[] = [];
  for (const [name, kind, media] of kinds) {
    await window.page.emulateMedia({ forcedColors: 'none', ...media });
    await until(`the theme is ${kind}`, async () => (await body.getAttribute('data-vscode-theme-kind')) === kind);
    themes.push(await readTheme(body, name));
  }
  await window.page.emulateMedia({ colorScheme: 'dark', forcedColors: 'none' });
  await until(
    'the first theme is back',
    async () => (await body.getAttribute('data-vscode-theme-kind')) === kinds[0][1],
  );
  return themes;
}

/** Gives the chat's page a theme, in an instant and for itself alone. */
export async function wearTheme(body: Locator, theme: Theme): Promise<void> {
  await body.evaluate((element, { classes, variables }) => {
    element.className = classes;
    const { style } = element.ownerDocument.documentElement;
    const present: readonly string[] = Array.from(style);
    for (const property of present.filter((name) => name.startsWith('--vscode'))) style.removeProperty(property);
    for (const [property, value] of Object.entries(variables)) style.setProperty(property, value);
    style.background = 'var(--vscode-sideBar-background)';
  }, theme);
}

function readTheme(body: Locator, name: string): Promise<Theme> {
  return body.evaluate((element, theme) => {
    const { style } = element.ownerDocument.documentElement;
    const variables: Record<string, string> = {};
    for (const property of style) {
      if (property.startsWith('--')) variables[property] = style.getPropertyValue(property);
    }
    return { name: theme, classes: String(element.className), variables };
  }, name);
}
