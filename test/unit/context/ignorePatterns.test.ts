import assert from 'node:assert/strict';
import { IgnorePatterns } from '../../../src/context/ignorePatterns.ts';

const verdict = (pattern: string, path: string) => new IgnorePatterns([pattern]).test(path);

describe('patterns of .gitignore', () => {
  it('mean what they mean to git where they have few wildcards', () => {
    for (const [pattern, path, expected] of [
      ['*.log', 'a/x.log', 'ignored'],
      ['*.log', 'a/x.txt', 'nothing'],
      ['a*b*', 'xab', 'nothing'],
      ['a*b*', 'a1b2', 'ignored'],
      ['**/out/**', 'a/out/b.js', 'ignored'],
      ['**/**/**/out/', 'a/out/', 'ignored'],
      [String.raw`\*\*\*\*x`, '****x', 'ignored'],
      [String.raw`\*\*\*\*x`, 'aaaax', 'nothing'],
      ['[a*b*c*]x', 'bx', 'ignored'],
    ] as const) {
      assert.equal(verdict(pattern, path), expected, `${pattern} and ${path}`);
    }
  });

  it('cover as much and more where they have many', () => {
    for (const [pattern, path] of [
      ['a*b*c*d', 'a1b2c3d'],
      ['**/a/**/b/**/c/**/d', 'x/a/b/c/y/d'],
      ['x/**/a/**/b/**/y.ts', 'x/1/a/2/b/3/y.ts'],
    ] as const) {
      assert.equal(verdict(pattern, path), 'ignored', pattern);
    }
    assert.equal(verdict('a*b*c*d', 'a1b2c3e'), 'nothing');
    const back = new IgnorePatterns(['*.ts', '!a*b*c*d.ts', '!**/**/keep.ts']);
    assert.equal(back.test('a1b2c3d.ts'), 'ignored', 'what takes back is not widened');
    assert.equal(back.test('x/keep.ts'), 'unignored');
  });

  it('end, however they are made', () => {
    const deep = `${'a/'.repeat(400)}x`;
    const long = 'a'.repeat(1900);
    for (const part of ['**/a/', 'a/**/', '**/', '*/', '**/*a*/', '*a', '?*', '[a]*', '**a', String.raw`\**`, '*?*']) {
      const pattern = part.repeat(40);
      for (const path of [deep, long, `${'a'.repeat(250)}/`.repeat(7)]) {
        assert.ok(verdict(`${pattern}b`, path));
        assert.ok(verdict(`!${pattern}b`, path));
      }
    }
  });

  it('are not tried where they or the path are too long to tell', () => {
    assert.equal(IgnorePatterns.parse('a\n'.repeat(6000)).test('a'), 'unknown');
    assert.equal(IgnorePatterns.parse('#'.repeat(300_000)).test('a'), 'unknown');
    assert.equal(verdict('a', 'a/'.repeat(3000)), 'unknown');
    assert.equal(new IgnorePatterns(['b', 'a'.repeat(5000)]).test('b'), 'ignored');
  });
});
