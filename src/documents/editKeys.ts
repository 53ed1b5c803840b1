/** The default keys of what is done with an edit, as package.json binds them: on other platforms, and on macOS. */
export const editKeys = {
  keepEdit: ['Ctrl+K Y', '⌘K Y'],
  undoEdit: ['Ctrl+K N', '⌘K N'],
  keepChange: ['Ctrl+K Shift+Y', '⌘K ⇧Y'],
  undoChange: ['Ctrl+K Shift+N', '⌘K ⇧N'],
  showRemovedLines: ['Ctrl+K Shift+M', '⌘K ⇧M'],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;

/** The default key of a command as the platform writes it. Where VS Code's own window runs is not known remotely. */
export function keyOf(command: keyof typeof editKeys): string {
  return editKeys[command][process.platform === 'darwin' ? 1 : 0];
}
