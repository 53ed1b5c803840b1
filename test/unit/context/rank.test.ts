import assert from 'node:assert/strict';
import { isMeant, rankByPath } from '../../../src/context/rank.ts';

const files = [
  'README.md',
  'src/reader.ts',
  'src/prompt/reply.ts',
  'test/unit/reply.test.ts',
  'src/replaceSelection.ts',
  'docs/reply/index.md',
].map((path) => ({ path }));

function found(query: string, limit = 10): string[] {
  return rankByPath(query, files, limit).map(({ path }) => path);
}

describe('files found by what is typed', () => {
  it('are all of them, in their order, before anything is typed', () => {
    assert.deepEqual(found('', 2), ['README.md', 'src/reader.ts']);
  });

  it('come by name first, then by folder, then by letters in their order', () => {
    assert.deepEqual(found('reply'), ['src/prompt/reply.ts', 'test/unit/reply.test.ts', 'docs/reply/index.md']);
    assert.deepEqual(found('reply.ts')[0], 'src/prompt/reply.ts');
    assert.deepEqual(found('rdr'), ['src/reader.ts']);
    assert.deepEqual(found('zzz'), []);
  });

  it('may be named with their folders, whatever the case and the slash', () => {
    assert.deepEqual(found('PROMPT\\Rep'), ['src/prompt/reply.ts']);
    assert.deepEqual(found('src/re'), ['src/reader.ts', 'src/replaceSelection.ts', 'src/prompt/reply.ts']);
  });

  it('are found however their names are composed, and without accents', () => {
    const names = ['e\u0301te\u0301.md', 'src/Übersicht.ts', '日本語メモ.md', 'İSTANBUL.txt', 'straße.md'].map(
      (path) => ({ path }),
    );
    const first = (query: string): string | undefined => rankByPath(query, names, 1)[0]?.path;
    assert.equal(first('été'), 'e\u0301te\u0301.md');
    assert.equal(first('ubersicht'), 'src/Übersicht.ts');
    assert.equal(first('u\u0308bersicht'), 'src/Übersicht.ts');
    assert.equal(first('メモ'), '日本語メモ.md');
    assert.equal(first('istanbul'), 'İSTANBUL.txt');
    assert.equal(first('STRASSE'), 'straße.md');
  });
});

describe('a file that Enter takes', () => {
  const meant: readonly (readonly [query: string, path: string])[] = [
    ['reply', 'src/prompt/reply.ts'],
    ['eply.t', 'src/prompt/reply.ts'],
    ['crr', 'src/chatReplyReader.ts'],
    ['prompt/rep', 'src/prompt/reply.ts'],
    ['12', 'notes/12-errors.md'],
    ['my no', 'my notes.md'],
    ['été', 'docs/e\u0301te\u0301.md'],
    ['モジュール', 'src/新モジュール.ts'],
  ];
  for (const [query, path] of meant) it(`is ${path} for ${query}`, () => assert.ok(isMeant(query, path)));

  const other: readonly (readonly [query: string, path: string])[] = [
    ['12', 'src/v1/module2.ts'],
    ['12', 'src/module12.ts'],
    ['1', 'src/v1/module2.ts'],
    ['fff', 'src/buffff.ts'],
    ['00ff00', 'src/a00ff00.ts'],
    ['rdr', 'src/reader.ts'],
    ['prompt', 'src/prompt/reply.ts'],
  ];
  for (const [query, path] of other) it(`is not ${path} for ${query}`, () => assert.ok(!isMeant(query, path)));
});
