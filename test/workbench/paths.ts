import { join } from 'node:path';

/** Absolute path of the project. */
export const project = join(import.meta.dirname, '..', '..');

/** What the tests and `npm start` fetch and write; ignored by git, safe to delete. */
export const cache = join(project, '.vscode-test');

/** Test pictures and traces; ignored by git. */
export const output = join(project, 'test', 'output');

/** The sample workspace; windows show copies of it. */
export const sample = join(project, 'test', 'workspace');
