import assert from 'node:assert/strict';
import { plain, visibleCode } from '../../../src/webview/bidi.ts';
import { sourceTitle, shownUrl } from '../../../src/webview/format.ts';

describe('a text of others in the page', () => {
  it('is shown in the order that is written, without what cannot be seen', () => {
    assert.equal(plain('a\u202Eb\u2066c\u200Bd\u{E0041}e\u3164f'), 'abcdef');
    assert.equal(plain('C++\u200E ב 👩‍💻 ❤️'), 'C++\u200E ב 👩‍💻 ❤️');
  });

  it('has a sign for each such character where it is code', () => {
    assert.equal(visibleCode('a\u3164\u{E0041}\u2800\u061C'), 'a\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD');
  });

  it('turns no date and no title of a source', () => {
    assert.equal(
      sourceTitle({ url: 'https://a.example', title: 'T\u202E', date: '2026\u202E-01' }),
      'T · a.example · 2026-01',
    );
  });

  it('names the host of a link in the letters that a name server gets', () => {
    assert.equal(shownUrl('https://аpple.com/x'), 'https://xn--pple-43d.com/x');
    assert.equal(shownUrl('no URL'), 'no URL');
  });
});
