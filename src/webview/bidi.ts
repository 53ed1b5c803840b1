/** Characters of scripts that are written from right to left. */
export const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;

/** Characters that change the order of others, or cannot be seen at all. */
const hiddenCharacters = /[\u202A-\u202E\u2066-\u2069\u200B\u2060\uFEFF\u00AD]/g;
const directionTricks = /[\u202A-\u202E\u2066-\u2069]/g;

/** A text of somebody else's as it is shown within ours: in the order, and so with the names, that are written. */
export function plain(text: string): string {
  return text.replace(directionTricks, '');
}

/** Code with a sign for each character that cannot be seen, as long as the code itself. */
export function visibleCode(line: string): string {
  return line.replace(hiddenCharacters, '\uFFFD');
}
