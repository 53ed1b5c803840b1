import { useWindow } from '../useWindow.ts';

describe('the walkthrough', () => {
  const window = useWindow();

  it('leads to an endpoint, to a question and to a replacement', async () => {
    const { page, editor } = window();
    await window().runCommand('Welcome: Open Walkthrough');
    await page
      .locator('.quick-input-widget')
      .getByRole('option', { name: /Get started with Askance/ })
      .click();
    const step = (name: string) => editor.getByRole('button', { name: new RegExp(`^${name}`) }).first();
    await step('Connect an endpoint').waitFor();
    await editor.locator('svg').getByRole('img').or(editor.locator('.getting-started-media iframe')).first().waitFor();
    await window().screenshot('walkthrough');
    await step('Ask about code').click();
    await editor.getByRole('button', { name: 'Ask about selection' }).waitFor();
    await step('Change code in place').click();
    await editor.getByRole('button', { name: 'Replace selection' }).waitFor();
    await step('Connect an endpoint').click();
    await editor.getByRole('button', { name: 'Connect to an endpoint' }).click();
    await page
      .locator('.quick-input-widget')
      .getByPlaceholder(/endpoint|URL|provider/i)
      .waitFor();
  });
});
