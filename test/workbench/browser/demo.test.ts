import assert from 'node:assert/strict';
import { join } from 'node:path';
import { project } from '../paths.ts';
import { useWindow } from '../useWindow.ts';

describe('the demo endpoint', () => {
  const window = useWindow({
    demo: { recordings: [join(project, 'test', 'workbench', 'recordings')], pace: { deltasPerSecond: 400 } },
  });

  it('explains a whole file in paragraphs, with code and three titled sources', async () => {
    const { page, demo, chat } = window();
    await window().openFile('intervals.ts');
    await page.keyboard.press('ControlOrMeta+A');
    await window().runCommand('Askance: Ask about selection');
    await chat
      .getByRole('button', { name: /intervals\.ts:1-8\d/ })
      .first()
      .waitFor();
    await window().ask('What does this file do?');
    const { body } = await demo.nextRequest();
    const answer = await window().answer(0);
    for (const name of ['IntervalSet', 'subtract', 'gaps', 'cut', 'parse']) {
      await answer.getByRole('code').filter({ hasText: name }).first().waitFor();
    }
    assert.ok((await answer.locator('p').count()) >= 5);
    assert.equal(await answer.getByRole('group', { name: /^Code/ }).count(), 1);
    const sources = answer.getByRole('group', { name: 'Sources' }).getByRole('link');
    const titles = await sources.allInnerTexts();
    assert.equal(titles.length, 3);
    for (const [index, title] of titles.entries()) {
      const url = await sources.nth(index).getAttribute('href');
      assert.match(url ?? '', /^https:\/\//);
      assert.ok(!url?.includes(title), 'a title is more than the address');
      const mark = answer.getByRole('link', { name: `Source ${index + 1}: ${title}` }).first();
      assert.equal(await mark.getAttribute('href'), url);
    }
    await window().screenshot('demo');
    assert.ok((await deltas(demo.url, body)) >= 200);
  });

  it('replays a recorded answer whose marks lead to its own sources', async () => {
    await window().runCommand('Askance: New chat');
    await window().ask('/replay five-sources');
    const answer = await window().answer(0);
    await answer.getByText('An empty piece has its end at its start').waitFor();
    for (const [number, title, url] of [
      [1, 'Why numbering starts at zero', 'https://numbering.example/zero'],
      [4, 'Cutting holes', 'https://holes.example/cut'],
      [5, 'Empty intervals', 'https://empty.example/interval'],
    ] as const) {
      const mark = answer.getByRole('link', { name: `Source ${number}: ${title}` });
      assert.equal(await mark.innerText(), String(number));
      assert.equal(await mark.getAttribute('href'), url);
      await mark.hover();
      await window().chat.locator('.source-card').getByText(title).waitFor();
    }
    assert.equal(await answer.getByRole('group', { name: 'Sources' }).getByRole('link').count(), 5);
    assert.match(await answer.innerText(), /survey-large · 14 prompt \+ 80 completion = 94 tokens/);
    await window().screenshot('replay');
  });
});

/** How many pieces of text the server sends for that request. */
async function deltas(url: string, body: unknown): Promise<number> {
  const response = await fetch(`${url}/v1/chat/completions`, { method: 'POST', body: JSON.stringify(body) });
  return Array.from((await response.text()).matchAll(/^data: .*"delta":\{[^}]*"content":"[^"]/gm)).length;
}
