/** Where VS Code keeps for the workspace what is being written; looked at on every start, so it is a file of its own. */
export const unfinishedKey = 'unfinishedEdits';
