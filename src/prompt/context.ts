/** A piece of a file that travels with a question. Immutable: what the user saw attached is what is sent. */
export interface Attachment {
  readonly id: string;
  /** Path in the workspace, with the folder's name first when there are several folders. */
  readonly path: string;
  /** What was taken, in the user's language: `Selection`, `Function greet`, `Visible lines`. */
  readonly description: string;
  readonly languageId: string;
  /** First and last line, from 1. */
  readonly startLine: number;
  readonly endLine: number;
  readonly text: string;
  /** Whether code of the answer may replace it: a selection or a symbol, not whatever happened to be visible. */
  readonly replaceable: boolean;
}

/** `src/greet.py:3-9`, or `src/greet.py:3` for one line. */
export function attachmentLabel({ path, startLine, endLine }: Attachment): string {
  return startLine === endLine ? `${path}:${startLine}` : `${path}:${startLine}-${endLine}`;
}

/** The attachment as Markdown for the model: where it is from, then the code in a fence that it cannot close. */
export function attachmentText(attachment: Attachment): string {
  const { languageId, startLine, endLine, text, path } = attachment;
  const lines = startLine === endLine ? `line ${startLine}` : `lines ${startLine}-${endLine}`;
  const fence = fenceAround(text);
  return `\`${path}\`, ${lines}:\n${fence}${languageId}\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}`;
}

/** A backtick fence longer than every run of backticks in the text (CommonMark 4.5). */
function fenceAround(text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`{3,}/g), ([run]) => run.length));
  return '`'.repeat(longest + 1);
}
