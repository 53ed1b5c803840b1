import assert from 'node:assert/strict';
import { testFileNames, testPlace } from '../../../src/prompt/testPlace.ts';

describe('testPlace', () => {
  for (const [what, source, others, path, example] of [
    ['without any test, beside the source in the usual name', 'src/url.ts', [], 'src/url.test.ts'],
    ['in Python', 'app/wrap.py', ['app/other.py'], 'app/test_wrap.py'],
    ['in Go', 'limiter.go', ['server.go'], 'limiter_test.go'],
    ['in Java', 'a/Schedule.java', [], 'a/ScheduleTest.java'],
    ['named like a neighbour', 'src/url.ts', ['src/noProxy.spec.ts'], 'src/url.spec.ts', 'src/noProxy.spec.ts'],
    [
      'in the tree of tests that stands beside the source',
      'src/api/url.ts',
      ['test/unit/chat/turn.test.ts', 'test/unit/api/retry.test.ts'],
      'test/unit/api/url.test.ts',
      'test/unit/api/retry.test.ts',
    ],
    [
      'in a folder of tests below the source',
      'src/view/app.tsx',
      ['src/__tests__/a.test.tsx', 'src/view/__tests__/b.test.tsx'],
      'src/view/__tests__/app.test.tsx',
      'src/view/__tests__/b.test.tsx',
    ],
    ['in the one folder of tests', 'wrap/fill.py', ['tests/test_a.py'], 'tests/test_fill.py', 'tests/test_a.py'],
    [
      'beside the source, where the only tests belong to something else',
      'web/a.ts',
      ['server/api/b.test.ts'],
      'web/a.test.ts',
      'server/api/b.test.ts',
    ],
    ['under another name where there are tests already', 'a.ts', ['a.test.ts'], 'a2.test.ts', 'a.test.ts'],
    ['like tests of the same language alone', 'a.py', ['a.test.ts', 'b_test.go'], 'test_a.py'],
  ] as const) {
    it(what, () => {
      const expected = example === undefined ? { path } : { path, example };
      assert.deepEqual(testPlace(source, others), expected);
    });
  }

  it('finds examples in the dialects of the language', () => {
    const names = testFileNames('src/a.ts');
    assert.ok(names.includes('*.test.tsx') && names.includes('*.spec.js'));
    assert.ok(testFileNames('a.py').includes('test_*.py'));
  });
});
