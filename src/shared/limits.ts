import type { Translate } from './l10n.ts';

/**
 * How much of what servers and models send is taken: whatever comes, the work and the memory stay in proportion to what
 * a person can read. Lengths are in UTF-16 code units. Where a limit is reached, the user reads so.
 */

/** Text and reasoning of one answer; many times what a model writes, and little enough to be kept with each change. */
export const longestAnswer = 4 * 1024 * 1024;
export const answerIsCut = (t: Translate): string =>
  t('The answer was cut off at 4 MB, the maximum that Askance accepts.');

/** Bytes of one answer's body, decompressed: room for the longest answer in pieces of a character each. */
export const mostBodyBytes = 512 * 1024 * 1024;

/** Text whose rest can be asked for: no model reads more of its own answer. */
export const longestContinued = 1024 * 1024;

/** Sources of one answer; `[n]` has up to three digits. */
export const mostSources = 300;
export const sourcesAreCut = (t: Translate): string => t('Only the first {0} sources are shown.', mostSources);

/** A link; browsers and servers take no more. A longer one is shown as text, for its beginning leads elsewhere. */
export const longestUrl = 2048;

/** Title of a source; it is shown in one line, with an ellipsis in the place of the rest. */
export const longestTitle = 300;

/** What a source says of itself, a paragraph, likewise. */
export const longestSnippet = 2000;

/** Ids, dates and names of models, shown in one line, likewise. */
export const longestName = 200;

/** Models that a server lists; the picker shows the first. */
export const mostModels = 5000;

/** The server's last object among the details of an answer, with an ellipsis in the place of the rest. */
export const longestLastObject = 64 * 1024;

/** What a server says of an error, among its details, likewise. */
export const longestServerWords = 16 * 1024;

/** Levels of a JSON value; what is deeper is read as null, before it exhausts the stack of who walks through it. */
export const deepestJson = 100;

/** What the references of one answer (`[text][id]`) may add to it; then they are shown as their text alone. */
export const longestReferences = 1024 * 1024;

/**
 * Cells by which a table may have more than characters: missing ones are added, so that a kilobyte may make a million.
 * The rows after that follow as text.
 */
export const mostMissingCells = 2000;

/** The text in the place of which there is an ellipsis from `longest` on. */
export function shortened(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
