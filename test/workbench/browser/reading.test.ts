import assert from 'node:assert/strict';
import { useWindow } from '../useWindow.ts';
import { until } from './expect.ts';
import type { Locator } from 'playwright-core';

const paragraphs = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) => `Paragraph ${index + 1} of an answer that is longer than the panel.`,
  ).join('\n\n');
const code = Array.from({ length: 80 }, (_, index) => `const value${index + 1} = ${index + 1};`).join('\n');

describe('reading an answer', () => {
  const window = useWindow();
  const area = (): Locator => window().chat.locator('.scroll-area');
  const jump = (): Locator => window().chat.getByRole('button', { name: 'Jump to latest' });
  const scroll = (): Promise<{ top: number; rest: number }> =>
    area().evaluate(({ scrollTop, scrollHeight, clientHeight }) => ({
      top: scrollTop,
      rest: scrollHeight - clientHeight - scrollTop,
    }));
  const atEnd = (): Promise<void> => until('the end is seen', async () => (await scroll()).rest <= 2);

  before(async () => {
    await window().runCommand('Askance: Focus chat');
    await window().question.waitFor();
    window().demo.enqueue({
      kind: 'text',
      text: `${paragraphs(40)}\n\nThe last.`,
      pace: { charactersPerDelta: 20, deltasPerSecond: 60 },
    });
    await window().ask('Go on.');
    await area().getByText('Paragraph 15 of').waitFor();
  });

  const gestures: Readonly<Record<string, () => Promise<void>>> = {
    'a wheel that turns by one pixel': async () => {
      await area().hover();
      await window().page.mouse.wheel(0, -1);
    },
    'a key': async () => {
      await area().evaluate((element) => element.setAttribute('tabindex', '-1'));
      await area().focus();
      await window().page.keyboard.press('PageUp');
    },
    'the scroll bar': async () => {
      const box = await area().boundingBox();
      assert.ok(box);
      const x = box.x + box.width - 3;
      await window().page.mouse.move(x, box.y + box.height - 12);
      await window().page.mouse.down();
      // What the panel shows of that is there before the mouse moves.
      await area().evaluate(
        ({ ownerDocument }) => new Promise((resolve) => ownerDocument.defaultView.requestAnimationFrame(resolve)),
      );
      await window().page.mouse.move(x, box.y + box.height - 40, { steps: 4 });
      await window().page.mouse.up();
    },
    'a finger': () =>
      area().evaluate((element) => {
        const view = element.ownerDocument.defaultView;
        element.dispatchEvent(new view.Event('touchmove', { bubbles: true }));
        element.scrollTop -= 20;
      }),
    'text that is selected': () =>
      area().evaluate((element) => {
        element.ownerDocument.getSelection()?.selectAllChildren(element.querySelector('.answer-text'));
      }),
  };
  for (const [gesture, make] of Object.entries(gestures)) {
    it(`follows while it comes, lets go at ${gesture}, and returns by Jump to latest`, async () => {
      await atEnd();
      await make();
      await jump().waitFor();
      const { top } = await scroll();
      await area().evaluate((element) => element.ownerDocument.getSelection()?.removeAllRanges());
      await jump().click();
      await jump().waitFor({ state: 'detached' });
      await atEnd();
      assert.ok((await scroll()).top >= top);
    });
  }

  it('gives the focus to the latest answer when Jump to latest is pressed with a key', async () => {
    await atEnd();
    await area().hover();
    await window().page.mouse.wheel(0, -600);
    await jump().press('Enter');
    await jump().waitFor({ state: 'detached' });
    await atEnd();
    const focused = await area().evaluate(
      (element) => element.ownerDocument.activeElement?.closest('article')?.className,
    );
    assert.equal(focused, 'answer');
    const answers = window().chat.getByRole('article', { name: 'Answer' });
    await window().page.keyboard.press('Shift+Tab');
    await window().page.keyboard.press('Tab');
    assert.equal(await answers.last().evaluate((answer) => answer.contains(answer.ownerDocument.activeElement)), true);
  });

  it('keeps its place when the panel gets another width', async () => {
    const { page } = window();
    await window().answer(0);
    await area().hover();
    await page.mouse.wheel(0, -600);
    await jump().waitFor();
    const first = await firstSeen();
    const before = (await area().getByText(first).boundingBox())?.y ?? 0;
    const side = await page.locator('.part.sidebar').boundingBox();
    assert.ok(side);
    await page.mouse.move(side.x + side.width, 300);
    await page.mouse.down();
    await page.mouse.move(side.x + side.width + 200, 300, { steps: 4 });
    await page.mouse.up();
    await until('the panel is wider', async () => ((await area().boundingBox())?.width ?? 0) > side.width + 100);
    const after = (await area().getByText(first).boundingBox())?.y ?? 0;
    assert.ok(Math.abs(after - before) < 30, `${first} moved from ${before} to ${after}`);
  });

  it('stays where it is when colours come and code folds', async () => {
    window().demo.enqueue({ kind: 'text', text: `Before.\n\n\`\`\`ts\n${code}\n\`\`\`\n\nBehind.` });
    await window().ask('Code, please.');
    const answer = await window().answer(1);
    await answer.getByText('Behind.').waitFor();
    const place = async (): Promise<number> => (await answer.getByText('Behind.').boundingBox())?.y ?? 0;
    const before = await place();
    await answer.locator('pre span[class^="look-"]').first().waitFor({ state: 'attached' });
    assert.equal(await place(), before);
    await answer.getByRole('button', { name: 'Show all 80 lines' }).waitFor();
  });

  it('finds folded code in what is copied, and unfolds it where the search goes', async () => {
    const answer = await window().answer(1);
    await answer.locator('.answer-text').evaluate((text) => text.ownerDocument.getSelection()?.selectAllChildren(text));
    await window().page.keyboard.press('ControlOrMeta+C');
    await until('all of the code is on the clipboard', async () =>
      (await window().clipboard()).includes('value80 = 80'),
    );
    await answer.locator('pre').evaluate((region) => (region.scrollTop = 400));
    await answer.getByRole('button', { name: 'Show fewer lines', expanded: true }).waitFor();
  });

  it('copies a selection with its citations as Markdown links', async () => {
    window().demo.enqueue({
      kind: 'text',
      text: 'Sizes add up [1][2], so $x^2$ grows.',
      sources: [
        { title: 'A', url: 'https://a.example/x', date: null },
        { title: 'B', url: 'https://b.example/', date: null },
      ],
    });
    await window().ask('With sources.');
    const answer = await window().answer(2);
    await answer.locator('math').waitFor({ state: 'attached' });
    await answer.locator('.answer-text').evaluate((text) => text.ownerDocument.getSelection()?.selectAllChildren(text));
    await window().page.keyboard.press('ControlOrMeta+C');
    await until('links are on the clipboard', async () =>
      (await window().clipboard()).includes('add up [1](https://a.example/x)[2](https://b.example/), so $x^2$ grows.'),
    );
  });

  async function firstSeen(): Promise<string> {
    return area().evaluate((element) => {
      const { top } = element.getBoundingClientRect();
      const seen = [...element.querySelectorAll('.answer-text p')].find((p) => p.getBoundingClientRect().top >= top);
      return /^Paragraph \d+ of/.exec(seen?.textContent ?? '')?.[0] ?? '';
    });
  }

  it('goes to the end with a question, also where its answer is whole at once', async () => {
    await area().hover();
    await window().page.mouse.wheel(0, -200);
    await jump().waitFor();
    window().demo.enqueue({
      kind: 'text',
      text: 'At once.',
      pace: { charactersPerDelta: 8, deltasPerSecond: Infinity },
    });
    await window().ask('Really?');
    await area().getByText('At once.').waitFor();
    await atEnd();
    await jump().waitFor({ state: 'detached' });
  });
});
