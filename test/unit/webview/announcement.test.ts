import assert from 'node:assert/strict';
import { noAnswer } from '../../../src/conversation/answer.ts';
import type { AnswerStatus } from '../../../src/shared/protocol.ts';
import { announcement } from '../../../src/webview/announcement.ts';
import { reduce, type State } from '../../../src/webview/state.ts';

function stateWith(status: AnswerStatus): State {
  const answer = { ...noAnswer, status };
  const turn = { id: 't', question: 'Why?', attachments: [], answer, alternatives: ['t'] };
  const state = reduce(undefined, {
    type: 'snapshot',
    page: 'view',
    conversation: 'c',
    turns: [turn],
    draft: { text: '', attachments: [] },
    readiness: { kind: 'noConnection' },
    parameters: {},
    fontSize: 0,
    strings: {},
  });
  assert.ok(state);
  return state;
}

describe('a screen reader', () => {
  const waiting = stateWith({ kind: 'waiting' });
  const after = (status: AnswerStatus): State | undefined => {
    const { text: _text, reasoning: _reasoning, ...answer } = noAnswer;
    return reduce(waiting, { type: 'answerUpdated', turnId: 't', answer: { ...answer, status } });
  };
  const told = (next: State | undefined): string | undefined => next && announcement(waiting, next);

  for (const [status, words] of [
    [{ kind: 'streaming' }, undefined],
    [{ kind: 'done', finishReason: 'stop' }, 'The answer is complete.'],
    [{ kind: 'done', finishReason: 'length' }, 'The answer was cut off.'],
    [{ kind: 'stopped' }, 'Stopped.'],
    [{ kind: 'failed', error: { message: 'The server is gone.', actions: [] } }, 'The server is gone.'],
  ] as const) {
    it(`is told of an answer that is ${status.kind}: ${words}`, () => assert.equal(told(after(status)), words));
  }

  it('is told nothing of what was there already', () => {
    assert.equal(announcement(undefined, stateWith({ kind: 'done', finishReason: 'stop' })), undefined);
  });
});
