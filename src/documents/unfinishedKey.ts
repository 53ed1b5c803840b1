/** The workspace state key of unfinished edits; checked on every start, so it is in a separate file. */
export const unfinishedKey = 'unfinishedEdits';
