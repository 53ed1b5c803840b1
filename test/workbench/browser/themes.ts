import type { Locator } from 'playwright-core';
import type { Window } from '../window.ts';
import { until } from './expect.ts';

type Scheme = 'dark' | 'light';

/** What VS Code tells a webview of a theme. */
interface Theme {
  readonly name: string;
  readonly scheme: Scheme;
  readonly classes: string;
  readonly variables: Readonly<Record<string, string>>;
}

const contrasts = { dark: 'vscode-high-contrast', light: 'vscode-high-contrast-light' } as const;

/** Settings with which VS Code takes the theme that the browser asks for. */
export const followBrowser = { 'window.autoDetectColorScheme': true, 'window.autoDetectHighContrast': true };

/** Reads from VS Code what it tells the chat's page in each of its four kinds of theme. */
export async function readThemes(window: Window, body: Locator): Promise<readonly Theme[]> {
  const themes: Theme[] = [];
  for (const scheme of ['dark', 'light'] as const) {
    await takeScheme(window, body, scheme);
    themes.push(await readTheme(body, scheme, scheme));
    await forceColors(window, body, scheme);
    themes.push(await readTheme(body, `contrast-${scheme}`, scheme));
  }
  return themes;
}

/** The system's colours in the place of all others, and with them VS Code's theme of high contrast. */
export async function forceColors({ page }: Window, body: Locator, scheme: Scheme): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, forcedColors: 'active' });
  await isTold(body, contrasts[scheme]);
}

/**
 * Gives the chat's page a theme. A light or a dark one is VS Code's own, so that code has its colours; VS Code takes one
 * of high contrast only together with forced colours, so that the page wears it alone.
 */
export async function wearTheme(window: Window, body: Locator, theme: Theme): Promise<void> {
  const before = await codeColors(body);
  const kind = await body.getAttribute('data-vscode-theme-kind');
  await takeScheme(window, body, theme.scheme);
  const isOther = kind !== `vscode-${theme.scheme}` && kind !== contrasts[theme.scheme];
  if (isOther) await until('code has its new colours', async () => areOther(await codeColors(body), before));
  await body.evaluate((element, { classes, variables }) => {
    element.className = classes;
    const { style } = element.ownerDocument.documentElement;
    const present: readonly string[] = Array.from(style);
    for (const property of present.filter((name) => name.startsWith('--vscode'))) style.removeProperty(property);
    for (const [property, value] of Object.entries(variables)) style.setProperty(property, value);
    style.background = 'var(--vscode-sideBar-background)';
  }, theme);
}

async function takeScheme({ page }: Window, body: Locator, scheme: Scheme): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, forcedColors: 'none' });
  await isTold(body, `vscode-${scheme}`);
}

function isTold(body: Locator, kind: string): Promise<void> {
  return until(`the theme is ${kind}`, async () => (await body.getAttribute('data-vscode-theme-kind')) === kind);
}

/** Of each code block that is seen, its colours. */
function codeColors(body: Locator): Promise<readonly string[]> {
  return body.evaluate((element) => {
    const { defaultView } = element.ownerDocument;
    return [...element.querySelectorAll('pre')]
      .map((block) => ({ block, place: block.getBoundingClientRect() }))
      .filter(({ place }) => place.bottom > 0 && place.top < defaultView.innerHeight)
      .map(({ block }) =>
        [...block.querySelectorAll('[class^="look-"]')].map((part) => defaultView.getComputedStyle(part).color).join(),
      );
  });
}

function areOther(now: readonly string[], before: readonly string[]): boolean {
  return now.every((colors, index) => colors === '' || colors !== before[index]);
}

function readTheme(body: Locator, name: string, scheme: Scheme): Promise<Theme> {
  return body.evaluate(
    (element, given) => {
      const { style } = element.ownerDocument.documentElement;
      const names: readonly string[] = Array.from(style);
      const own = names.filter((property) => property.startsWith('--'));
      const variables = Object.fromEntries(own.map((property) => [property, style.getPropertyValue(property)]));
      return { ...given, classes: String(element.className), variables };
    },
    { name, scheme },
  );
}
