/**
 * Invisible characters and those that reorder others: default ignorable code points, bidirectional controls, and the
 * Braille blank. They make text look different from what it is and can carry content that nobody sees.
 */
const hidden = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2800]/gu;

/** Scripts in which a joiner or non-joiner changes how letters look. */
const joining =
  /[\p{scx=Arab}\p{scx=Syrc}\p{scx=Mand}\p{scx=Nkoo}\p{scx=Mong}\p{scx=Adlm}\p{scx=Rohg}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}\p{scx=Java}\p{scx=Bali}]$/u;

/** The flags of England, Scotland and Wales, the only emoji with tag characters. */
const taggedFlags = ['gbeng', 'gbsct', 'gbwls'].map(
  (region) =>
    `\u{1F3F4}${Array.from(region, (letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('')}\u{E007F}`,
);

/** Whether a text has hidden characters, except those that emoji and joining scripts need. */
export function hasHidden(text: string): boolean {
  return hiddenIn(text).length > 0;
}

/** The hidden characters of the text, in order. */
export function hiddenIn(text: string): readonly string[] {
  const found: string[] = [];
  replaceHidden(text, (char) => {
    found.push(char);
    return char;
  });
  return found;
}

/** Replaces each hidden character. */
export function replaceHidden(text: string, replace: (char: string) => string): string {
  return text.replace(hidden, (char, offset: number) => (isWriting(char, offset, text) ? char : replace(char)));
}

/** Removes the hidden characters. */
export function withoutHidden(text: string): string {
  return replaceHidden(text, () => '');
}

/** Replaces each hidden character by a visible sign of the same length in UTF-16 code units. */
export function withHiddenShown(text: string): string {
  return replaceHidden(text, ({ length }) => '\uFFFD'.repeat(length));
}

/** Whether the character is legitimate here: in an emoji, or between letters of a joining script. */
function isWriting(char: string, offset: number, text: string): boolean {
  const before = text.slice(Math.max(0, offset - 2), offset);
  switch (char) {
    case '\uFE0E':
    case '\uFE0F':
      return /\p{Extended_Pictographic}$/u.test(before) || (/[0-9#*]$/.test(before) && text[offset + 1] === '\u20E3');
    case '\u200C':
      return joining.test(before);
    case '\u200D':
      return (
        joining.test(before) ||
        (/[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F]$/u.test(before) &&
          /^\p{Extended_Pictographic}/u.test(text.slice(offset + 1, offset + 3)))
      );
    case '\u180B':
    case '\u180C':
    case '\u180D':
    case '\u180F':
      return /\p{scx=Mong}$/u.test(before);
    default:
      return char >= '\u{E0000}' && isInTaggedFlag(offset, text);
  }
}

function isInTaggedFlag(offset: number, text: string): boolean {
  return taggedFlags.some((flag) => {
    const from = Math.max(0, offset - flag.length);
    const start = text.slice(from, offset + flag.length).indexOf(flag) + from;
    return start >= from && start < offset && offset < start + flag.length;
  });
}
