import assert from 'node:assert/strict';
import { useWindow } from '../useWindow.ts';
import { requestOf } from './replies.ts';

describe('actions', () => {
  const window = useWindow();

  it('are offered for the code in its context menu', async () => {
    await window().openFile('intervals.ts');
    await window().selectLines(11, 13);
    await window().editor.getByText('reduce').click({ button: 'right' });
    const { page } = window();
    await page.getByRole('menuitem', { name: 'Askance actions' }).hover();
    await page.getByRole('menuitem', { name: 'Simplify' }).waitFor();
    await page.getByRole('menuitem', { name: 'Run action…' }).waitFor();
    await window().screenshot('actions-menu');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
  });

  it('are offered by / in the input, and take the code from the editor, beside what is attached', async () => {
    const { question, chat, demo } = window();
    await window().runCommand('Askance: Focus chat');
    await question.pressSequentially('#wrap');
    await chat
      .getByRole('option', { name: /wrap\.py/ })
      .first()
      .waitFor();
    await question.press('Enter');
    await chat
      .getByRole('button', { name: /python\/wrap\.py/ })
      .first()
      .waitFor();
    await question.pressSequentially('/exp');
    await chat
      .getByRole('option', { name: /\/explain/ })
      .first()
      .waitFor();
    await window().screenshot('actions-slash');
    await question.press('Enter');
    await question.pressSequentially('In one sentence.');
    await chat.getByRole('button', { name: 'Preview request' }).click();
    await window().editor.getByText('python/wrap.py').waitFor();
    await window().runCommand('Askance: Copy request as curl command');
    await window().page.getByText('Copied').first().waitFor();
    assert.match(await window().clipboard(), /python\/wrap\.py.*intervals\.ts.*Explain this code: .*In one sentence\./);
    await window().screenshot('actions-request');
    await window().runCommand('View: Close Editor');
    await question.click();
    demo.enqueue({ kind: 'text', text: 'It adds up lengths.' });
    await question.press('Enter');
    const { content } = requestOf(await demo.nextRequest()).messages.at(-1)!;
    assert.match(
      content,
      /python\/wrap\.py`[\s\S]*intervals\.ts`, lines 11-13:[\s\S]*Explain this code: [\s\S]*\n\nIn one sentence\.$/,
    );
    assert.match(await (await window().answer(0)).innerText(), /It adds up lengths\./);
    assert.equal(await question.inputValue(), '');
    assert.equal(await chat.getByRole('button', { name: /Remove .*wrap\.py/ }).count(), 0);
    await window().screenshot('actions-explained');
  });

  it('show no request where they write code, and take no request for code', async () => {
    const { question, chat, demo } = window();
    const requests = demo.requests.length;
    await question.fill('What would be sent?');
    await chat.getByRole('button', { name: 'Preview request' }).click();
    await window().editor.getByText('What would be sent?').waitFor();
    // Behind what tells the extension host of the editors.
    await window().runCommand('Askance: Focus chat');
    // With a word behind it: what the popup offers for the name alone would take the key.
    await question.fill('/explain this');
    await question.press('Enter');
    await chat.getByText('No text editor is active').waitFor();
    assert.equal(await question.inputValue(), '/explain this');
    await window().runCommand('View: Close Editor');
    await question.fill('/simplify this');
    await chat.getByRole('button', { name: 'Preview request' }).click();
    await chat.getByText('/simplify edits code').waitFor();
    assert.equal(demo.requests.length, requests);
  });

  it('put the question back where they cannot be run', async () => {
    const { question, chat } = window();
    await window().selectLines(1, 2);
    await window().runCommand('Askance: Focus chat');
    await question.fill('/fixProblems now');
    await question.press('Enter');
    await chat.getByText('There are no problems in this code').waitFor();
    assert.equal(await question.inputValue(), '/fixProblems now');
  });
});
