import type { CompletionItem } from './protocol.ts';

/** VS Code's product icon for a kind of context, or for an action. */
export const kindIcons = {
  code: 'file-code',
  file: 'file',
  folder: 'folder',
  problems: 'warning',
  stagedChanges: 'diff',
  workingChanges: 'diff',
  terminal: 'terminal',
  instructions: 'book',
  action: 'sparkle',
} as const satisfies Readonly<Record<CompletionItem['icon'], string>>;
