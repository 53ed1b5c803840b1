import { useWindow } from '../useWindow.ts';
import { until } from './expect.ts';

const file = 'python/wrap.py';
const shorter =
  'def words(self, text):\n    """Every word, cut where it is too long."""\n    return list(self.pieces(text))';
const indented = shorter.replaceAll(/^/gm, '    ');
const typed = '# typed above\n# twice\n';

describe('code from an answer', () => {
  const window = useWindow();
  let original: string;
  const saved = (what: string, expected: () => string) =>
    until(what, async () => (await window().savedText(file)) === expected());

  before(async () => {
    const { page, demo } = window();
    original = await window().savedText(file);
    await window().openFile('wrap.py');
    await window().selectLines(31, 37);
    await page.keyboard.press('ControlOrMeta+K');
    await page.keyboard.press('a');
    await window()
      .chat.getByRole('button', { name: /wrap\.py:31-37/ })
      .first()
      .waitFor();
    demo.enqueue({ kind: 'text', text: `Shorter:\n\n\`\`\`python\n${shorter}\n\`\`\`` });
    await window().ask('Make it shorter.');
    await window().answer(0);
  });

  it('replaces the selection where it is by then, as deep as it was', async () => {
    const { page, chat, editor } = window();
    await window().openFile('wrap.py');
    await window().goToLine(1);
    await page.keyboard.type(typed);
    await saved('what was typed is there', () => typed + original);

    await chat.getByRole('button', { name: /^Replace .*wrap\.py:31-37/ }).click();
    const lines = original.split('\n');
    const replaced = [...lines.slice(0, 30), indented, ...lines.slice(37)].join('\n');
    await saved('the new code stands below what was typed', () => typed + replaced);

    await editor.getByText('Every word, cut where it is too long.').click();
    await page.keyboard.press('ControlOrMeta+Z');
    await saved('one undo brings the old code back, and no more', () => typed + original);
  });

  it('is inserted at the cursor, as deep as the cursor is', async () => {
    const { page, chat } = window();
    await window().goToLine(40);
    await page.keyboard.type('    ');
    await chat.getByRole('button', { name: 'Insert at cursor' }).click();
    const lines = (typed + original).split('\n');
    const inserted = [...lines.slice(0, 39), indented, ...lines.slice(40)].join('\n');
    await saved('the code stands between the methods', () => inserted);
  });
});
