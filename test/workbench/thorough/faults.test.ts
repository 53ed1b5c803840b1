import assert from 'node:assert/strict';
import type { Fault } from '../../server/reply.ts';
import { useWindow } from '../useWindow.ts';

/** What an endpoint does, and what the user is told of it. */
interface Case {
  readonly fault: Fault;
  /** What stands under the question; absent: the whole answer, with no word of a failure. */
  readonly told?: RegExp;
  /** Characters of the answer that had come in whole events, which must stay. */
  readonly came?: number;
  /** How often the server is asked: more than once only where it cannot have worked. */
  readonly requests?: number;
}

const status = (code: number, told: RegExp, more: Partial<Case> & { retryAfter?: string } = {}): Case => {
  const { retryAfter, ...rest } = more;
  return { fault: { kind: 'status', status: code, ...(retryAfter !== undefined && { retryAfter }) }, told, ...rest };
};
/** The first words of the demo server's answer to the question, up to its first code. */
const words = 'The question came without code: 4 words,';
const lost = /connection was lost during the answer. What arrived is kept/;
const noCompletion = /response isn't a chat completion/;

const refusals: readonly Case[] = [
  { fault: { kind: 'status', status: 400, param: 'messages' }, told: /refused messages/ },
  status(401, /requires an API key/),
  status(402, /no credit left/),
  status(403, /requires an API key/),
  status(404, /Nothing was found at http:\/\/127\.0\.0\.1:\d+\/v1\/chat\/completions/),
  status(413, /too long for the model/),
  status(422, /rejected the request/),
  status(429, /Rate limit reached/, { retryAfter: '0', requests: 3 }),
  status(429, /Rate limit reached. Retry at/, { retryAfter: '90' }),
  status(500, /server failed/),
  status(502, /server failed/),
  status(503, /unavailable/, { retryAfter: '0', requests: 3 }),
  {
    fault: { kind: 'redirect', location: 'http://elsewhere.example/v1' },
    told: /redirected the request to another address[^]*http:\/\/elsewhere\.example/,
  },
  { fault: { kind: 'contextLength' }, told: /too long for the model/ },
];

const wrongBodies: readonly Case[] = [
  { fault: { kind: 'html' }, told: /sent a web page instead of an answer[^]*Sign in/ },
  { fault: { kind: 'emptyBody' }, told: noCompletion },
  { fault: { kind: 'wrongJson' }, told: noCompletion },
  { fault: { kind: 'errorIn200' }, told: /reported an error instead of an answer/ },
  { fault: { kind: 'toolCall' }, told: /called a tool instead of answering/ },
  { fault: { kind: 'contentFilter' }, told: /content filter/, came: words.length },
  { fault: { kind: 'emptyAnswer' }, told: /answer was empty/ },
  { fault: { kind: 'hugeLine', characters: 50_000_000 }, told: noCompletion },
];

const interruptions: readonly Case[] = [
  { fault: { kind: 'errorInStream', afterDeltas: 9 }, told: /reported an error instead of an answer/, came: 36 },
  { fault: { kind: 'halfEvent', afterDeltas: 9 }, told: lost, came: 36 },
  { fault: { kind: 'stall', afterDeltas: 9 }, told: /No data for 3 s/, came: 36 },
  ...[1, 50, 117].map((afterBytes): Case => ({ fault: { kind: 'reset', afterBytes }, told: /connection was lost/ })),
  ...(
    [
      [1000, 12],
      [1531, 20],
      [2048, 28],
      [3777, words.length],
      [5000, words.length],
    ] as const
  ).map(([afterBytes, came]): Case => ({ fault: { kind: 'reset', afterBytes }, told: lost, came })),
];

const oddities: readonly Case[] = (
  [
    'gzip',
    'closeWithoutLength',
    'noDone',
    'comments',
    'crlf',
    'bom',
    'messageBesideDelta',
    'think',
    'thinkEnd',
    'reasoning',
  ] as const
).map((kind) => ({ fault: { kind } }));

describe('an endpoint that fails', () => {
  const window = useWindow({
    demo: { pace: { deltasPerSecond: Infinity } },
    settings: { 'askance.network.stallTimeout': 3 },
  });
  let answers = 0;
  /** The next answer once it is over: its text, and whether it says that something went wrong. */
  const answered = async (): Promise<{ text: string; failed: boolean }> => {
    const answer = await window().answer(answers++);
    return { text: await answer.innerText(), failed: (await answer.locator('.problem').count()) > 0 };
  };

  before(async () => {
    await window().runCommand('Askance: Focus chat');
    await window().question.waitFor();
  });

  for (const { fault, told, came = 0, requests = 1 } of [...refusals, ...wrongBodies, ...interruptions, ...oddities]) {
    it(`${shown(fault)} is told, what came stays, and the next question works`, async () => {
      const { demo } = window();
      demo.reset();
      demo.enqueue(...Array.from({ length: requests }, () => ({ kind: 'fault', fault }) as const));
      await window().ask('Explain `first` and `second`.');
      const { text, failed } = await answered();
      assert.equal(failed, told !== undefined);
      assert.match(text, told ?? whole);
      assert.ok(text.includes(words.slice(0, came)), `${words.slice(0, came)} had come`);
      assert.equal(demo.requests.length, requests, 'the server is asked as often as it should be');
      demo.enqueue({ kind: 'text', text: 'The next answer.' });
      await window().ask('And now?');
      const next = await answered();
      assert.match(next.text, /The next answer\./);
      assert.equal(next.failed, false);
      assert.equal(demo.requests.length, requests + 1);
    });
  }

  it('endless is stopped by the user, and the connection with it', async () => {
    const { demo, chat } = window();
    demo.reset();
    demo.enqueue({ kind: 'fault', fault: { kind: 'endless' } });
    await window().ask('Explain `first`.');
    const request = await demo.nextRequest();
    await chat.getByRole('button', { name: 'Stop' }).click();
    assert.match((await answered()).text, /Stopped\./);
    assert.equal(await request.closed, 'early');
    assert.equal(demo.requests.length, 1);
    await window().screenshot('faults');
  });
});

/** The demo server's answer to that question. */
const whole = /The question came without code[^]*a name, types, comments\./;

function shown(fault: Fault): string {
  return Object.values(fault).join(' ');
}
