import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { useWindow } from '../useWindow.ts';
import { attacks } from './attacks.ts';
import { until } from './expect.ts';

const inert =
  'script, img, iframe, svg:not(.icon svg), link, style, form, input, textarea, object, embed, video, audio, source, ' +
  'track, picture, base, meta, template, annotation-xml, maction, [style*="fixed"], [style*="url"], [ping], [target], ' +
  '[onerror], [onload], [onclick], [onfocus], [onmouseover], [id], [name]';

describe('a hostile answer', () => {
  const window = useWindow();
  const lured: string[] = [];
  const requested: string[] = [];
  let trap: Server;
  let origin: string;

  before(async () => {
    trap = createServer((request, response) => {
      lured.push(request.url ?? '');
      response.end();
    });
    await once(trap.listen(0, '127.0.0.1'), 'listening');
    origin = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;
    await window().runCommand('Askance: Focus chat');
    await window().question.waitFor();
    // What the page itself needs later is loaded now.
    window().demo.enqueue({ kind: 'text', text: 'First $x$ and\n\n```js\nlet a;\n```' });
    await window().ask('Begin.');
    await (await window().answer(0)).locator('math').waitFor({ state: 'attached' });
    window().page.on('request', (request) => requested.push(request.url()));
  });
  after(() => void trap.close());

  it('runs nothing, loads nothing and leads nowhere but to the web, whatever it tries', async () => {
    const { page, demo, chat } = window();
    const kinds = Object.entries(attacks('TRAP'));
    const expected = [`${origin}/picture.png`, `${origin}/anchor`, 'https://web.example/'];
    for (const [index, [kind]] of kinds.entries()) {
      const texts = attacks(origin)[kind] ?? [];
      demo.enqueue({
        kind: 'text',
        text: [...texts, '[1] and [web](https://web.example/)', `The end of ${kind}.`].join('\n\n'),
        sources: [{ title: '<img src=x onerror=alert(1)>\u202E', url: 'javascript:alert(1)', date: null }],
        pace: { charactersPerDelta: 200, deltasPerSecond: Infinity },
      });
      await window().ask(`Attack by ${kind}.`);
      const answer = await window().answer(index + 1);
      await answer.getByText(`The end of ${kind}.`).waitFor();
      assert.deepEqual(
        await answer
          .locator('.answer-text')
          .locator(inert)
          .evaluateAll((all) => all.map((one) => one.outerHTML)),
        [],
        kind,
      );
      const links = await answer
        .locator('.answer-text a')
        .evaluateAll((all) => all.map((link) => link.getAttribute('href')));
      for (const link of links) {
        const isKnown = expected.includes(link ?? '') || link?.startsWith('https://evil.example/');
        assert.ok(isKnown, `${kind} makes a link to ${link}`);
      }
      assert.ok(links.includes('https://web.example/'), `${kind} leaves honest links alone`);
    }
    const state = await chat.locator('body').evaluate((body) => {
      const view = body.ownerDocument.defaultView;
      return [body.ownerDocument.title, view !== null && 'ran' in view];
    });
    assert.deepEqual(state, ['Askance chat', false]);
    const prose = await chat.locator('.answer-text p, .answer-text a, .sources').allInnerTexts();
    assert.doesNotMatch(prose.join('\n'), /[\u202A-\u202E\u2066-\u2069]/);
    assert.deepEqual(lured, []);
    assert.deepEqual(
      requested.filter((url) => !isOfVsCode(url)),
      [],
    );
    assert.equal(await page.getByRole('dialog').count(), 0);
    assert.equal(
      page.frames().some((frame) => frame.url().startsWith(origin)),
      false,
    );
    assert.deepEqual(window().complaints, []);
  });

  it('leaves the panel usable', async () => {
    window().demo.enqueue({ kind: 'text', text: 'All is well.' });
    await window().ask('Are you there?');
    await window().chat.getByText('All is well.').waitFor();
  });

  it('would meet the security policy of the page behind all that', async () => {
    const { chat, complaints } = window();
    await chat.locator('body').evaluate((body, url) => {
      body.insertAdjacentHTML('beforeend', `<img src="${url}/image.png">`);
    }, origin);
    await until('the browser complains of the picture', () => complaints.some((text) => text.includes('image.png')));
    complaints.length = 0;
    assert.deepEqual(lured, []);
  });

  /** The workbench goes on with its own work meanwhile. */
  function isOfVsCode(url: string): boolean {
    return new URL(url).origin === new URL(window().page.url()).origin && !/webview/.test(url);
  }
});
