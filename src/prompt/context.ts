import { fenceAround } from '../reply/fences.ts';
import type { ContextKind } from '../shared/protocol.ts';

/** What travels with a question. Immutable: what the user saw attached is what is sent. */
export type Attachment = CodeAttachment | WholeAttachment;

interface Attached {
  readonly id: string;
  /** Where it can be opened; absent: at no such place. */
  readonly uri?: string;
  /** Path in the workspace, with the folder's name first when there are several folders; else what it is called. */
  readonly path: string;
  /** What was taken, in the user's language: `Selection`, `Function greet`, `Visible lines`, `File`. */
  readonly description: string;
  readonly languageId: string;
  readonly text: string;
}

/** Some lines of a file. */
export interface CodeAttachment extends Attached {
  readonly kind: 'code';
  /** First and last line, from 1. */
  readonly startLine: number;
  readonly endLine: number;
  /** Whether code of the answer may replace it: a selection or a symbol, not whatever happened to be visible. */
  readonly replaceable: boolean;
}

/** Something that is attached as a whole. */
export interface WholeAttachment extends Attached {
  readonly kind: Exclude<ContextKind, 'code'>;
}

/** `src/greet.py:3-9`, or `src/greet.py:3` for one line; the path of what is attached as a whole. */
export function attachmentLabel(attachment: Attachment): string {
  if (attachment.kind !== 'code') return attachment.path;
  const { path, startLine, endLine } = attachment;
  return startLine === endLine ? `${path}:${startLine}` : `${path}:${startLine}-${endLine}`;
}

/** What a prompt calls code that goes along with it: as it is headed there, so that its text need not be sent again. */
export function selectionName(code: readonly CodeAttachment[]): string {
  return code.map(heading).join(', and ');
}

/** The attachment as Markdown for the model: what it is, then the text in a fence that it cannot close. */
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
