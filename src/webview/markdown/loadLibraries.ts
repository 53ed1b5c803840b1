import { Lazy } from '../../shared/lazy.ts';
import type * as libraryModule from './libraries.ts';

type Libraries = typeof libraryModule;

const lazy = new Lazy<Libraries>(() => import('./libraries.ts'));

/** Loads the Markdown libraries; no answer can be shown before. */
export async function loadLibraries(): Promise<void> {
  await lazy.load();
}

export function areLibrariesLoaded(): boolean {
  return lazy.made !== undefined;
}

/** @throws If they aren't loaded yet. */
export function libraries(): Libraries {
  if (!lazy.made) throw new Error('An answer is written before its libraries are loaded.');
  return lazy.made;
}
