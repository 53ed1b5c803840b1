import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { requestOf } from '../browser/replies.ts';
import { closeEditors, openFile, select, useFolder } from './editor.ts';
import { useEndpoint } from './endpoint.ts';

const greeting = 'def greet(name):\n    return f"Hello {name}"\n\n\nprint(greet("you"))\n';

describe('askance.askAboutSelection', () => {
  const demo = useEndpoint();
  const file = useFolder();
  const ask = (argument?: unknown) => vscode.commands.executeCommand('askance.askAboutSelection', argument);

  // A question waits in the box while an answer is on its way.
  beforeEach(() => vscode.commands.executeCommand('askance.newChat'));

  /** Asks what is answered for certain: the first request that arrives must be this one. */
  const assertNothingWasSent = async () => {
    select(await openFile(file('control.py'), greeting), 'print(greet("you"))');
    await ask({ question: 'Is this the first question?', send: true });
    const request = requestOf(await demo().nextRequest());
    assert.match(request.messages.at(-1)!.content, /Is this the first question\?/);
    assert.equal(demo().requests.length, 1);
  };

  it('with question and send asks once: system prompt, code with its place, question', async () => {
    select(await openFile(file('greet.py'), greeting), greeting.slice(0, greeting.indexOf('\n\n')));
    await ask({ question: 'What does it return?', send: true });
    const record = await demo().nextRequest();
    assert.equal(await record.closed, 'complete');
    assert.equal(demo().requests.length, 1);
    const [system, user, ...rest] = requestOf(record).messages;
    assert.equal(system?.role, 'system');
    const prompt = vscode.workspace.getConfiguration('askance').get<string>('systemPrompt');
    assert.ok(prompt);
    assert.equal(system.content, prompt);
    assert.equal(user?.role, 'user');
    assert.ok(
      user.content.includes('greet.py`, lines 1-2:\n```python\ndef greet(name):\n    return f"Hello {name}"\n```'),
    );
    assert.ok(user.content.endsWith('What does it return?'));
    assert.deepEqual(rest, []);
  });

  it('takes the AGENTS.md of the workspace along, if the user wants it', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const instructions = vscode.Uri.joinPath(folder.uri, 'AGENTS.md');
    const configuration = vscode.workspace.getConfiguration('askance');
    await vscode.workspace.fs.writeFile(instructions, Buffer.from('Use tabs.\n'));
    await configuration.update('useAgentsFile', true, vscode.ConfigurationTarget.Global);
    try {
      await vscode.commands.executeCommand('askance.newChat');
      select(await openFile(file('greet.py'), greeting), 'print');
      await ask({ question: 'What is it?', send: true });
      const { content } = requestOf(await demo().nextRequest()).messages.at(-1)!;
      assert.ok(content.startsWith('Instructions of this workspace, `AGENTS.md`:\n```md\nUse tabs.\n```\n\n'), content);
    } finally {
      await configuration.update('useAgentsFile', undefined, vscode.ConfigurationTarget.Global);
      await vscode.workspace.fs.delete(instructions);
    }
  });

  it('with a question alone puts it into the box and sends nothing', async () => {
    select(await openFile(file('greet.py'), greeting), 'print');
    await ask({ question: 'Only written down.' });
    await assertNothingWasSent();
  });

  it('without an editor sends nothing', async () => {
    await closeEditors();
    await ask({ question: 'About what?', send: true });
    await assertNothingWasSent();
  });

  it('about an empty file sends nothing', async () => {
    await openFile(file('empty.py'), '');
    await ask({ question: 'About what?', send: true });
    await assertNothingWasSent();
  });

  it('about five million characters sends nothing', async () => {
    await openFile(file('large.txt'), `${'x'.repeat(99)}\n`.repeat(50_000));
    await vscode.commands.executeCommand('editor.action.selectAll');
    await ask({ question: 'About what?', send: true });
    await assertNothingWasSent();
  });

  it('about a binary text sends nothing', async () => {
    const editor = await openFile(file('binary.txt'), 'PK and more');
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 2), '\0\u0003'));
    select(editor, editor.document.getText());
    await ask({ question: 'About what?', send: true });
    await assertNothingWasSent();
  });
});
