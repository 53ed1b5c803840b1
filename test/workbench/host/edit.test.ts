import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { requestOf } from '../browser/replies.ts';
import { changed, openFile, select, useFolder } from './editor.ts';
import { setConnections, useEndpoint } from './endpoint.ts';

interface Result {
  readonly status: string;
  readonly message?: string;
}

const file0 = 'first = 1\nsecond = 2\nthird = 3\nfourth = 4\n';
const fence = (code: string) => `\`\`\`python\n${code}\n\`\`\``;

function run(command: string, ...args: readonly unknown[]): Thenable<unknown> {
  return vscode.commands.executeCommand(`askance.${command}`, ...args);
}

function replace(argument: object): Thenable<Result> {
  return vscode.commands.executeCommand<Result>('askance.replaceSelection', { instruction: 'Do it.', ...argument });
}

describe('code under review', () => {
  const demo = useEndpoint();
  const file = useFolder();

  /** Replaces the second line by the reply, and resolves when the new text stands there for review. */
  const begin = async (reply: string, text = file0, selection = 'second = 2') => {
    const { document } = await openSelected(text, selection);
    demo().enqueue({ kind: 'text', text: fence(reply) });
    const written = changed(document, (now) => now === text.replace(selection, reply));
    const result = replace({});
    await written;
    await reviewed(document);
    return { document, result };
  };
  const openSelected = async (text: string, selection: string) => {
    const editor = await openFile(file('review.py'), text);
    select(editor, selection);
    return editor;
  };

  it('is refined on the same range, with the conversation so far, and undone to the beginning', async () => {
    const { document, result } = await begin('second = 20');
    demo().enqueue({ kind: 'text', text: fence('second = 200\nmore = 1') });
    const refined = changed(document, (text) => text.includes('second = 200\nmore = 1\nthird'));
    await run('refineEdit', { instruction: 'And more.' });
    await refined;
    await reviewed(document);
    await demo().nextRequest();
    const { messages } = requestOf(await demo().nextRequest());
    assert.deepEqual(
      messages.map(({ role }) => role),
      ['system', 'user', 'assistant', 'user'],
    );
    assert.equal(messages[2]?.content, fence('second = 20'));
    assert.match(messages[3]?.content ?? '', /^And more\.\n\n/);
    await run('undoEdit');
    assert.deepEqual(await result, { status: 'cancelled' });
    assert.equal(document.getText(), file0);
  });

  it('is asked for again, by another connection too, from what stood there before', async () => {
    const { url } = demo();
    await setConnections([
      { name: 'Host', baseUrl: url, model: 'demo' },
      { name: 'Other', baseUrl: url, model: 'other' },
    ]);
    const { document, result } = await begin('second = 20');
    const again = async (command: string, reply: string) => {
      demo().enqueue({ kind: 'text', text: fence(reply) });
      const written = changed(document, (text) => text === file0.replace('second = 2', reply));
      await run(command);
      await written;
      await reviewed(document);
    };
    await again('retryEdit', 'second = 21');
    await again('retryEditWith', 'second = 22');
    const requests = [await demo().nextRequest(), await demo().nextRequest(), await demo().nextRequest()].map(
      requestOf,
    );
    assert.deepEqual(requests[1]?.messages, requests[0]?.messages);
    assert.deepEqual(requests[2]?.messages, requests[0]?.messages);
    assert.deepEqual(
      requests.map(({ model }) => model),
      ['demo', 'demo', 'other'],
    );
    await run('keepEdit');
    assert.deepEqual(await result, { status: 'applied' });
    assert.equal(document.getText(), file0.replace('second = 2', 'second = 22'));
    await setConnections([{ name: 'Host', baseUrl: url, model: 'demo' }]);
  });

  it('stays when a refinement fails, and is undone to the beginning', async () => {
    const { document, result } = await begin('second = 20');
    demo().enqueue({ kind: 'fault', fault: { kind: 'errorInStream', afterDeltas: 2 } });
    await run('refineEdit', { instruction: 'And more.' });
    await reviewed(document);
    assert.equal(document.getText(), file0.replace('second = 2', 'second = 20'));
    await run('undoEdit');
    assert.deepEqual(await result, { status: 'cancelled' });
    assert.equal(document.getText(), file0);
  });

  it('is refined together with what was typed into it', async () => {
    const { document, result } = await begin('second = 20');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(1, 'second'.length), '_typed');
    assert.ok(await vscode.workspace.applyEdit(edit));
    demo().enqueue({ kind: 'text', text: fence('second_typed = 200') });
    const refined = changed(document, (text) => text === file0.replace('second = 2', 'second_typed = 200'));
    await run('refineEdit', { instruction: 'Ten times that.' });
    await refined;
    await reviewed(document);
    await run('undoEdit');
    assert.deepEqual(await result, { status: 'cancelled' });
    assert.equal(document.getText(), file0.replace('second = 2', 'second_typed = 20'));
  });

  it('is undone around whole lines that were typed into it, which stay', async () => {
    const { document, result } = await begin('second = 20\nagain = 21\nonce_more = 22');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(2, 0), 'typed = 0\n');
    edit.insert(document.uri, new vscode.Position(5, 0), 'below = 0\n');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await run('undoEdit');
    await result;
    assert.equal(document.getText(), 'first = 1\nsecond = 2\ntyped = 0\nthird = 3\nbelow = 0\nfourth = 4\n');
  });

  it('is kept and undone change by change', async () => {
    const { document, result } = await begin(
      'second = 20\nthird = 3\nfourth = 40',
      file0,
      'second = 2\nthird = 3\nfourth = 4',
    );
    const editor = vscode.window.activeTextEditor!;
    editor.selection = new vscode.Selection(3, 2, 3, 2);
    await run('undoChange');
    assert.equal(document.getText(), file0.replace('second = 2', 'second = 20'));
    await run('nextChange');
    assert.equal(editor.selection.active.line, 1);
    await run('keepChange');
    assert.deepEqual(await result, { status: 'applied' });
    assert.equal(document.getText(), file0.replace('second = 2', 'second = 20'));
  });

  it('is kept by a save, which formats it as the user has set', async () => {
    const formatter = vscode.languages.registerDocumentFormattingEditProvider('python', {
      provideDocumentFormattingEdits: () => [vscode.TextEdit.insert(new vscode.Position(0, 0), '# formatted\n')],
    });
    const editorSettings = vscode.workspace.getConfiguration('editor');
    await editorSettings.update('formatOnSave', true, vscode.ConfigurationTarget.Global);
    const { document, result } = await begin('second = 20');
    await document.save();
    assert.deepEqual(await result, { status: 'applied' });
    await editorSettings.update('formatOnSave', undefined, vscode.ConfigurationTarget.Global);
    formatter.dispose();
    assert.equal(document.getText(), `# formatted\n${file0.replace('second = 2', 'second = 20')}`);
  });

  it('is compared with what stood there before, beside the live file', async () => {
    const { document, result } = await begin('second = 20');
    const { promise: compared, resolve } = Promise.withResolvers<vscode.TabInputTextDiff>();
    const tabs = vscode.window.tabGroups.onDidChangeTabs(({ opened }) => {
      for (const { input } of opened) if (input instanceof vscode.TabInputTextDiff) resolve(input);
    });
    await run('compareEdit');
    const { original, modified } = await compared.finally(() => tabs.dispose());
    assert.equal((await vscode.workspace.openTextDocument(original)).getText(), file0);
    assert.equal(modified.toString(), document.uri.toString());
    await run('keepEdit');
    assert.deepEqual(await result, { status: 'applied' });
  });

  it('is announced to those who use a screen reader, with Keep', async () => {
    const editor = vscode.workspace.getConfiguration('editor');
    await editor.update('accessibilitySupport', 'on', vscode.ConfigurationTarget.Global);
    try {
      const { document, result } = await begin('second = 20');
      const isOver = result.then(() => true);
      const accept = () => vscode.commands.executeCommand('notification.acceptPrimaryAction').then(() => false);
      while (!(await Promise.race([isOver, accept()])));
      assert.deepEqual(await result, { status: 'applied' });
      assert.equal(document.getText(), file0.replace('second = 2', 'second = 20'));
    } finally {
      await editor.update('accessibilitySupport', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('is kept when its file is closed', async () => {
    const { document, result } = await begin('second = 20');
    await document.save();
    assert.deepEqual(await result, { status: 'applied' });
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    assert.equal(await readFile(file('review.py'), 'utf8'), file0.replace('second = 2', 'second = 20'));
  });
});

describe('what can be replaced', () => {
  const demo = useEndpoint();
  const file = useFolder();

  it('several selections: one request, one undo', async () => {
    const editor = await openFile(file('several.py'), file0);
    editor.selections = [selectionOf(editor, 'third = 3'), selectionOf(editor, '1'), selectionOf(editor, 'fourth')];
    demo().enqueue({ kind: 'text', text: [fence('10'), fence('third = 30\nmore = 31'), fence('last')].join('\n\n') });
    assert.deepEqual(await replace({ keep: true }), { status: 'applied' });
    assert.equal(demo().requests.length, 1);
    assert.equal(editor.document.getText(), 'first = 10\nsecond = 2\nthird = 30\nmore = 31\nlast = 4\n');
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), file0);
  });

  it('several cursors: code is inserted at each', async () => {
    const editor = await openFile(file('cursors.py'), 'a\n\nb\n\nc\n');
    editor.selections = [1, 3].map((line) => new vscode.Selection(line, 0, line, 0));
    demo().enqueue({ kind: 'text', text: `${fence('one()')}\n${fence('two()')}` });
    assert.deepEqual(await replace({ keep: true }), { status: 'applied' });
    assert.equal(editor.document.getText(), 'a\none()\nb\ntwo()\nc\n');
  });

  it('a whole file with a byte order mark and CRLF, byte for byte', async () => {
    const bytes = `\uFEFF${file0.replaceAll('\n', '\r\n')}`;
    const { document } = await openFile(file('bom.py'), bytes);
    await vscode.commands.executeCommand('editor.action.selectAll');
    demo().enqueue({ kind: 'text', text: fence(file0.replace('second = 2', 'second = 20')) });
    assert.deepEqual(await replace({ keep: true }), { status: 'applied' });
    await document.save();
    assert.equal(await readFile(file('bom.py'), 'utf8'), bytes.replace('second = 2', 'second = 20'));
    await vscode.commands.executeCommand('undo');
    await document.save();
    assert.equal(await readFile(file('bom.py'), 'utf8'), bytes);
  });

  it('an untitled document', async () => {
    const document = await vscode.workspace.openTextDocument({ content: file0, language: 'python' });
    select(await vscode.window.showTextDocument(document), 'second = 2');
    demo().enqueue({ kind: 'text', text: fence('second = 20') });
    assert.deepEqual(await replace({ keep: true }), { status: 'applied' });
    assert.equal(document.getText(), file0.replace('second = 2', 'second = 20'));
  });

  it("a notebook's cell", async () => {
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, file0, 'python');
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData([cell]));
    await vscode.window.showNotebookDocument(notebook);
    await vscode.commands.executeCommand('notebook.cell.edit');
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    select(editor, 'second = 2');
    demo().enqueue({ kind: 'text', text: fence('second = 20\nmore = 21') });
    assert.deepEqual(await replace({ keep: true }), { status: 'applied' });
    assert.equal(notebook.cellAt(0).document.getText(), file0.replace('second = 2', 'second = 20\nmore = 21'));
  });

  it('a line of a file of 20 000 lines, and a very long line', async () => {
    const long = `value = "${'x'.repeat(200_000)}"`;
    const text = Array.from({ length: 20_000 }, (_, index) => (index === 12_000 ? long : `line_${index} = ${index}`));
    const editor = await openFile(file('long.py'), text.join('\n'));
    editor.selection = new vscode.Selection(11_999, 0, 12_001, text[12_001]!.length);
    const pace = { charactersPerDelta: 5000, deltasPerSecond: Infinity };
    demo().enqueue({ kind: 'text', text: fence(`line_11999 = 0\n${long}\nline_12001 = 0`), pace });
    assert.deepEqual(await replace({ keep: true }), { status: 'applied' });
    text[11_999] = 'line_11999 = 0';
    text[12_001] = 'line_12001 = 0';
    assert.ok(editor.document.getText() === text.join('\n'));
  });

  it('every second of 3000 lines, as one change to keep or undo', async () => {
    const lines = Array.from({ length: 3000 }, (_, index) => `line_${index} = ${index}`);
    const text = `${lines.join('\n')}\n`;
    const { document } = await openFile(file('many.py'), text);
    await vscode.commands.executeCommand('editor.action.selectAll');
    const changedLines = lines.map((line, index) => (index % 2 ? line : `${line} + 0`)).join('\n');
    const pace = { charactersPerDelta: 5000, deltasPerSecond: Infinity };
    demo().enqueue({ kind: 'text', text: fence(changedLines), pace });
    assert.deepEqual(await replace({ keep: true }), { status: 'applied' });
    assert.ok(document.getText() === `${changedLines}\n`);
    await vscode.commands.executeCommand('undo');
    const left = document
      .getText()
      .split('\n')
      .filter((line) => line.endsWith(' + 0'));
    assert.equal(`${left.length} ${left[0]} ${left.at(-1)}`, '0 undefined undefined');
    assert.ok(document.getText() === text);
  });

  it('places in several files at once, each undone by itself', async () => {
    const begin = async (name: string, viewColumn: vscode.ViewColumn) => {
      await writeFile(file(name), file0);
      const editor = await vscode.window.showTextDocument(vscode.Uri.file(file(name)), { viewColumn });
      select(editor, 'second = 2');
      const pace = { charactersPerDelta: 4, deltasPerSecond: 20 };
      demo().enqueue({ kind: 'text', text: fence(`second = "${name}"\nmore = 1`), pace });
      const result = replace({ keep: true });
      await demo().nextRequest();
      return { editor, result, expected: file0.replace('second = 2', `second = "${name}"\nmore = 1`) };
    };
    const edits = [
      await begin('one.py', vscode.ViewColumn.One),
      await begin('two.py', vscode.ViewColumn.Two),
      // The first is hidden by the third.
      await begin('three.py', vscode.ViewColumn.One),
    ];
    for (const { editor, result, expected } of edits) {
      assert.deepEqual(await result, { status: 'applied' });
      assert.equal(editor.document.getText(), expected);
    }
    for (const { editor } of edits) {
      await vscode.window.showTextDocument(editor.document);
      await vscode.commands.executeCommand('undo');
      // What had come before the first was hidden is a step of its own: VS Code joins only what comes through an editor.
      if (editor === edits[0]?.editor && editor.document.getText() !== file0)
        await vscode.commands.executeCommand('undo');
      assert.equal(editor.document.getText(), file0);
    }
  });
});

describe('a file that changes while code streams in', () => {
  const demo = useEndpoint();
  const file = useFolder();
  const code = 'second = 20\nmore = 21\nlast = 22';
  const pace = { charactersPerDelta: 2, deltasPerSecond: 15 };
  /** Of this the end does not come before the user stops it, however busy the machine is. */
  const endless = `${code}\n${'more = 23\n'.repeat(200)}`;
  const begin = async (reply = code) => {
    const editor = await openFile(file('changing.py'), file0);
    select(editor, 'second = 2');
    demo().enqueue({ kind: 'text', text: fence(reply), pace });
    const result = replace({ keep: true });
    await demo().nextRequest();
    return { editor, result };
  };

  it('loses no key that is typed elsewhere', async () => {
    const { editor, result } = await begin();
    await changed(editor.document, (text) => text.includes('second = 20\n'));
    const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
    editor.selection = new vscode.Selection(end, end);
    const typed = 'print(first, second)';
    for (const text of typed) await vscode.commands.executeCommand('type', { text });
    assert.deepEqual(await result, { status: 'applied' });
    // The editor closes brackets by itself; typing over them leaves one pair.
    assert.equal(editor.document.getText(), file0.replace('second = 2', code) + typed);
  });

  it('on disk, inside the selection: the reply is offered beside it, and written when accepted', async () => {
    const { editor, result } = await begin();
    const theirs = file0.replace('second = 2', 'second = "theirs"');
    const reloaded = changed(editor.document, (text) => text === theirs);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await writeFile(file('changing.py'), theirs);
    await reloaded;
    assert.equal((await result).status, 'offered');
    assert.equal(editor.document.getText(), theirs);
    await proposed();
    await run('keepEdit');
    assert.equal(editor.document.getText(), file0.replace('second = 2', code));
  });

  it('is a notebook that is saved: nothing provisional comes to the disk, and the cell gets the code at the end', async () => {
    const cell = {
      cell_type: 'code',
      execution_count: null,
      metadata: {},
      outputs: [],
      source: file0.split(/(?<=\n)/),
    };
    const path = file('saved.ipynb');
    await writeFile(path, JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 }));
    const onDisk = async (): Promise<string> => {
      const { cells } = JSON.parse(await readFile(path, 'utf8')) as { cells: { source: string[] }[] };
      return cells.map(({ source }) => source.join('')).join();
    };
    const notebook = await vscode.workspace.openNotebookDocument(vscode.Uri.file(path));
    await vscode.window.showNotebookDocument(notebook);
    await vscode.commands.executeCommand('notebook.cell.edit');
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    select(editor, 'second = 2');
    demo().enqueue({ kind: 'text', text: fence(code), pace });
    const result = replace({ keep: true });
    await changed(editor.document, (text) => text.includes('second = 20\n'));
    assert.ok(await notebook.save());
    assert.equal(await onDisk(), file0);
    assert.deepEqual(await result, { status: 'applied' });
    assert.equal(editor.document.getText(), file0.replace('second = 2', code));
    assert.ok(await notebook.save());
    assert.equal(await onDisk(), file0.replace('second = 2', code));
  });

  it('keeps a breakpoint and a fold in lines that stay as they are', async () => {
    const text = ['def f(a):', '    if a:', '        one()', '        two()', '    three()', '    four()', ''].join(
      '\n',
    );
    const editor = await openFile(file('folded.py'), text);
    const { document } = editor;
    const breakpoint = new vscode.SourceBreakpoint(new vscode.Location(document.uri, new vscode.Position(4, 0)));
    vscode.debug.addBreakpoints([breakpoint]);
    editor.selection = new vscode.Selection(0, 0, 5, '    four()'.length);
    const folded = visible(editor, ({ length }) => length === 2);
    await vscode.commands.executeCommand('editor.fold', { selectionLines: [1] });
    await folded;
    const reply = text.replace('def f(a):', 'def f(a):\n    # Calls.').replace('four()', 'five()').trimEnd();
    demo().enqueue({ kind: 'text', text: fence(reply), pace: { charactersPerDelta: 8, deltasPerSecond: 40 } });
    assert.deepEqual(await replace({ keep: true }), { status: 'applied' });
    assert.equal(document.getText(), `${reply}\n`);
    assert.deepEqual(
      editor.visibleRanges.map(({ start, end }) => [start.line, end.line]),
      [
        [0, 2],
        [5, 7],
      ],
    );
    const [moved] = vscode.debug.breakpoints.filter(
      (one) => one instanceof vscode.SourceBreakpoint && one.location.uri.toString() === document.uri.toString(),
    );
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    assert.ok(moved instanceof vscode.SourceBreakpoint);
    assert.equal(document.lineAt(moved.location.range.start.line).text, '    three()');
  });

  it('is left as it was when the user stops', async () => {
    const { editor, result } = await begin(endless);
    await changed(editor.document, (text) => text.includes('second = 20\n'));
    await run('undoEdit');
    assert.deepEqual(await result, { status: 'cancelled' });
    assert.equal(editor.document.getText(), file0);
  });

  it('is left as it was when the user stops while the cursor is in code under review, which stays', async () => {
    const editor = await openFile(file('changing.py'), file0);
    select(editor, 'fourth = 4');
    demo().enqueue({ kind: 'text', text: fence('fourth = 40') });
    const reviewing = replace({});
    await reviewed(editor.document);
    select(editor, 'second = 2');
    demo().enqueue({ kind: 'text', text: fence(endless), pace });
    const result = replace({ keep: true });
    await changed(editor.document, (text) => text.includes('second = 20\n'));
    const inReview = editor.document.positionAt(editor.document.getText().indexOf('40'));
    editor.selection = new vscode.Selection(inReview, inReview);
    await run('stopWriting');
    assert.deepEqual(await result, { status: 'cancelled' });
    assert.equal(editor.document.getText(), file0.replace('fourth = 4', 'fourth = 40'));
    await run('keepEdit');
    assert.deepEqual(await reviewing, { status: 'applied' });
  });

  it('is left as it was when the user undoes what has come, and no more of it comes', async () => {
    const { editor, result } = await begin(endless);
    await changed(editor.document, (text) => text.includes('second = 20\n'));
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), file0);
    assert.deepEqual(await result, { status: 'cancelled' });
    assert.equal(editor.document.getText(), file0);
  });

  it('gets another name: nothing provisional goes along, and the code is written at its end', async () => {
    const { editor, result } = await begin();
    await changed(editor.document, (text) => text.includes('second = 20\n'));
    const [before, after] = ['changing.py', 'renamed.py'].map((name) => vscode.Uri.file(file(name)));
    assert.ok(before && after);
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(before, after);
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.equal(await readFile(after.fsPath, 'utf8'), file0);
    assert.deepEqual(await result, { status: 'applied' });
    const renamed = await vscode.workspace.openTextDocument(after);
    assert.equal(renamed.getText(), file0.replace('second = 2', code));
  });

  it('takes no second edit of the same place', async () => {
    const { editor, result } = await begin();
    await changed(editor.document, (text) => text.includes('second = 20\n'));
    select(editor, 'second = 2\nthird');
    const { status, message } = await replace({ keep: true });
    assert.equal(status, 'failed');
    assert.match(message ?? '', /already editing this code/);
    assert.deepEqual(await result, { status: 'applied' });
  });

  it('takes one of two edits that begin at the same moment', async () => {
    const editor = await openFile(file('changing.py'), file0);
    select(editor, 'second = 2');
    for (const reply of [code, code]) demo().enqueue({ kind: 'text', text: fence(reply), pace });
    const results = await Promise.all([replace({ keep: true }), replace({ keep: true })]);
    assert.deepEqual(results.map(({ status }) => status).toSorted(), ['applied', 'failed']);
    assert.equal(editor.document.getText(), file0.replace('second = 2', code));
  });

  it('is closed: nothing is written, and the reply is offered beside it', async () => {
    await writeFile(file('changing.py'), file0);
    // A document that an extension has opened outlives its editor.
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file('changing.py')));
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    select(editor, 'second = 2');
    demo().enqueue({ kind: 'text', text: fence(code), pace });
    const result = replace({ keep: true });
    await demo().nextRequest();
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    const { status, message } = await result;
    assert.equal(await readFile(file('changing.py'), 'utf8'), file0);
    assert.equal(status, 'offered');
    assert.match(message ?? '', /changing\.py was closed/);
  });
});

describe('askance.edit.review: diff', () => {
  const demo = useEndpoint();
  const file = useFolder();
  const code = 'second = 20\nmore = 21';
  before(() => setReview('diff'));
  after(() => setReview(undefined));
  const begin = async () => {
    const editor = await openFile(file('diff.py'), file0);
    select(editor, 'second = 2');
    demo().enqueue({ kind: 'text', text: fence(code) });
    const result = replace({});
    await proposed((text) => text === file0.replace('second = 2', code));
    return { document: editor.document, result };
  };

  it('leaves the file alone until the code is accepted', async () => {
    const { document, result } = await begin();
    assert.equal(document.getText(), file0);
    assert.equal(document.isDirty, false);
    await run('keepEdit');
    assert.deepEqual(await result, { status: 'applied' });
    assert.equal(document.getText(), file0.replace('second = 2', code));
    assert.equal(vscode.window.activeTextEditor?.document, document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), file0);
  });

  it('is asked for again beside the file, from what stands there', async () => {
    const { document, result } = await begin();
    demo().enqueue({ kind: 'text', text: fence('second = 3') });
    await run('retryEdit');
    await proposed((text) => text === file0.replace('second = 2', 'second = 3'));
    const [first, again] = [await demo().nextRequest(), await demo().nextRequest()].map(requestOf);
    assert.deepEqual(again?.messages, first?.messages);
    assert.equal(document.getText(), file0);
    await run('keepEdit');
    assert.deepEqual(await result, { status: 'applied' });
    assert.equal(document.getText(), file0.replace('second = 2', 'second = 3'));
  });

  it('is given up when its editor is closed in mid-stream', async () => {
    const { document } = await openFile(file('diff.py'), file0);
    select(vscode.window.activeTextEditor!, 'second = 2');
    const pace = { charactersPerDelta: 2, deltasPerSecond: 15 };
    demo().enqueue({ kind: 'text', text: fence(`${code}\n${'more = 22\n'.repeat(200)}`), pace });
    const result = replace({});
    const request = await demo().nextRequest();
    await seen(async () => vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    assert.deepEqual(await result, { status: 'cancelled' });
    assert.equal(await request.closed, 'early');
    assert.equal(document.getText(), file0);
    assert.equal(document.isDirty, false);
  });

  it('goes on beside the file, and leaves no trace when it is discarded', async () => {
    const { document, result } = await begin();
    demo().enqueue({ kind: 'text', text: fence('second = 3') });
    await run('refineEdit', { instruction: 'Shorter.' });
    await proposed((text) => text === file0.replace('second = 2', 'second = 3'));
    await run('undoEdit');
    assert.deepEqual(await result, { status: 'cancelled' });
    assert.equal(document.getText(), file0);
    assert.equal(document.isDirty, false);
  });
});

function selectionOf(editor: vscode.TextEditor, text: string): vscode.Selection {
  const start = editor.document.getText().indexOf(text);
  return new vscode.Selection(editor.document.positionAt(start), editor.document.positionAt(start + text.length));
}

async function setReview(value: string | undefined): Promise<void> {
  await vscode.workspace.getConfiguration('askance').update('edit.review', value, vscode.ConfigurationTarget.Global);
}

/** Resolves when the visible ranges of the editor fulfil the condition. */
async function visible(
  editor: vscode.TextEditor,
  condition: (ranges: readonly vscode.Range[]) => boolean,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const subscription = vscode.window.onDidChangeTextEditorVisibleRanges((event) => {
    if (event.textEditor === editor && condition(event.visibleRanges)) resolve();
  });
  await promise.finally(() => subscription.dispose());
}

/** Resolves when the code lenses of a review stand in the document. */
async function reviewed(document: vscode.TextDocument): Promise<void> {
  await seen(async () => (await lensCommands(document)).includes('askance.keepEdit'));
}

/** Resolves when proposed code whose text fulfils the condition can be accepted. */
async function proposed(condition: (text: string) => boolean = () => true): Promise<void> {
  await seen(async () => {
    const proposals = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'askance-text');
    for (const document of proposals.filter((one) => condition(one.getText()))) {
      if ((await lensCommands(document)).includes('askance.keepEdit')) return true;
    }
    return false;
  });
}

async function lensCommands(document: vscode.TextDocument): Promise<readonly (string | undefined)[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
  );
  return lenses.map(({ command }) => command?.command);
}

/** VS Code tells of no new code lens: they are asked for until they are there. */
async function seen(condition: () => Promise<boolean>): Promise<void> {
  for (let round = 0; !(await condition()); round += 1) {
    assert.ok(round < 1000, 'It never came.');
    // Goes to the window and back.
    await vscode.commands.getCommands(true);
  }
}
