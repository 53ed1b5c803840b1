import { fenceAround } from '../reply/fences.ts';
import type { ContextKind } from '../shared/protocol.ts';

/** An attachment of a question. Immutable: what the user saw is what is sent. */
export type Attachment = CodeAttachment | WholeAttachment;

interface Attached {
  readonly id: string;
  /** Where it can be opened; absent if it can't. */
  readonly uri?: string;
  /** Path in the workspace, prefixed by the folder's name in a multi-root workspace; otherwise a display name. */
  readonly path: string;
  /** What it is, in the user's language: `Selection`, `Function greet`, `Visible lines`, `File`. */
  readonly description: string;
  readonly languageId: string;
  readonly text: string;
}

/** Lines of a file. */
export interface CodeAttachment extends Attached {
  readonly kind: 'code';
  /** First and last line, 1-based. */
  readonly startLine: number;
  readonly endLine: number;
  /**
   * Whether code of the answer may replace it: true for a selection or a symbol, false for whatever happened to be
   * visible.
   */
  readonly replaceable: boolean;
}

/** An attachment without a line range. */
export interface WholeAttachment extends Attached {
  readonly kind: Exclude<ContextKind, 'code'>;
}

/** `src/greet.py:3-9`, or `src/greet.py:3` for one line; the path if it has no line range. */
export function attachmentLabel(attachment: Attachment): string {
  if (attachment.kind !== 'code') return attachment.path;
  const { path, startLine, endLine } = attachment;
  return startLine === endLine ? `${path}:${startLine}` : `${path}:${startLine}-${endLine}`;
}

/** How a prompt refers to attached code: by its heading there, so that its text need not be repeated. */
export function selectionName(code: readonly CodeAttachment[]): string {
  return code.map(heading).join(', and ');
}

/** The attachment as Markdown for the model: a heading, then the text in a fence that the text can't close. */
export function attachmentText(attachment: Attachment): string {
  const { languageId, text } = attachment;
  const fence = fenceAround(text);
  return `${heading(attachment)}:\n${fence}${languageId}\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}`;
}

function heading(attachment: Attachment): string {
  const name = `\`${attachment.path}\``;
  switch (attachment.kind) {
    case 'code': {
      const { startLine, endLine } = attachment;
      return startLine === endLine ? `${name}, line ${startLine}` : `${name}, lines ${startLine}-${endLine}`;
    }
    case 'file':
      return name;
    case 'folder':
      return `Files in ${name}`;
    case 'problems':
      return `Problems of ${name}`;
    case 'stagedChanges':
      return `Staged changes in ${name}`;
    case 'workingChanges':
      return `Changes in ${name} that are not staged`;
    case 'terminal':
      return 'From the terminal';
    case 'instructions':
      return `Instructions of this workspace, ${name}`;
    default:
      return attachment satisfies never;
  }
}
