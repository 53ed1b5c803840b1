import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { shown, shownInputs, statusItem } from '../documents/fakeVsCode.ts';
import '../documents/vsCode.ts';

const notifications = await import('../../../src/window/notifications.ts');
const pickers = await import('../../../src/window/pickers.ts');
const { literal, literalLabel, oneLine } = await import('../../../src/window/literal.ts');

/** What VS Code 1.110 to 1.139 makes a link of, in a notification and below an input; line breaks are spaces by then. */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
/** What VS Code draws an icon for, in labels and below an input. */
const icon = /(?<!\\)\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/;

const hostile = [
  '[Sign in](command:workbench.action.terminal.sendSequence?%7B%7D)',
  '[a](COMMAND:x)',
  '[a](https://example.com "A title")',
  "[a](file:///etc/passwd 'it')",
  '[two\nlines](command:x)',
  '[a](command:x\n"title")',
  '[[a](command:x)](command:y)',
  // What is taken out between the two must not bring them together.
  '[a]\u200B(command:x)',
  '[a]\u{E0041}(command:x)',
  '[a]\0(command:x)',
  '[a]\r\n(command:x)',
  '](command:x) [a](command:y)',
  '$(pass) trusted [a](http://x)',
  '$(loading~spin)',
];

function isLink(text: string): boolean {
  return link.test(text.replaceAll(/\r\n|\n|\r/g, ' ').trim());
}

describe('the door to notifications', () => {
  it('shows a text of others without a link, whatever its spelling', () => {
    assert.deepEqual(
      hostile.map(literal).filter((text) => isLink(text)),
      [],
    );
  });

  it('shows no link that two texts or a text and our sentence make together', () => {
    for (const [one, other] of [
      ['[a]', '(command:x)'],
      ['x [a', '](command:x)'],
    ] as const)
      assert.ok(!isLink(literal(`“${one}${other}”`)));
  });

  it('shows no icon in a label that its text asks for, and the text itself otherwise', () => {
    assert.deepEqual(
      hostile.map(literalLabel).filter((text) => icon.test(text) || isLink(text)),
      [],
    );
    assert.equal(literalLabel('$HOME and $(cat file) cost $(1'), '$HOME and $(cat file) cost $(1');
    assert.equal(literalLabel('\\$(pass)'), '\\$(pass)');
  });

  it('leaves ordinary texts as they are', () => {
    for (const text of ['src/[id]/page.tsx (12 lines)', 'a[0] (first)', 'É 日本 👩‍💻', 'line one\nline two\ttab'])
      assert.equal(literalLabel(text), text);
  });

  it('shows each character that cannot be seen, or turns others', () => {
    assert.equal(literal('a\u202Eb\u3164c\u001Bd'), 'a\uFFFDb\uFFFDc\uFFFDd');
  });

  it('puts a name into one line that ends', () => {
    assert.equal(oneLine('a\n\n b\u2028c', 80), 'a b c');
    assert.equal(oneLine('x'.repeat(100), 10), `${'x'.repeat(10)}…`);
    assert.equal(oneLine(`${'x'.repeat(9)}😀`, 10), `${'x'.repeat(9)}…`);
  });

  it('is the way of every message, question and title', async () => {
    shown.length = 0;
    for (const text of hostile) {
      await notifications.showError(text);
      await notifications.showWarning(text);
      await notifications.showInformation(text);
      await notifications.askInDialog(text, text);
      notifications.showInStatusBar(text, 1);
      await notifications.withWindowProgress(text, async () => undefined);
      new notifications.StatusItem('id', { name: 'n', command: 'c', tooltip: text }).show('diff', text);
      shown.push(statusItem.text.replace('$(diff) ', ''));
    }
    assert.equal(shown.length, hostile.length * 8);
    assert.deepEqual(shown.filter(isLink), []);
  });

  it('is the way of every text of a list', async () => {
    const [text = ''] = hostile;
    const items = [{ label: '$(pass) a', description: text, detail: text, own: 1 }];
    assert.equal(await pickers.pickOne(items, { title: text }), items[0]);
    const picker = pickers.createPicker<(typeof items)[number]>();
    picker.items = items;
    picker.activeItems = items;
    const [item] = picker.activeItems;
    assert.ok(item);
    assert.equal(picker.items[0], item, 'what is active is one of the items');
    assert.equal(item.own, 1);
    assert.equal(item.label, '\\$(pass) a');
    assert.deepEqual([item.description, item.detail].filter(isLink), []);
  });

  it('is the way of every text below an input', async () => {
    const [text = ''] = hostile;
    shownInputs.length = 0;
    const input = pickers.createInput();
    input.prompt = text;
    Object.assign(input, { validationMessage: { message: text, severity: 1 } });
    assert.ok(!isLink(input.prompt));
    assert.ok(typeof input.validationMessage === 'object' && !isLink(input.validationMessage.message));
    input.validationMessage = text;
    assert.ok(typeof input.validationMessage === 'string' && !isLink(input.validationMessage));
    await pickers.askText({ prompt: text, validateInput: () => text });
    const [options] = shownInputs as { prompt: string; validateInput(value: string): string }[];
    assert.ok(options && !isLink(options.prompt) && !isLink(options.validateInput('')));
  });

  it('is the only one: no other file uses what VS Code shows texts with', async () => {
    const src = fileURLToPath(new URL('../../../src', import.meta.url));
    const found: string[] = [];
    for await (const file of glob('**/*.{ts,tsx}', { cwd: src })) {
      if (/^(?:window|webview)[\\/]/.test(file)) continue;
      const code = await readFile(`${src}/${file}`, 'utf8');
      for (const [match] of code.matchAll(shows)) found.push(`${file}: ${match}`);
      if (/import \{[^}]*\} from 'vscode'/.test(code)) found.push(`${file} takes parts out of vscode`);
      for (const [match, name = ''] of code.matchAll(/\bwindow\s*\??\.\s*((?:show|create|with|set)\w*)/g))
        if (!harmless.has(name)) found.push(`${file}: ${match}`);
      if (/\bwindow\s*\[/.test(code)) found.push(`${file} computes a member of vscode.window`);
    }
    assert.deepEqual(found, []);
  });
});

/** What VS Code shows texts with that it looks for links, icons or Markdown in. */
const shows =
  /\b(?:show(?:Error|Warning|Information)Message|setStatusBarMessage|createStatusBarItem|withProgress|withScmProgress|createQuickPick|createInputBox|showQuickPick|showInputBox|supportHtml|supportThemeIcons|appendMarkdown)\b/g;

/** What of `vscode.window` shows no text of Askance's, or reads no link in it. */
const harmless = new Set([
  'createOutputChannel',
  'createTerminal',
  'createTextEditorDecorationType',
  'createWebviewPanel',
  'showOpenDialog',
  'showSaveDialog',
  'showTextDocument',
]);
