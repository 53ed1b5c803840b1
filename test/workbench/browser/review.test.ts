import { useWindow } from '../useWindow.ts';
import { until } from './expect.ts';
import { followBrowser } from './themes.ts';

const file = 'typescript/intervals.ts';
const code = [
  '  add(start: number, end: number) {',
  '    if (end < start) {',
  '      return;',
  '    }',
  '    const apart = this.ranges.filter((range) => range.end < start || range.start > end);',
  '    this.ranges = [...apart, merged(this.ranges, start, end)].sort(byStart);',
  '  }',
].join('\n');

describe('code under review', function () {
  // Three themes, one after the other.
  this.timeout(300_000);
  const window = useWindow({ settings: followBrowser });
  let original: string;

  const lens = (name: string | RegExp) => window().page.locator('.codelens-decoration a', { hasText: name });
  const replace = async () => {
    const { demo } = window();
    await window().openFile('intervals.ts');
    await window().selectLines(15, 27);
    demo.enqueue({ kind: 'text', text: `\`\`\`typescript\n${code}\n\`\`\`` });
    await window().runCommand('Askance: Replace selection…');
    await window().answerInputBox(/^Replace /, 'Simplify it.');
    await lens('Keep all').waitFor();
  };
  const isUndone = () => until('the file is as it was', async () => (await window().savedText(file)) === original);

  before(async () => {
    original = await window().savedText(file);
  });

  it('shows what went where it was, in every theme', async () => {
    const { page } = window();
    await replace();
    await window().screenshot('review');
    await lens('1 of 2').waitFor();
    await lens('− 7 lines').waitFor();
    for (const [name, colorScheme, forcedColors] of [
      ['dark', 'dark', 'none'],
      ['light', 'light', 'none'],
      ['contrast', 'dark', 'active'],
    ] as const) {
      await page.emulateMedia({ colorScheme, forcedColors });
      await page.locator(`.monaco-workbench.${{ dark: 'vs-dark', light: 'vs', contrast: 'hc-black' }[name]}`).waitFor();
      await window().screenshot(`review-${name}`);
    }
    await page.emulateMedia({ colorScheme: 'dark', forcedColors: 'none' });
    await page.keyboard.press('ControlOrMeta+K');
    await page.keyboard.press('n');
    await isUndone();
    await window().screenshot('review-undone');
  });
});
