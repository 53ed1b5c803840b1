import type { Reply } from '../../server/reply.ts';
import type { Window } from '../window.ts';
import { explanation } from './replies.ts';

/** A state of the panel: `reach` resolves when it is seen, and fails where it does not come. */
export interface PanelState {
  readonly name: string;
  readonly reach: (window: Window) => Promise<void>;
  /** What is to be done before another state can follow. */
  readonly leave?: (window: Window) => Promise<void>;
}

const fence = '```';
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index + 1)).join('\n');

const kinds = `# One

## Two

### Three

A paragraph with **bold**, *italic*, ~~struck~~ words, \`code\`, [a link](https://example.com/a), a very long word
Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft and
https://example.com/a/very/long/address/that/goes/on/and/on/without/any/place/to/break?query=1234567890.

> A quotation with \`code\`.
>
> - and a list

1. first
2. second
   - nested
     - deeper
3. third with code:

   ${fence}sh
   npm ci && npm test
   ${fence}

- [x] done
- [ ] to do

| Name | Type | Default | What it is for |
|:-----|:----:|--------:|----------------|
| \`timeout\` | number | 30 | Seconds until the request is given up |
| \`retries\` | number | 2 | How often it is tried again |

---

A formula in a line, $e^{i\\pi} + 1 = 0$, and one of its own:

$$
\\int_0^1 x^2 \\, dx = \\frac{1}{3} \\qquad \\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}
$$

Half-open intervals[^1] are easier.

[^1]: Their **end** is no part of them.`;

const rightToLeft = `פסקה בעברית עם \`code(a, b)\` ועם English words בתוכה.

- פריט ראשון
- פריט שני עם [קישור](https://example.com/)

A paragraph from left to right with שלום in it.

> ציטוט בעברית

${fence}ts
const greeting = 'שלום'; // הערה
${fence}`;

/** An answer that lasts until it is stopped. */
const endless: Reply = {
  kind: 'text',
  text: 'one two three four five six seven eight nine ten '.repeat(2000),
  pace: { charactersPerDelta: 4, deltasPerSecond: 50 },
};

async function answered(window: Window, question: string, reply: Reply): Promise<void> {
  window.demo.enqueue(reply);
  await window.ask(question);
  await lastAnswer(window).and(window.chat.locator('[aria-busy="false"]')).waitFor();
}

function lastAnswer(window: Window) {
  return window.chat.getByRole('article', { name: 'Answer' }).last();
}

async function stop(window: Window): Promise<void> {
  await window.chat.getByRole('button', { name: 'Stop' }).click();
  await lastAnswer(window).and(window.chat.locator('[aria-busy="false"]')).waitFor();
}

const text = (content: string): Reply => ({ kind: 'text', text: content });
const fault = (kind: 'length' | 'reasoningContent' | 'contentFilter' | 'emptyAnswer'): Reply => ({
  kind: 'fault',
  fault: { kind },
});

/** Tells the page what the host would tell it. */
async function tell(window: Window, ...messages: readonly unknown[]): Promise<void> {
  await window.chat.locator('body').evaluate(
    (body, batch) => {
      const view = body.ownerDocument.defaultView;
      view?.dispatchEvent(new MessageEvent('message', { data: batch }));
    },
    { sequence: -1, messages },
  );
}

/** The states, in an order in which one leads to the next. A new state is one more entry. */
export const panelStates: readonly PanelState[] = [
  { name: 'empty', reach: ({ chat }) => chat.getByRole('heading', { name: 'Ask about your code' }).waitFor() },
  {
    name: 'no-connection',
    reach: async (window) => {
      await tell(window, { type: 'readiness', readiness: { kind: 'noConnection' } });
      await window.chat.getByRole('button', { name: 'Connect' }).first().waitFor();
    },
  },
  {
    name: 'bad-settings',
    reach: async (window) => {
      const problems = ['Connection “sonar”: temperature is 3, but must be from 0 to 2.', 'Connection 2 has no name.'];
      await tell(window, { type: 'readiness', readiness: { kind: 'badSettings', problems } });
      await window.chat.getByText('temperature is 3').waitFor();
    },
    leave: async (window) => {
      await window.runCommand('Askance: New chat');
      await window.chat.getByText('Fix these settings').waitFor({ state: 'detached' });
    },
  },
  {
    name: 'notice',
    reach: async (window) => {
      await window.runCommand('Askance: Ask about selection');
      await window.chat.getByText('No text editor is active.').waitFor();
    },
  },
  {
    name: 'chips',
    reach: async (window) => {
      await window.openFile('intervals.ts');
      await window.selectLines(11, 13);
      await window.runCommand('Askance: Ask about selection');
      await window.chat
        .getByRole('button', { name: /intervals\.ts:11-13/ })
        .first()
        .waitFor();
      await window.question.fill('How is the size computed?\nAnd why?');
    },
  },
  {
    name: 'popup',
    reach: async (window) => {
      await window.question.fill('');
      await window.question.press('#');
      await window.chat.getByRole('listbox').waitFor();
    },
    leave: async (window) => {
      await window.question.press('Escape');
      await window.question.fill('');
    },
  },
  {
    name: 'sources',
    reach: async (window) => {
      const sources = explanation.kind === 'text' ? (explanation.sources ?? []) : [];
      const unused = { title: 'A page that is not cited', url: 'https://unused.example/', date: '2026-03-01' };
      await answered(window, 'How is the size computed?', { ...explanation, sources: [...sources, unused] } as Reply);
      await window.chat.getByText('not cited', { exact: true }).waitFor();
    },
  },
  {
    name: 'source-card',
    reach: async (window) => {
      await window.chat.getByRole('link', { name: /^Source 1/ }).hover();
      await window.chat.locator('.source-card').getByText('Reduce, explained').waitFor();
    },
    leave: async (window) => {
      await window.question.hover();
      await window.question.press('Escape');
    },
  },
  {
    name: 'waiting',
    reach: async (window) => {
      window.demo.enqueue({ kind: 'fault', fault: { kind: 'stall', afterDeltas: 0 } });
      await window.ask('What takes so long?');
      await lastAnswer(window)
        .getByText(/^Waiting for|^Generating/)
        .waitFor();
    },
    leave: stop,
  },
  {
    name: 'stopped',
    reach: async (window) => {
      window.demo.enqueue(endless);
      await window.ask('Count.');
      await lastAnswer(window)
        .getByText(/one two three/)
        .waitFor();
      await stop(window);
      await lastAnswer(window).getByText('Stopped.').waitFor();
    },
  },
  {
    name: 'streaming',
    reach: async (window) => {
      window.demo.enqueue(endless);
      await window.question.fill('Count again.');
      await window.question.press('Enter');
      await lastAnswer(window)
        .getByText(/one two three/)
        .waitFor();
      await window.question.fill('The next question');
    },
    leave: async (window) => {
      await stop(window);
      await window.question.fill('');
    },
  },
  {
    name: 'retrying',
    reach: async (window) => {
      window.demo.enqueue({ kind: 'fault', fault: { kind: 'status', status: 429, retryAfter: '50' } });
      await window.ask('Too much?');
      await lastAnswer(window)
        .getByText(/Trying again in \d+ s/)
        .waitFor();
    },
    leave: stop,
  },
  {
    name: 'error',
    reach: async (window) => {
      window.demo.enqueue({ kind: 'fault', fault: { kind: 'status', status: 400 } });
      await window.ask('Will this work?');
      await lastAnswer(window).getByRole('button', { name: 'Retry' }).waitFor();
      await lastAnswer(window).locator('summary').first().click();
    },
  },
  {
    name: 'cut-off',
    reach: async (window) => {
      await answered(window, 'Tell me everything.', fault('length'));
      await lastAnswer(window)
        .getByText(/reached the token limit/)
        .waitFor();
    },
  },
  {
    name: 'reasoning',
    reach: async (window) => {
      await answered(window, 'Think first.', fault('reasoningContent'));
      await lastAnswer(window)
        .getByText(/^Reasoning|^Thought/)
        .click();
      await lastAnswer(window).locator('details[open]').waitFor();
    },
  },
  {
    name: 'kinds-of-text',
    reach: async (window) => {
      await answered(window, 'Show me everything.', text(kinds));
      await lastAnswer(window).locator('math').nth(1).waitFor({ state: 'attached' });
      await lastAnswer(window).getByRole('heading', { name: 'One' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'formulas-and-notes',
    reach: async (window) => {
      await lastAnswer(window).getByRole('button', { name: 'Footnote 1', exact: true }).focus();
      await lastAnswer(window).locator('.formula.display math').waitFor();
      await lastAnswer(window).getByRole('note').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'right-to-left',
    reach: async (window) => {
      await answered(window, 'שלום?', text(rightToLeft));
      await lastAnswer(window).getByText('פריט ראשון').waitFor();
    },
  },
  {
    name: 'folded-code',
    reach: async (window) => {
      const code = lines(
        120,
        (line) => `const value${line} = compute(${line}, 'a text that makes this line a long one');`,
      );
      await answered(window, 'A long file, please.', text(`${fence}ts\n${code}\n${fence}\n\nThat is all.`));
      await lastAnswer(window).getByRole('button', { name: 'Show all 120 lines' }).waitFor();
    },
  },
  {
    name: 'wrapped-code',
    reach: async (window) => {
      await lastAnswer(window).getByRole('button', { name: 'Wrap lines' }).click();
      await lastAnswer(window).getByRole('button', { name: 'Wrap lines', pressed: true }).waitFor();
    },
  },
  {
    name: 'jump-to-latest',
    reach: async (window) => {
      await lastAnswer(window).getByRole('group', { name: 'Code, ts' }).hover();
      await window.page.mouse.wheel(0, -200);
      await window.chat.getByRole('button', { name: 'Jump to latest' }).waitFor();
    },
    leave: (window) => window.chat.getByRole('button', { name: 'Jump to latest' }).click(),
  },
  {
    name: 'deceptive-code',
    reach: async (window) => {
      const code = `if (access != "user\u202E \u2066// only admins\u2069 \u2066") {`;
      await answered(window, 'Trick me.', text(`${fence}js\n${code}\n${fence}`));
      await lastAnswer(window).getByRole('img', { name: 'Invisible characters' }).waitFor();
    },
  },
];
