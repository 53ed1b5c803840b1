import assert from 'node:assert/strict';
import { noAnswer } from '../../../src/conversation/answer.ts';
import type { AttachmentView, ConnectionView, ToPage, TurnView } from '../../../src/shared/protocol.ts';
import { LonePage, snapshot } from './lonePage.ts';

/** Pixels: what a zoom of 200 % leaves of a side bar. */
const narrow = 172;

const connection: ConnectionView = {
  name: 'A connection with a name',
  model: 'accounts/somebody/models/a_model_with_a_name_in_one_word',
  server: 'gateway.internal.a-company.example',
  parameters: {},
  penaltyRange: 'documented',
  refused: [{ parameter: 'max_tokens', replacement: 'max_completion_tokens' }],
  warnings: [],
};
const chip: AttachmentView = {
  id: 'a',
  kind: 'code',
  label: 'src/features/editor/components/intervals.ts:11-13',
  description: 'Function intersection',
  language: 'typescript',
  length: 834,
};
const items = Array.from({ length: 120 }, (_, index) => `${index + 1}. item ${index + 1}`).join('\n');
const turn = (text: string): TurnView => ({
  id: 'b',
  question: 'Why?',
  attachments: [chip],
  alternatives: ['a', 'b', 'c'],
  answer: {
    ...noAnswer,
    text,
    status: { kind: 'done', finishReason: 'length' },
    usage: { promptTokens: 1320, completionTokens: 410, totalTokens: 1730 },
    metadata: { id: 'chatcmpl-8f3a4c5d', model: 'survey-large', object: 'chat.completion', role: 'assistant' },
  },
});
const show = (...turns: readonly TurnView[]): ToPage =>
  snapshot(turns, {
    conversation: String(turns.length),
    draft: { text: '', attachments: [chip] },
    readiness: { kind: 'ready', connection },
  });

describe('a narrow panel', () => {
  let lone: LonePage;
  const width = (selector: string): Promise<number> =>
    lone.page
      .locator(selector)
      .last()
      .evaluate((element) => element.getBoundingClientRect().width);
  /** What something else is in the way of, or the edge of what it stands in. */
  const cut = (selector: string): Promise<readonly string[]> =>
    lone.page
      .locator(selector)
      .evaluateAll((elements) =>
        elements
          .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
          .map((element) => element.className),
      );

  before(async () => {
    lone = await LonePage.open();
    await lone.page.setViewportSize({ width: narrow, height: 400 });
  });
  after(() => lone[Symbol.asyncDispose]());

  it('shows where questions go, from its beginning, however long the names are', async () => {
    await lone.tell(show());
    assert.deepEqual(await cut('html, .empty, .empty p'), []);
    await lone.page.locator('.empty').evaluate((element) => (element.scrollTop = 0));
    const { y = -1 } = (await lone.page.getByRole('heading').boundingBox()) ?? {};
    assert.ok(y >= 0, `the heading is at ${y}`);
  });

  it('shows what an answer cost below its buttons, and its details line by line', async () => {
    await lone.tell(show(turn('Because.')));
    assert.ok((await width('.facts')) > narrow / 2);
    await lone.page.getByRole('button', { name: 'Answer details' }).click();
    assert.ok((await width('.details dd')) > narrow / 2);
    assert.deepEqual(await cut('html, .footer-line, .details'), []);
  });

  it('shows the parameters, whatever the server refused', async () => {
    await lone.page.getByRole('button', { name: 'Parameters of this chat' }).click();
    assert.deepEqual(await cut('html, .parameters, .parameters > *'), []);
    await lone.page.getByRole('button', { name: 'Close' }).click();
  });

  it('gives the number of each item the room that it takes, and the size of a chip where there is some', async () => {
    await lone.page.setViewportSize({ width: 280, height: 400 });
    await lone.tell(show(turn(items), turn('Because.')));
    const room = await lone.page
      .locator('.answer-text li')
      .first()
      .evaluate(
        (item) => item.getBoundingClientRect().left - (item.closest('.answer-part')?.getBoundingClientRect().left ?? 0),
      );
    assert.ok(room > 36, `${room} pixels`);
    assert.match(await lone.page.locator('.composer .chip').innerText(), /834 B/);
    assert.ok((await width('.chip-size')) > 30);
  });
});
