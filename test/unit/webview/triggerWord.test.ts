import assert from 'node:assert/strict';
import { pastedPaths } from '../../../src/webview/pastedPaths.ts';
import { triggerWord } from '../../../src/webview/triggerWord.ts';

/** The word at the `|`, as `trigger query start`. */
function at(marked: string, open?: number): string {
  const caret = marked.indexOf('|');
  const word = triggerWord(marked.replace('|', ''), caret, open);
  return word ? `${word.trigger} ${word.query} ${word.start}` : '';
}

describe('a word that opens the popup', () => {
  it('begins with # wherever a word begins', () => {
    assert.equal(at('#|'), '#  0');
    assert.equal(at('see #src/in|dex'), '# src/in 4');
    assert.equal(at('one\n#a|'), '# a 4');
  });

  it('begins with / at the start of the input alone', () => {
    assert.equal(at('/|'), '/  0');
    assert.equal(at('/fix-it|'), '/ fix-it 0');
    assert.equal(at('do /fix|'), '');
    assert.equal(at('\n/fix|'), '');
    assert.equal(at('/usr/lib|'), '');
  });

  it('is none inside a word, after its end, or where a heading begins', () => {
    assert.equal(at('C#|'), '');
    assert.equal(at('#one two|'), '');
    assert.equal(at('# Title|'), '');
    assert.equal(at('|#one'), '');
  });

  it('begins with # after Chinese, Japanese and Korean text and after opening punctuation', () => {
    assert.equal(at('请解释#modu|'), '# modu 3');
    assert.equal(at('解释一下：#modu|'), '# modu 5');
    assert.equal(at('この#ファイル|'), '# ファイル 2');
    assert.equal(at('이파일#모듈|'), '# 모듈 3');
    assert.equal(at('𠮷#modu|'), '# modu 2');
    assert.equal(at('see (#mod|'), '# mod 5');
    assert.equal(at('"#mod|'), '# mod 1');
    assert.equal(at('a#b|'), '');
    assert.equal(at('é#b|'), '');
    assert.equal(at('https://x.example/#y|'), '');
    assert.equal(at('&#39|'), '');
  });

  it('goes on over a blank while its popup has matches', () => {
    assert.equal(at('see #my no|', 4), '# my no 4');
    assert.equal(at('see #my no|'), '');
    assert.equal(at('see #my  no|', 4), '');
    assert.equal(at('see #my\nno|', 4), '');
    assert.equal(at('#one two three four five|', 0), '');
    assert.equal(at('see # no|', 4), '');
  });

  it('is found near the caret alone', () => {
    assert.equal(at(`${'x'.repeat(1_000_000)} #end|`), '# end 1000001');
    assert.equal(at(`#${'x'.repeat(300)}|`), '');
  });
});

describe('pasted paths', () => {
  it('are recognized where there is nothing else', () => {
    for (const path of [
      '/home/ada/intervals.ts',
      'C:\\code\\main.rs',
      '"C:\\my code\\main.rs"',
      '\\\\host\\share\\a.txt',
      'C:/code/main.rs',
      'file:///home/ada/a%20b.ts',
      'file:///c:/code/main.rs',
      'file:///C%3A/code/main.rs',
      'file://host/share/a.txt',
      'vscode-remote://127.0.0.1:8000/c:/code/main.rs',
      'vscode-remote://ssh/home/ada/a.ts',
      'src/webview/main.tsx',
      './a.ts',
    ]) {
      assert.deepEqual(pastedPaths(path), [path], path);
    }
    assert.deepEqual(pastedPaths('/a/b.ts\r\n/c/d.ts\r\n'), ['/a/b.ts', '/c/d.ts']);
  });

  it('are not seen in text, code and links', () => {
    for (const text of [
      '',
      'hello',
      'either/or is the question: which?',
      'see src/a.ts',
      'https://example.com/a.ts',
      '// a comment: with words',
      'const a = b / c;\nreturn a;',
      '<a/>',
      'x'.repeat(300_000),
    ]) {
      assert.deepEqual(pastedPaths(text), [], text.slice(0, 40));
    }
  });
});
