import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { useWindow } from '../useWindow.ts';
import { requestOf } from './replies.ts';

describe('context in the input', () => {
  const window = useWindow();
  const popup = () => window().chat.getByRole('listbox', { name: 'Context' });
  const chips = () => window().chat.getByRole('list', { name: 'Context of the question' }).last().getByRole('listitem');

  before(async () => {
    await writeFile(join(window().workspace, '.env'), 'TOKEN=secret\n');
    await window().openFile('intervals.ts');
    await window().selectLines(11, 13);
    await window().runCommand('Askance: Focus chat');
    await window().question.waitFor();
  });

  it('is offered behind #, and found by typing on', async () => {
    const { page, question } = window();
    await question.pressSequentially('What is #');
    await popup().getByRole('option', { name: 'Selection' }).waitFor();
    await window().screenshot('context-popup');
    await question.pressSequentially('wrap');
    const option = popup().getByRole('option', { name: /wrap\.py/ });
    await option.waitFor();
    assert.equal(
      await question.getAttribute('aria-activedescendant'),
      await popup().getByRole('option').first().getAttribute('id'),
    );
    await window().screenshot('context-popup-files');
    await page.keyboard.press('Enter');
    await chips().filter({ hasText: 'python/wrap.py' }).waitFor();
    await popup().waitFor({ state: 'detached' });
    assert.equal(await question.inputValue(), 'What is ');
    assert.equal(window().demo.requests.length, 0);
  });

  it('is closed by Escape, and picked with the arrow keys', async () => {
    const { page, question } = window();
    await question.pressSequentially('#');
    await popup().waitFor();
    await page.keyboard.press('Escape');
    await popup().waitFor({ state: 'detached' });
    await page.keyboard.press('Backspace');
    await question.pressSequentially('#');
    await popup().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Tab');
    await chips().filter({ hasText: 'intervals.ts:11-13' }).waitFor();
    await window().screenshot('context-chips');
  });

  it('goes with the question', async () => {
    await window().question.fill('What is this?');
    await window().question.press('Enter');
    const { content } = requestOf(await window().demo.nextRequest()).messages.at(-1)!;
    assert.match(content, /^`python\/wrap\.py`:\n```/);
    assert.match(content, /`typescript\/intervals\.ts`, lines 11-13:\n```typescript\n {2}get size/);
    assert.match(content, /\n\nWhat is this\?$/);
    await window().answer(0);
  });
});
