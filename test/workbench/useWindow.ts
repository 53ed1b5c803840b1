import assert from 'node:assert/strict';
import { Window, type WindowOptions } from './window.ts';

/** A window takes half a minute until it is warm: suites that want nothing special follow each other in one. */
let shared: Window | undefined;

/**
 * Gives the tests of a suite a window. With options, or where `own` is asked for, it is opened before them and closed
 * after them; else it is shared with other suites, and as tidy as a new one but for its history.
 */
export function useWindow(options?: WindowOptions | 'own'): () => Window {
  let window: Window | undefined;
  let failed: string | undefined;
  before(async function () {
    this.timeout(300_000);
    if (options !== undefined) {
      window = await Window.open(options === 'own' ? {} : options);
    } else if (shared) {
      window = shared;
      failed = 'tidying a window';
      await window.tidy();
      failed = undefined;
    } else {
      shared = window = await Window.open();
    }
  });
  afterEach(function () {
    if (this.currentTest?.state === 'failed') failed ??= this.currentTest.fullTitle();
  });
  after(async () => {
    if (!window) return;
    const complaints = window.complaints.splice(0);
    if (window !== shared || failed !== undefined || complaints.length > 0) {
      if (window === shared) shared = undefined;
      await window.close(failed);
    }
    assert.deepEqual(complaints, [], "the chat's page did what it may not do");
  });
  return () => {
    if (!window) throw new Error('The window is not open yet.');
    return window;
  };
}

// Loaded once, by the first file that imports it: a hook of the whole run.
after(async () => {
  await shared?.close(undefined);
  shared = undefined;
});
