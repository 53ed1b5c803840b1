import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { until } from '../browser/expect.ts';
import { requestOf } from '../browser/replies.ts';
import { changed, closeEditors, openFile, select, useFolder } from './editor.ts';
import { useEndpoint } from './endpoint.ts';

const source = 'export function area(width, height) {\n  return width * height;\n}\n\nexport const unit = 1;\n';
const area = source.slice(0, source.indexOf('\n\n'));
const squared = 'export function area(width, height) {\n  return height * width;\n}';
const fenced = `\`\`\`javascript\n${squared}\n\`\`\``;

/** Sets a setting of the user for one test. */
async function useSetting(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('askance').update(name, value, vscode.ConfigurationTarget.Global);
}

describe('actions', () => {
  const demo = useEndpoint();
  const file = useFolder();
  const sent = async () => requestOf(await demo().nextRequest()).messages.at(-1)!.content;
  const open = async (selection: string) => {
    const editor = await openFile(file('area.js'), source);
    if (selection !== '') select(editor, selection);
    return editor;
  };
  beforeEach(() => vscode.commands.executeCommand('askance.newChat'));

  it('explain the selection in the chat, with its code once', async () => {
    await open(area);
    await vscode.commands.executeCommand('askance.action.explain');
    const content = await sent();
    assert.match(content, /area\.js`, lines 1-3:\n```javascript\nexport function area/);
    assert.match(content, /\n\nExplain this code: /);
    assert.equal(content.split('return width * height').length, 2);
  });

  it('replace what is selected, and one undo brings it back', async () => {
    const { document } = await open(area);
    demo().enqueue({ kind: 'text', text: fenced });
    const written = changed(document, (text) => text === source.replace(area, squared));
    await vscode.commands.executeCommand('askance.runAction', 'simplify');
    assert.match(await sent(), /Simplify this code without changing what it does/);
    await written;
    await until('the code can be kept or undone', async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
      );
      return lenses.some(({ command }) => command?.command === 'askance.keepEdit');
    });
    await vscode.commands.executeCommand('askance.undoEdit');
    assert.equal(document.getText(), source);
  });

  it('without a selection are about the function around the cursor', async () => {
    const editor = await open('');
    editor.selection = new vscode.Selection(1, 2, 1, 2);
    await vscode.commands.executeCommand('askance.action.addComments');
    const content = await sent();
    assert.match(content, /area\.js`, lines 1-\d:/);
    assert.match(content, /return width \* height/);
    await vscode.commands.executeCommand('askance.stop');
  });

  it('of the user fill in their variables, and insert at the cursor', async () => {
    const prompt = 'Repeat ${selection} of ${file} (${language}).';
    await useSetting('actions', [{ id: 'again', title: 'Again', prompt, result: 'insert' }]);
    const { document } = await open('export const unit = 1;');
    demo().enqueue({ kind: 'text', text: '```javascript\nexport const half = 0.5;\n```' });
    const written = changed(document, (text) => text === `${source.trimEnd()}\nexport const half = 0.5;\n`);
    await vscode.commands.executeCommand('askance.runAction', { id: 'again' });
    const content = await sent();
    assert.match(content, /Repeat `.*area\.js`, line \d of .*area\.js \(javascript\)\./);
    assert.equal(content.split('export const unit = 1;').length, 2);
    await written;
    await vscode.commands.executeCommand('askance.keepEdit');
    await useSetting('actions', undefined);
  });

  it('write tests into a new file beside the code, like those of a neighbour', async () => {
    const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    const code = join(root, 'area.js');
    const neighbour = join(root, 'unit.spec.js');
    await writeFile(neighbour, "import { it } from 'vitest';\n");
    try {
      const editor = await openFile(code, source);
      select(editor, area);
      demo().enqueue({ kind: 'text', text: "```javascript\nimport { it } from 'vitest';\nit('multiplies');\n```" });
      const run = vscode.commands.executeCommand('askance.action.writeTests');
      const content = await accepted(sent());
      await run;
      assert.match(content, /unit\.spec\.js`, line 1:\n```javascript\nimport \{ it \} from 'vitest';/);
      assert.match(content, /`area\.spec\.js`, line 1:/);
      assert.match(content, /Write them as the tests in unit\.spec\.js are written/);
      const document = vscode.window.activeTextEditor?.document;
      assert.ok(document);
      assert.equal(document.uri.scheme, 'untitled');
      assert.equal(document.uri.path, join(root, 'area.spec.js'));
      const text = "import { it } from 'vitest';\nit('multiplies');";
      if (document.getText() !== text) await changed(document, (now) => now.trim() === text);
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), '');
    } finally {
      await closeEditors();
      await Promise.all([code, neighbour].map((path) => rm(path)));
    }
  });

  it('refuse to fix where there is nothing to fix, and send nothing', async () => {
    await open(area);
    await vscode.commands.executeCommand('askance.runAction', 'fixProblems');
    assert.equal(demo().requests.length, 0);
  });
});

/** Presses Enter in the list that opens, until the promise resolves. */
async function accepted<Value>(promise: Promise<Value>): Promise<Value> {
  for (;;) {
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    const pause = new Promise<undefined>((resolve) => setTimeout(resolve, 100, undefined));
    const value = await Promise.race([promise, pause]);
    if (value !== undefined) return value;
  }
}

describe('the lightbulb', () => {
  const demo = useEndpoint();
  const file = useFolder();
  const problems = vscode.languages.createDiagnosticCollection('askance-test');
  after(() => problems.dispose());
  const offered = async (document: vscode.TextDocument, range: vscode.Range) => {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
    );
    return actions.filter(({ title }) => title.startsWith('Askance: '));
  };
  const open = async () => {
    const { document } = await openFile(file('area.js'), source);
    const range = new vscode.Range(1, 2, 1, 8);
    problems.set(document.uri, [new vscode.Diagnostic(range, 'The area of what?', vscode.DiagnosticSeverity.Warning)]);
    return { document, range };
  };

  it('offers to fix the problem under the cursor by its message, and sends that', async () => {
    const { document, range } = await open();
    const fix = (await offered(document, range)).find(({ title }) => title.startsWith('Askance: Fix problems'));
    assert.equal(fix?.title, 'Askance: Fix problems (The area of what?)');
    assert.equal(fix.kind?.value, vscode.CodeActionKind.QuickFix.value);
    assert.ok(fix.command);
    await vscode.commands.executeCommand(fix.command.command, ...(fix.command.arguments ?? []));
    const content = requestOf(await demo().nextRequest()).messages.at(-1)!.content;
    assert.match(content, /change nothing else:\n\nline 2: warning: The area of what\?/);
    await vscode.commands.executeCommand('askance.stop');
  });

  it('offers to change what is selected, and the actions of the user for the language', async () => {
    const own = { title: 'Mine', prompt: 'Do it.', result: 'replace' };
    await useSetting('actions', [
      { ...own, id: 'mine', languages: 'javascript' },
      { ...own, id: 'other', title: 'Other', languages: ['python'] },
    ]);
    const { document, range } = await open();
    const actions = await offered(document, range);
    await useSetting('actions', undefined);
    const titles = actions.map(({ title }) => title);
    assert.ok(titles.includes('Askance: Simplify') && titles.includes('Askance: Mine'), titles.join());
    assert.ok(!titles.includes('Askance: Other'));
    const mine = actions.find(({ title }) => title === 'Askance: Mine');
    assert.equal(mine?.kind?.value, vscode.CodeActionKind.RefactorRewrite.value);
  });

  it('offers nothing when it is switched off', async () => {
    await useSetting('lightbulb', false);
    const { document, range } = await open();
    const actions = await offered(document, range);
    await useSetting('lightbulb', undefined);
    assert.deepEqual(actions, []);
  });
});

describe('the lenses above functions', () => {
  const file = useFolder();
  it('are there only when the user wants them', async () => {
    const provider = vscode.languages.registerDocumentSymbolProvider(
      { pattern: '**/area.js' },
      {
        provideDocumentSymbols: ({ lineCount }) => {
          const range = new vscode.Range(0, 0, Math.min(2, lineCount), 1);
          return [
            new vscode.DocumentSymbol('area', '', vscode.SymbolKind.Function, range, new vscode.Range(0, 16, 0, 20)),
          ];
        },
      },
    );
    const { document } = await openFile(file('area.js'), source);
    const titles = async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
        9,
      );
      return lenses.flatMap(({ command }) => (command?.command === 'askance.runAction' ? [command.title] : []));
    };
    assert.deepEqual(await titles(), []);
    await useSetting('codeLens', true);
    const shown = await titles();
    await useSetting('codeLens', undefined);
    provider.dispose();
    assert.deepEqual(shown.slice(0, 4), ['Explain', 'Add comments', 'Write tests', 'More…']);
  });
});
