import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { requestOf } from '../browser/replies.ts';
import { changed, openFile, saved, select, useFolder } from './editor.ts';
import { setConnections, useEndpoint } from './endpoint.ts';

interface Result {
  readonly status: string;
  readonly message?: string;
}

const wrap = [
  'class Wrapper:',
  '    def words(self, text):',
  '        found = text.split()',
  '        return found',
  '',
  '    def fill(self, text):',
  '        return " ".join(self.words(text))',
  '',
].join('\n');
const words = wrap.slice(wrap.indexOf('    def words'), wrap.indexOf('\n\n'));
const typedWords = [
  '    def words(self, text: str) -> list[str]:',
  '        pieces = text.split()',
  '        return pieces',
].join('\n');
const fenced = `\`\`\`python\n${typedWords}\n\`\`\``;
/** Two seconds and a half: the user has begun to type long before the end. */
const slowly = { charactersPerDelta: 2, deltasPerSecond: fenced.length / 5 };

describe('askance.replaceSelection', () => {
  const demo = useEndpoint();
  const file = useFolder();
  const replace = async (argument: object): Promise<Result> =>
    vscode.commands.executeCommand<Result>('askance.replaceSelection', { keep: true, ...argument });
  const open = async (text = wrap, selection = words) => {
    const editor = await openFile(file('wrap.py'), text);
    select(editor, selection);
    return editor;
  };

  it("writes the demo model's code, and one undo brings back every byte", async () => {
    const { document } = await open();
    const result = await replace({ instruction: 'Rename words to pieces and found to parts.' });
    assert.deepEqual(result, { status: 'applied' });
    const { messages } = requestOf(await demo().nextRequest());
    assert.match(messages.at(-1)!.content, /wrap\.py`, lines 2-4:[\s\S]*Rename words to pieces/);
    const renamed = words.replace('words', 'pieces').replaceAll('found', 'parts');
    assert.equal(document.getText(), wrap.replace(words, renamed));
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), wrap);
    assert.equal(document.isDirty, false);
  });

  it('leaves the cursor at the new code, and nothing selected', async () => {
    const editor = await open();
    const { start } = editor.selection;
    demo().enqueue({ kind: 'text', text: fenced, pace: { charactersPerDelta: 20, deltasPerSecond: 50 } });
    await replace({ instruction: 'Add types.' });
    assert.equal(editor.document.getText(), wrap.replace(words, typedWords));
    assert.ok(editor.selection.isEmpty);
    assert.ok(editor.selection.start.isEqual(start), `line ${editor.selection.start.line}`);
  });

  it('stays for review when auto-save saves it, and is undone exactly', async () => {
    const files = vscode.workspace.getConfiguration('files');
    await files.update('autoSave', 'afterDelay', vscode.ConfigurationTarget.Global);
    await files.update('autoSaveDelay', 100, vscode.ConfigurationTarget.Global);
    const { document } = await open();
    demo().enqueue({ kind: 'text', text: fenced });
    const written = changed(document, (text) => text === wrap.replace(words, typedWords));
    const result = replace({ instruction: 'Add types.', keep: false });
    await written;
    await saved(document);
    assert.equal(document.getText(), wrap.replace(words, typedWords));
    await vscode.commands.executeCommand('askance.undoEdit');
    assert.deepEqual(await result, { status: 'cancelled' });
    assert.equal(document.getText(), wrap);
    await files.update('autoSaveDelay', undefined, vscode.ConfigurationTarget.Global);
    await files.update('autoSave', undefined, vscode.ConfigurationTarget.Global);
  });

  it('reads the reply against the code that was asked about, not against what is written of it already', async () => {
    const total = [
      'def total(cart):',
      '    amount = 0',
      '    for item in cart:',
      '        amount += item.price',
      '    return amount',
    ].join('\n');
    const typed = total.replace('cart):', 'cart: list) -> float:');
    const { document } = await open(`${total}\n`, total);
    const text = `\`\`\`python\n${typed}\n\`\`\`\n\nExample:\n\n\`\`\`python\nprint(total(cart))\n\`\`\``;
    demo().enqueue({ kind: 'text', text, pace: { charactersPerDelta: 20, deltasPerSecond: 50 } });
    assert.deepEqual(await replace({ instruction: 'Add types.' }), { status: 'applied' });
    assert.equal(document.getText(), `${typed}\n`);
  });

  it('keeps the line ends of a CRLF document', async () => {
    const crlf = (text: string) => text.replaceAll('\n', '\r\n');
    const { document } = await open(crlf(wrap), crlf(words));
    demo().enqueue({ kind: 'text', text: fenced });
    assert.deepEqual(await replace({ instruction: 'Add types.' }), { status: 'applied' });
    assert.equal(document.eol, vscode.EndOfLine.CRLF);
    assert.equal(document.getText(), crlf(wrap.replace(words, typedWords)));
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), crlf(wrap));
  });

  it('only offers a reply that is not clearly code', async () => {
    const { document } = await open();
    demo().enqueue({ kind: 'text', text: 'Which of the two methods do you mean? Both could be typed.' });
    const { status, message } = await replace({ instruction: 'Improve it.' });
    assert.equal(status, 'offered');
    assert.ok(message);
    assert.equal(document.getText(), wrap);
    assert.equal(document.isDirty, false);
  });

  for (const [what, fault, sentence] of [
    ['a refused request', { kind: 'status', status: 400, param: 'messages' }, /rejected messages/],
    ['an error in the middle of the stream', { kind: 'errorInStream', afterDeltas: 3 }, /./],
    ['a connection that ends in the middle', { kind: 'halfEvent', afterDeltas: 6 }, /connection|ended|lost/i],
  ] as const) {
    it(`fails with a sentence and leaves the file alone after ${what}`, async () => {
      const { document } = await open();
      demo().enqueue({ kind: 'fault', fault });
      const { status, message } = await replace({ instruction: 'Add comments.' });
      assert.equal(status, 'failed');
      assert.match(message ?? '', sentence);
      assert.equal(document.getText(), wrap);
    });
  }

  it('fails with a sentence and sends nothing through a connection with a bad value', async () => {
    const { document } = await open();
    const { url } = demo();
    await setConnections([{ name: 'Host', baseUrl: url, model: 'demo', parameters: { temperature: 9 } }]);
    const { status, message } = await replace({ instruction: 'Add types.' });
    await setConnections([{ name: 'Host', baseUrl: url, model: 'demo' }]);
    assert.equal(status, 'failed');
    assert.match(message ?? '', /temperature/);
    assert.equal(demo().requests.length, 0);
    assert.equal(document.getText(), wrap);
  });

  it('asks the connection that is named for edits', async () => {
    const askance = vscode.workspace.getConfiguration('askance');
    const connection = { baseUrl: demo().url, model: 'demo' };
    await setConnections([
      { ...connection, name: 'Chat' },
      { ...connection, name: 'Edits', model: 'coder' },
    ]);
    await askance.update('editConnection', 'Edits', vscode.ConfigurationTarget.Global);
    try {
      const { document } = await open();
      demo().enqueue({ kind: 'text', text: fenced });
      assert.deepEqual(await replace({ instruction: 'Add types.' }), { status: 'applied' });
      assert.equal(document.getText(), wrap.replace(words, typedWords));
      assert.equal(requestOf(await demo().nextRequest()).model, 'coder');
      await askance.update('editConnection', 'Gone', vscode.ConfigurationTarget.Global);
      const { status, message = '' } = await replace({ instruction: 'Add types.' });
      assert.equal(status, 'failed');
      assert.match(
        message,
        /askance\.editConnection is "Gone", but no connection has this name\. Select one of Chat, Edits/,
      );
      assert.equal(demo().requests.length, 1);
    } finally {
      await askance.update('editConnection', undefined, vscode.ConfigurationTarget.Global);
      await setConnections([{ ...connection, name: 'Host' }]);
    }
  });

  it('does not write into a read-only file and says so', async () => {
    const { document } = await open();
    await vscode.commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession');
    demo().enqueue({ kind: 'text', text: fenced });
    const { status, message } = await replace({ instruction: 'Add types.' });
    assert.equal(document.getText(), wrap);
    assert.notEqual(status, 'applied');
    assert.match(message ?? '', /read-only/);
  });
});

describe('askance.replaceSelection while the user types', () => {
  const demo = useEndpoint();
  const file = useFolder();
  const begin = async () => {
    const editor = await openFile(file('typing.py'), wrap);
    select(editor, words);
    demo().enqueue({ kind: 'text', text: fenced, pace: slowly });
    const result = vscode.commands.executeCommand<Result>('askance.replaceSelection', {
      instruction: 'Add types.',
      keep: true,
    });
    await demo().nextRequest();
    return { editor, result };
  };
  const type = async (editor: vscode.TextEditor, at: string, text: string) => {
    const { document } = editor;
    const position = document.positionAt(document.getText().indexOf(at));
    assert.ok(await editor.edit((builder) => builder.insert(position, text)));
  };

  it('above the selection, writes to where the code is by then', async () => {
    const { editor, result } = await begin();
    await type(editor, 'class', '# One line\n# and one more.\n');
    assert.deepEqual(await result, { status: 'applied' });
    assert.equal(editor.document.getText(), `# One line\n# and one more.\n${wrap.replace(words, typedWords)}`);
  });

  it('inside the selection, writes nothing, offers the reply and keeps what was typed', async () => {
    const { editor, result } = await begin();
    await type(editor, 'return found', 'found.sort()\n        ');
    const { status, message } = await result;
    assert.equal(status, 'offered');
    assert.match(message ?? '', /typing\.py/);
    assert.equal(editor.document.getText(), wrap.replace('return found', 'found.sort()\n        return found'));
  });

  it('above, after the first new line has come, keeps both', async () => {
    const { editor, result } = await begin();
    await changed(editor.document, (text) => text.includes('-> list[str]:'));
    await type(editor, 'class', '# Typed.\n');
    assert.deepEqual(await result, { status: 'applied' });
    assert.equal(editor.document.getText(), `# Typed.\n${wrap.replace(words, typedWords)}`);
  });

  it('in what is left of the old code, takes back the new lines and keeps what was typed', async () => {
    const { editor, result } = await begin();
    await changed(editor.document, (text) => text.includes('-> list[str]:'));
    await type(editor, 'return found', 'found.sort()\n        ');
    assert.equal((await result).status, 'offered');
    assert.equal(editor.document.getText(), wrap.replace('return found', 'found.sort()\n        return found'));
  });

  it('and saves after the first new line has come, is still one step for undo', async () => {
    const { editor, result } = await begin();
    await changed(editor.document, (text) => text.includes('-> list[str]:'));
    await editor.document.save();
    assert.equal(await readFile(editor.document.uri.fsPath, 'utf8'), wrap);
    assert.deepEqual(await result, { status: 'applied' });
    assert.equal(editor.document.getText(), wrap.replace(words, typedWords));
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), wrap);
  });
});
