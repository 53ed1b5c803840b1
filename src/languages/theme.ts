import * as vscode from 'vscode';
import { contributions, string, type ExtensionFile, type Installed } from './contributions.ts';
import { customRules, readThemeRules, type ThemeRule } from './themeRules.ts';

interface Theme extends ExtensionFile<vscode.Uri> {
  readonly id: string;
}

interface Kind {
  /** As in theme manifests. */
  readonly uiTheme: string;
  /** The setting that names the theme of this kind. */
  readonly preferred: string;
}

const kinds: Readonly<Record<vscode.ColorThemeKind, Kind>> = {
  [vscode.ColorThemeKind.Light]: { uiTheme: 'vs', preferred: 'preferredLightColorTheme' },
  [vscode.ColorThemeKind.Dark]: { uiTheme: 'vs-dark', preferred: 'preferredDarkColorTheme' },
  [vscode.ColorThemeKind.HighContrast]: { uiTheme: 'hc-black', preferred: 'preferredHighContrastColorTheme' },
  [vscode.ColorThemeKind.HighContrastLight]: {
    uiTheme: 'hc-light',
    preferred: 'preferredHighContrastLightColorTheme',
  },
};

/** The settings that choose the active theme and customize it. */
export const themeSettings = [
  'workbench.colorTheme',
  ...Object.values(kinds).map(({ preferred }) => `workbench.${preferred}`),
  'window.autoDetectColorScheme',
  'editor.tokenColorCustomizations',
];

/**
 * The rules of the active color theme, the user's last. If the theme is installed only on the user's local machine
 * while this runs remotely, VS Code's default theme of its kind is used.
 */
export async function activeThemeRules(extensions: readonly Installed<vscode.Uri>[]): Promise<readonly ThemeRule[]> {
  const theme = findTheme(extensions);
  const customizations: unknown = vscode.workspace.getConfiguration('editor').get('tokenColorCustomizations');
  const custom = customRules(customizations, theme?.id ?? '');
  if (!theme) return custom;
  const read = async (path: string): Promise<string> =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(theme.root, path)));
  const rules = await readThemeRules(theme.path, read).catch(() => []);
  return [...rules, ...custom];
}

/** VS Code exposes the kind of its theme but not its name, so look for a theme setting that names one of this kind. */
function findTheme(extensions: readonly Installed<vscode.Uri>[]): Theme | undefined {
  const { uiTheme, preferred } = kinds[vscode.window.activeColorTheme.kind];
  const workbench = vscode.workspace.getConfiguration('workbench');
  const detected = vscode.workspace.getConfiguration('window').get('autoDetectColorScheme') === true;
  const named = [workbench.get('colorTheme'), workbench.get(preferred)];
  const wanted = [...(detected ? named.toReversed() : named), workbench.inspect(preferred)?.defaultValue];
  const themes = extensions.flatMap((extension) => themesOf(extension, uiTheme));
  for (const id of wanted.filter((value) => typeof value === 'string')) {
    const theme = themes.find((candidate) => candidate.id === id || `Default ${candidate.id}` === id);
    if (theme) return theme;
  }
  return undefined;
}

function themesOf(extension: Installed<vscode.Uri>, uiTheme: string): readonly Theme[] {
  return contributions(extension, 'themes').flatMap((theme) => {
    const id = string(theme['id']) ?? string(theme['label']);
    const path = string(theme['path']);
    if (theme['uiTheme'] !== uiTheme || id === undefined || path === undefined) return [];
    return [{ id, root: extension.root, path }];
  });
}
