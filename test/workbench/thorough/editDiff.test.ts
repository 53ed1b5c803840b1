import assert from 'node:assert/strict';
import { until } from '../browser/expect.ts';
import { useWindow } from '../useWindow.ts';

const file = 'typescript/intervals.ts';

describe('an edit that is reviewed beside the file', () => {
  const window = useWindow({ settings: { 'askance.edit.review': 'diff' } });

  it('is accepted by the button in the title of the diff editor', async () => {
    const { demo, page, editor } = window();
    const original = await window().savedText(file);
    await window().openFile('intervals.ts');
    await window().selectLines(11, 13);
    demo.enqueue({ kind: 'text', text: '```typescript\n  get extent() {\n    return this.ranges.length;\n  }\n```' });
    await window().runCommand('Askance: Replace selection…');
    await window().answerInputBox(/^Replace .*intervals\.ts:11-13/, 'Call it extent.');
    const accept = page.getByRole('button', { name: 'Accept edit' });
    await page.locator('.editor.modified').getByText('get extent() {').waitFor();
    await accept.waitFor();
    await window().screenshot('edit-diff');
    assert.equal(await window().savedText(file), original);
    await accept.click();
    await until('the file holds the new code', async () => (await window().savedText(file)).includes('get extent() {'));
    await page.locator('.editor.modified').waitFor({ state: 'detached' });
    await editor.getByText('get extent() {').waitFor();
    await page.keyboard.press('ControlOrMeta+Z');
    await editor.getByText('get size() {').waitFor();
  });
});
