import assert from 'node:assert/strict';
import { Window, type WindowOptions } from './window.ts';

/** Opens a window before the tests of a suite and closes it after them. */
export function useWindow(options?: WindowOptions): () => Window {
  let window: Window | undefined;
  let failed: string | undefined;
  before(async function () {
    this.timeout(300_000);
    window = await Window.open(options);
  });
  afterEach(function () {
    if (this.currentTest?.state === 'failed') failed ??= this.currentTest.fullTitle();
  });
  after(async () => {
    if (!window) return;
    await window.close(failed);
    assert.deepEqual(window.complaints, [], "the chat's page did what it may not do");
  });
  return () => {
    if (!window) throw new Error('The window is not open yet.');
    return window;
  };
}
