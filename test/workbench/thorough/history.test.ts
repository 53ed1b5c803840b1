import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../browser/expect.ts';
import { useWindow } from '../useWindow.ts';
import { longAnswer } from '../browser/replies.ts';

describe('the history', () => {
  const window = useWindow();
  const list = () => window().page.locator('.quick-input-widget');
  const item = (title: string) => list().getByRole('option', { name: title });

  const press = async (title: string, button: string): Promise<void> => {
    await item(title).hover();
    await item(title).getByRole('button', { name: button, exact: true }).click();
  };

  it('lists conversations by day, finds words of their texts, and shows the one that is picked', async () => {
    const { page, chat, demo } = window();
    await window().runCommand('Askance: Focus chat');
    demo.enqueue({ kind: 'text', text: 'Ranges are half-open.' });
    await window().ask('What is a range?');
    await window().answer(0);
    await window().runCommand('Askance: New chat');
    demo.enqueue({ kind: 'text', text: 'A limiter lets few calls through.' });
    await window().ask('What is a limiter?');
    await window().answer(0);
    await window().runCommand('Askance: Show history');
    await item('What is a range?').waitFor();
    await list().getByText('Today').waitFor();
    await window().screenshot('history');
    await page.keyboard.type('half-open');
    await item('What is a limiter?').waitFor({ state: 'detached' });
    await list().getByText('Ranges are half-open.').waitFor();
    await window().screenshot('history-search');
    await page.keyboard.press('Enter');
    await chat.getByText('Ranges are half-open.').waitFor();
    assert.equal(await chat.getByText('few calls').count(), 0);
  });

  it('deletes a conversation and brings it back', async () => {
    const { page } = window();
    await window().runCommand('Askance: Show history');
    await press('What is a limiter?', 'Delete');
    await item('What is a limiter?').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Undo' }).click();
    await window().runCommand('Askance: Show history');
    await item('What is a limiter?').waitFor();
    await page.keyboard.press('Escape');
  });

  it('renames and pins what is in the list, which stays open', async () => {
    await window().runCommand('Askance: Show history');
    await press('What is a limiter?', 'Rename');
    await window().answerInputBox('Rename chat', 'Limits');
    await item('Limits').waitFor();
    await press('Limits', 'Pin');
    await list().getByText('Pinned').waitFor();
    await window().screenshot('history-pinned');
    await press('Limits', 'Unpin');
    await list().getByText('Pinned').waitFor({ state: 'detached' });
    await window().page.keyboard.press('Escape');
  });

  it('exports from the list, as Markdown and as JSON', async () => {
    for (const format of ['md', 'json']) {
      const path = join(window().dataDir, `limits.${format}`);
      await window().runCommand('Askance: Show history');
      await press('Limits', 'Export');
      await window().answerFileDialog('Export chat', path);
      await until('the file is there', () =>
        readFile(path, 'utf8').then(
          (text) => text.includes('A limiter lets few calls through.'),
          () => false,
        ),
      );
      await item('Limits').waitFor();
      await window().page.keyboard.press('Escape');
    }
  });

  it('imports a chat that was exported as JSON, and shows it', async () => {
    const { chat, page } = window();
    await window().runCommand('Askance: Show history');
    await press('Limits', 'Delete');
    await item('Limits').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await window().runCommand('Askance: Import chats');
    await window().answerFileDialog('Import chats', join(window().dataDir, 'limits.json'));
    await chat.getByText('A limiter lets few calls through.').waitFor();
    await window().runCommand('Askance: Show history');
    await item('Limits').waitFor();
    await item('What is a range?').click();
    await chat.getByText('Ranges are half-open.').waitFor();
  });

  it('keeps what had come when the extension host is killed, and what was written in the input', async () => {
    const { page, chat, question, demo } = window();
    demo.enqueue(longAnswer);
    await window().ask('Count for long.');
    await chat.getByText(/one two three four five six seven/).waitFor();
    await question.fill('Not sent yet');
    await question.blur();
    // What is older than a second must be there.
    const before = (await chat.getByRole('article', { name: 'Answer' }).last().innerText()).length;
    await page.waitForTimeout(1500);
    await window().killExtensionHost();
    await chat.getByText('Interrupted').waitFor();
    const text = await chat.getByRole('article', { name: 'Answer' }).last().innerText();
    assert.ok(text.includes('one two three four') && text.length >= before, text);
    assert.equal(await question.inputValue(), 'Not sent yet');
    await chat.getByText('Ranges are half-open.').waitFor();
    await window().screenshot('history-interrupted');
  });

  it('brings back the conversation after the window was loaded anew', async function () {
    this.timeout(180_000);
    const { chat, question } = window();
    await window().reload();
    await window().runCommand('Askance: Focus chat');
    await chat.getByText('Ranges are half-open.').waitFor();
    assert.equal(await question.inputValue(), 'Not sent yet');
  });
});
