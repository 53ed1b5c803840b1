import assert from 'node:assert/strict';
import { noAnswer } from '../../../src/conversation/answer.ts';
import type { AnswerView, TurnView } from '../../../src/shared/protocol.ts';
import { until } from './expect.ts';
import { LonePage, snapshot } from './lonePage.ts';

const turn = (id: string, answer: Partial<AnswerView>): TurnView => ({
  id,
  question: 'Why?',
  attachments: [],
  alternatives: [id],
  answer: { ...noAnswer, text: 'Because.', status: { kind: 'done', finishReason: 'stop' }, ...answer },
});

describe('the page of the chat', () => {
  let lone: LonePage;
  before(async () => {
    lone = await LonePage.open();
    await lone.page.setViewportSize({ width: 400, height: 400 });
  });
  after(() => lone[Symbol.asyncDispose]());

  it('quotes what is selected as it is copied: sources are links, and a code block is its code', async () => {
    const citations = [{ url: 'https://a.example/x', mark: '1' }];
    await lone.tell(snapshot([turn('a', { text: 'So it is [1].\n\n```ts\na();\n```\n\nEnd.', citations })]));
    await lone.page.getByRole('button', { name: 'Insert at cursor' }).waitFor();
    await lone.page
      .locator('.answer-text')
      .evaluate((text) => text.ownerDocument.getSelection()?.selectAllChildren(text));
    await lone.page.keyboard.press('Shift');
    await lone.page.getByRole('button', { name: 'Quote' }).click();
    const quoted = await lone.page.getByRole('textbox', { name: 'Question' }).inputValue();
    const lines = quoted.split('\n').filter((line) => line !== '' && line !== '> ');
    assert.deepEqual(lines, ['> So it is [1](https://a.example/x).', '> a();', '> End.']);
  });

  it('shows code as large as the text around it, whatever size that is given', async () => {
    await lone.page.evaluate(`document.documentElement.style.setProperty('--vscode-editor-font-size', '12px')`);
    await lone.tell(snapshot([turn('b', { text: 'Text.\n\n```ts\na();\n```' })], { fontSize: 22 }));
    for (const part of ['.answer-text p', '.answer-text pre']) {
      const size = await lone.page
        .locator(part)
        .evaluate((element) => element.ownerDocument.defaultView?.getComputedStyle(element).fontSize);
      assert.equal(size, '22px', part);
    }
  });

  it('shows what gets the focus, however far above the end that is', async () => {
    const paragraphs = 'A paragraph.\n\n'.repeat(60);
    await lone.tell(snapshot([turn('e', { text: `${paragraphs}[A link](https://a.example/).\n\n${paragraphs}` })]));
    await lone.page.getByRole('button', { name: 'Copy answer' }).press('Shift+Tab');
    const link = lone.page.getByRole('link', { name: 'A link' }).and(lone.page.locator(':focus'));
    await until('the link is in view', () =>
      link.evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return top >= 0 && bottom <= (element.closest('.scroll-area')?.getBoundingClientRect().bottom ?? 0);
      }),
    );
  });

  it('keeps what is written in the place of an earlier question when it is hidden', async () => {
    const edited = lone.page.getByRole('textbox', { name: 'Edited question' });
    await lone.tell(snapshot([turn('f', {})]));
    await lone.page.getByRole('button', { name: 'Edit question' }).click();
    await edited.fill('Why not?');
    const [remembered] = (await lone.page.evaluate<readonly unknown[]>('remembered')).slice(-1);
    assert.ok(remembered);
    await using shownAgain = await LonePage.open(remembered);
    await shownAgain.tell(snapshot([turn('f', {})]));
    const again = shownAgain.page.getByRole('textbox', { name: 'Edited question' });
    assert.equal(await again.inputValue(), 'Why not?');
    await again.press('Escape');
    await again.waitFor({ state: 'detached' });
    await shownAgain.page.getByRole('button', { name: 'Edit question' }).click();
    assert.equal(await again.inputValue(), 'Why?');
    await edited.press('Escape');
  });

  it('follows an answer on when its reasoning is folded again', async () => {
    const long = 'A paragraph.\n\n'.repeat(30);
    const streaming = turn('d', { text: '', reasoning: 'Hm.', status: { kind: 'streaming' } });
    await lone.tell(snapshot([turn('c', { text: long }), streaming]));
    const jump = lone.page.getByRole('button', { name: 'Jump to latest' });
    await lone.page.locator('summary').click();
    await jump.click();
    await lone.page.locator('summary').click();
    await lone.tell({ type: 'answerDelta', turnId: 'd', text: long, reasoning: '' });
    const rest = await lone.page
      .locator('.scroll-area')
      .evaluate(({ scrollHeight, clientHeight, scrollTop }) => scrollHeight - clientHeight - scrollTop);
    assert.ok(rest <= 2, `${rest} pixels from the end`);
    assert.equal(await jump.count(), 0);
  });
});
