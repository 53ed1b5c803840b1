/** Characters of scripts that are written from right to left. */
export const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;

/** Characters that change the order of others, or cannot be seen at all. */
export const hiddenCharacters = /[\u202A-\u202E\u2066-\u2069\u200B\u2060\uFEFF\u00AD]/;

const directionTricks = /[\u202A-\u202E\u2066-\u2069]/g;

/** A text of somebody else's as it is shown within ours: in the order, and so with the names, that are written. */
export function plain(text: string): string {
  return text.replace(directionTricks, '');
}
