import assert from 'node:assert/strict';
import { findWords, groupHistory } from '../../../../src/conversation/history/groups.ts';
import type { Summary } from '../../../../src/conversation/history/summary.ts';

const now = new Date(2026, 2, 30, 0, 30).getTime();

function summary(title: string, asked: Date, workspace = 'here', pinned = false): Summary {
  return {
    id: title,
    title,
    pinned,
    asked: asked.getTime(),
    questions: 1,
    workspace: { name: workspace, uri: workspace },
  };
}

describe('the history list', () => {
  it('has pinned chats, then this workspace by day, then other workspaces', () => {
    const groups = groupHistory(
      [
        summary('in the future', new Date(2026, 2, 31)),
        summary('just now', new Date(2026, 2, 30, 0, 10)),
        summary('before midnight', new Date(2026, 2, 29, 23, 50), 'there'),
        summary('on a day of 23 hours', new Date(2026, 2, 28, 12)),
        summary('kept', new Date(2025, 1, 1), 'there', true),
      ],
      'here',
      now,
    );
    assert.deepEqual(
      groups.map(({ place, daysAgo, summaries }) => [place, daysAgo, ...summaries.map(({ title }) => title)]),
      [
        ['pinned', undefined, 'kept'],
        ['here', 0, 'in the future', 'just now'],
        ['here', 2, 'on a day of 23 hours'],
        ['elsewhere', 1, 'before midnight'],
      ],
    );
  });

  it('finds all words of a search and shows an excerpt', () => {
    assert.equal(findWords('How are\nRanges  cut?', ['cut', 'ranges']), 'How are Ranges cut?');
    assert.equal(findWords('How are ranges cut?', ['cut', 'sets']), undefined);
    assert.equal(findWords('Un cafe\u0301, ＡＢＣ', ['cafe', 'abc']), 'Un cafe\u0301, ＡＢＣ');
    const far = findWords(`${'ﬁ '.repeat(200)}nadelöhr ${'y '.repeat(200)}`, ['nadelohr']) ?? '';
    assert.ok(far.includes('nadelöhr'));
    const part = findWords(`${'x '.repeat(200)}needle ${'y '.repeat(200)}`, ['needle']) ?? '';
    assert.match(part, /^….*needle.*…$/);
    assert.ok(part.length < 130);
  });
});
