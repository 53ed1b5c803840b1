import type { CompletionItem } from '../../shared/protocol.ts';
import type { IconName } from './icon.tsx';

/** The icon of a kind of context, or of an action. */
export const kindIcon: Readonly<Record<CompletionItem['icon'], IconName>> = {
  code: 'fileCode',
  file: 'file',
  folder: 'folder',
  problems: 'warning',
  stagedChanges: 'diff',
  workingChanges: 'diff',
  terminal: 'terminal',
  instructions: 'book',
  action: 'sparkle',
};
