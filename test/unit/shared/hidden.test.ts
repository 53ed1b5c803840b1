import assert from 'node:assert/strict';
import { hasHidden, hiddenIn, withHiddenShown, withoutHidden } from '../../../src/shared/hidden.ts';

/** Code points that show nothing, or turn the direction of others. */
const tricks = [
  0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x202a,
  0x202e, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0x2066, 0x2069, 0x206a, 0x2800, 0x3164, 0xfe00, 0xfe0e, 0xfe0f,
  0xfeff, 0xffa0, 0x1bca0, 0x1d173, 0xe0001, 0xe0020, 0xe0041, 0xe007f, 0xe0100, 0xe01ef,
];

describe('characters that cannot be seen', () => {
  it('are found in a Latin word, each of them', () => {
    const missed = tricks.filter((point) => !hasHidden(`na${String.fromCodePoint(point)}me`));
    assert.deepEqual(
      missed.map((point) => point.toString(16)),
      [],
    );
  });

  it('belong to emoji where they form them', () => {
    for (const emoji of [
      '❤️',
      '1️⃣',
      '#️⃣',
      '👩‍💻',
      '👩🏽‍🚀',
      '🏳️‍🌈',
      '👨‍👩‍👧',
      '🤷‍♂️',
      '☎︎',
      '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}',
    ])
      assert.equal(withoutHidden(`a ${emoji} b`), `a ${emoji} b`, emoji);
  });

  it('do not hide behind an emoji', () => {
    const payload = Array.from('run', (letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('');
    assert.equal(withoutHidden(`😀${payload}`), '😀');
    assert.equal(withoutHidden(`\u{1F3F4}${payload}\u{E007F}`), '\u{1F3F4}');
    assert.equal(withoutHidden('😀\u{E0101}\u{E0102}'), '😀');
    assert.equal(withoutHidden('❤\uFE0F\uFE0F\uFE0E'), '❤\uFE0F');
    assert.equal(withoutHidden('1\uFE0F + 2'), '1 + 2');
    assert.equal(withoutHidden('😀\u200Dname'), '😀name');
  });

  it('belong to scripts that join their letters, one after a letter', () => {
    for (const word of ['می‌خواهم', 'क्‍ष', 'ശ്രീ‌മാൻ', 'ᠠ᠋']) assert.equal(withoutHidden(word), word);
    assert.equal(withoutHidden('می‌‌‍خ'), 'می‌خ');
  });

  it('are shown by a sign as long as they are', () => {
    const text = `a\u200Bb\u{E0041}c`;
    assert.equal(withHiddenShown(text), 'a\uFFFDb\uFFFD\uFFFDc');
    assert.deepEqual(hiddenIn(text), ['\u200B', '\u{E0041}']);
  });
});
