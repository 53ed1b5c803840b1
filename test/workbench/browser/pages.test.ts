import { useWindow } from '../useWindow.ts';
import { until } from './expect.ts';

describe('a conversation in several places', () => {
  const window = useWindow();
  /** The pages of the window, in the order in which they were opened. */
  const place = (index: number) =>
    window().page.frameLocator('iframe.webview.ready').nth(index).frameLocator('#active-frame');

  it('opens in an editor tab, and both pages show the answer that comes', async () => {
    const { page, demo } = window();
    await window().runCommand('Askance: Focus chat');
    demo.enqueue({ kind: 'text', text: 'The first answer.' });
    await window().ask('First?');
    await window().answer(0);
    await window().runCommand('Askance: Open chat in editor');
    await page.getByRole('tab', { name: 'First?', exact: true }).waitFor();
    await place(1).getByText('The first answer.').waitFor();
    demo.enqueue({ kind: 'text', text: 'The second answer.' });
    const question = place(1).getByRole('textbox', { name: 'Question' });
    await question.fill('Second?');
    await question.press('Enter');
    for (const index of [0, 1]) await place(index).getByText('The second answer.').waitFor();
    await window().screenshot('chat-in-editor');
  });

  it('is searched in its editor tab by the keys of VS Code', async () => {
    const { page, demo } = window();
    const paragraphs = 'A paragraph.\n\n'.repeat(60);
    demo.enqueue({ kind: 'text', text: `${paragraphs}The needle.\n\n${paragraphs}The end.` });
    const question = place(1).getByRole('textbox', { name: 'Question' });
    await question.fill('Third?');
    await question.press('Enter');
    await place(1).getByText('The end.').waitFor();
    await page.keyboard.press('ControlOrMeta+F');
    await page.locator('.simple-find-part input').first().fill('needle');
    await page.keyboard.press('Enter');
    const needle = place(1).getByText('The needle.');
    await until('what was searched is in view', () =>
      needle.evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return top >= 0 && bottom <= (element.closest('.scroll-area')?.getBoundingClientRect().bottom ?? 0);
      }),
    );
    await page.keyboard.press('Escape');
  });
});
