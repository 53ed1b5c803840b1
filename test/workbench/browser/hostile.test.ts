import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { useWindow } from '../useWindow.ts';
import { until } from './expect.ts';

describe('a hostile answer', () => {
  const window = useWindow();
  const lured: string[] = [];
  let trap: Server;

  before(async () => {
    trap = createServer((request, response) => {
      lured.push(request.url ?? '');
      response.end();
    });
    await once(trap.listen(0, '127.0.0.1'), 'listening');
  });
  after(() => void trap.close());

  it('runs nothing, loads nothing and leads nowhere but to the web', async () => {
    const { page, demo, chat } = window();
    const origin = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;
    const run = "parent.postMessage('run','*');document.title='run'";
    demo.enqueue({
      kind: 'text',
      text: [
        `<img src=x onerror="${run}">`,
        `<script>${run}</script>`,
        `<script src="${origin}/script.js"></script>`,
        `<iframe src="${origin}/frame"></iframe>`,
        `<svg onload="${run}"><image href="${origin}/svg.png"/></svg>`,
        `<link rel="stylesheet" href="${origin}/style.css"><style>@import "${origin}/import.css";</style>`,
        `<p style="background:url(${origin}/background.png)">styled</p>`,
        `<form action="${origin}/form"><button>Send</button></form>`,
        `![picture](${origin}/picture.png)`,
        `[command](command:workbench.action.closeAllEditors) [script](javascript:alert(1)) [file](file:///etc/passwd)`,
        `[data](data:text/html,<script>${run}</script>) [web](https://web.example/)`,
        '[1]',
        'The end of the attack.',
      ].join('\n\n'),
      sources: [{ title: '<img src=x onerror=alert(1)>', url: 'javascript:alert(1)', date: null }],
    });
    await window().runCommand('Askance: Focus chat');
    await window().question.waitFor();
    await window().ask('Attack me.');
    const answer = await window().answer(0);
    await answer.getByText('The end of the attack.').waitFor();

    assert.equal(
      await answer.locator('script, img, iframe, svg image, link, style, form, [style], [onerror], [onload]').count(),
      0,
    );
    const links = await answer.getByRole('link').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    assert.deepEqual(links, [`${origin}/picture.png`, 'https://web.example/']);
    assert.notEqual(await chat.locator('body').evaluate((body) => body.ownerDocument.title), 'run');
    assert.deepEqual(lured, []);
    assert.equal(await page.getByRole('dialog').count(), 0);
    assert.deepEqual(window().complaints, []);
  });

  it('would meet the security policy of the page behind all that', async () => {
    const { chat, complaints } = window();
    const origin = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;
    await chat.locator('body').evaluate((body, url) => {
      body.insertAdjacentHTML('beforeend', `<img src="${url}/image.png">`);
    }, origin);
    await until('the browser complains of the picture', () => complaints.some((text) => text.includes('image.png')));
    complaints.length = 0;
    assert.deepEqual(lured, []);
  });
});
