import assert from 'node:assert/strict';
import { useWindow } from '../useWindow.ts';

describe('an edit that fails', () => {
  const window = useWindow({
    demo: { apiKey: 'right-key' },
    settings: (baseUrl) => ({
      // What the chat asks is never asked here.
      'askance.connections': [
        { name: 'Chat', baseUrl: 'http://127.0.0.1:9', model: 'chat' },
        { name: 'Edits', baseUrl, model: 'coder', parameters: { top_k: 7 } },
      ],
      'askance.editConnection': 'Edits',
    }),
  });
  const body = async () => Object((await window().demo.nextRequest()).body);
  const replace = async (): Promise<void> => {
    await window().openFile('intervals.ts');
    await window().selectLines(11, 13);
    await window().runCommand('Askance: Replace selection…');
    await window().answerInputBox(/^Replace /, 'Call it extent.');
  };
  const press = async (message: RegExp, name: string): Promise<void> => {
    const toast = window().page.locator('.notification-toast', { hasText: message });
    await toast.getByRole('button', { name, exact: true }).click();
  };
  const code = (name: string) =>
    window().demo.enqueue({ kind: 'text', text: `\`\`\`typescript\n  get ${name}() {\n    return 1;\n  }\n\`\`\`\n` });

  it('asks for the key of the connection for edits, and goes on with it', async () => {
    const { demo, editor, page } = window();
    await replace();
    assert.equal((await demo.nextRequest()).key, 'none');
    await page.locator('.notification-toast', { hasText: /requires an API key/ }).waitFor();
    await window().screenshot('failed-edit');
    code('extent');
    await press(/requires an API key/, 'Set API key');
    await window().answerInputBox(`API key for ${demo.url}`, 'right-key');
    assert.equal((await demo.nextRequest()).key, 'expected');
    await editor.getByText('get extent() {').waitFor();
    await window().runCommand('Askance: Undo change');
  });

  it('is asked again without the parameter that the server refuses, which is remembered', async () => {
    const { demo, editor } = window();
    demo.enqueue({ kind: 'fault', fault: { kind: 'status', status: 400, param: 'top_k' } });
    await replace();
    assert.equal((await body()).top_k, 7);
    code('width');
    await press(/refused top_k/, 'Retry without top_k');
    assert.deepEqual([(await body()).model, demo.requests.at(-1)?.key], ['coder', 'expected']);
    assert.ok(!('top_k' in Object(demo.requests.at(-1)?.body)));
    await editor.getByText('get width() {').waitFor();
    await window().runCommand('Askance: Undo change');
  });

  it('shows what was sent', async () => {
    window().demo.enqueue({ kind: 'fault', fault: { kind: 'status', status: 404 } });
    await replace();
    await press(/Nothing was found/, 'Preview request');
    await window().editor.getByText('"coder"').waitFor();
    await window().editor.getByText('"Bearer •••"').waitFor();
    await window().screenshot('failed-edit-request');
  });

  it('is asked again where a further version of it failed, and shows that with all that was asked before', async () => {
    const { demo, editor } = window();
    code('first');
    await replace();
    await editor.getByText('get first() {').waitFor();
    demo.enqueue({ kind: 'fault', fault: { kind: 'status', status: 404 } });
    await window().runCommand('Askance: Refine edit…');
    await window().answerInputBox(/^Refine /, 'Call it second.');
    code('second');
    await press(/Nothing was found/, 'Retry');
    await editor.getByText('get second() {').waitFor();
    const asked = demo.requests.slice(-3).map(({ body: sent }) => Object(sent).messages);
    assert.deepEqual(asked[2], asked[1]);
    assert.ok(asked[2].length > asked[0].length);
    await window().runCommand('Askance: Undo change');
  });
});
