const english = new Intl.PluralRules('en');

/** The message that agrees with `count`. `vscode.l10n` has no plurals, so each category has a message of its own. */
export function plural(count: number, one: string, other: string): string {
  return english.select(count) === 'one' ? one : other;
}
