import type { Translate } from '../shared/l10n.ts';
import { fenceAround } from './fences.ts';
import type { Finding, Question } from './finding.ts';
import { describeUnsure, type UnsureReason } from './unsure.ts';

/** How a reply was read, as far as the user sees it. */
export interface ReadEdit {
  readonly languageId: string;
  /** What the code was to take the place of. */
  readonly selections: readonly string[];
  readonly reply: string;
  /** Absent: the code was written. */
  readonly reason: UnsureReason | undefined;
  readonly findings: readonly Finding[];
}

/** The decision about a reply with its evidence, as Markdown that can be copied into a report. */
export function explainEdit({ languageId, selections, reply, reason, findings }: ReadEdit, t: Translate): string {
  const decision = reason === undefined ? t('The code of the reply was written.') : describeUnsure(reason, t);
  const evidence = findings.map(({ question, against }) =>
    against === undefined
      ? `- ✓ ${claims[question](t)}`
      : `- ✗ ${claims[question](t)} ${t('Not so: {0}', code(against))}`,
  );
  return [
    `# ${t('Last edit')}`,
    decision,
    ...(evidence.length === 0 ? [] : [evidence.join('\n')]),
    ...selections.flatMap((selection) => [`## ${t('Selection')}`, block(selection, languageId)]),
    `## ${t('Reply')}`,
    block(reply, ''),
    '',
  ].join('\n\n');
}

const claims: Readonly<Record<Question, (t: Translate) => string>> = {
  joins: (t) => t('What follows the selection is read as before.'),
  balanced: (t) => t('Brackets and tags close as before.'),
  code: (t) => t('No line is said to a reader.'),
  native: (t) => t('No line is strange to the language of the file.'),
  unpacked: (t) => t('The names of the selection come back as code, not in strings.'),
  single: (t) => t('There is one version of the code.'),
  complete: (t) => t('No comment takes the place of code.'),
  own: (t) => t('All lines belong to the selection.'),
  whole: (t) => t('It is the whole of what the selection becomes.'),
  related: (t) => t('It has something to do with the selection.'),
};

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

function block(text: string, language: string): string {
  const fence = fenceAround(text);
  return `${fence}${language}\n${text}\n${fence}`;
}
