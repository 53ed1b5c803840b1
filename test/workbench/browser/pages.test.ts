import { useWindow } from '../useWindow.ts';

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
});
