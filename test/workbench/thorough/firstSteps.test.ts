import { useWindow } from '../useWindow.ts';

describe('a window in which Askance was not used yet', () => {
  const window = useWindow('own');

  it('offers actions in the lightbulb', async () => {
    const { page } = window();
    await window().openFile('wrap.py');
    await window().selectLines(1, 2);
    await page.keyboard.press('ControlOrMeta+.');
    await page.locator('.action-widget').getByRole('option', { name: 'Explain' }).waitFor();
    await page.keyboard.press('Escape');
    await window().runCommand('View: Close All Editors');
  });

  // The page of its pictures must be the only one there.
  it('leads to an endpoint, to a question and to a replacement', async () => {
    const { page } = window();
    const quickInput = page.locator('.quick-input-widget');
    const walkthrough = page.locator('.gettingStartedContainer');
    const step = (title: string) => walkthrough.locator('.getting-started-step', { hasText: title });
    await window().runCommand('Welcome: Open Walkthrough');
    await quickInput.getByRole('option', { name: /Get started with Askance/ }).click();
    await step('Connect to an endpoint').waitFor();
    // Pictures stand beside the steps where there is room.
    await page.keyboard.press('ControlOrMeta+B');
    await page.frameLocator('iframe.webview.ready').frameLocator('#active-frame').locator('svg').waitFor();
    await window().screenshot('walkthrough');
    await step('Ask about code').click();
    await step('Ask about code').getByRole('button', { name: 'Ask about selection' }).waitFor();
    await step('Change code in place').click();
    await step('Change code in place').getByRole('button', { name: 'Replace selection' }).waitFor();
    await step('Connect to an endpoint').click();
    await step('Connect to an endpoint').getByRole('button', { name: 'Connect to an endpoint' }).click();
    await quickInput.getByRole('option', { name: /OpenRouter/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+B');
  });
});
