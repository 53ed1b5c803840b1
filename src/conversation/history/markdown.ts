import { asArray, asObject, asString, parseJson } from '../../shared/json.ts';
import { attachmentText, type Attachment } from '../../prompt/context.ts';
import type { Translate } from '../../shared/l10n.ts';
import type { Conversation } from '../conversation.ts';
import { linkedText, sourceList, unlinkedText } from '../citationLinks.ts';
import { standaloneMarkdown, typedHeading, typedMarkdown } from './standaloneMarkdown.ts';
import { readRecord, type ReadRecord } from './record.ts';
import type { Turn } from '../turn.ts';

/** Separates the parts of an exported chat for importing; invisible when rendered. */
type Mark = 'conversation' | 'question' | 'context' | 'answer' | 'sources';

/** The path of a conversation as self-contained Markdown that can be imported again. */
export function conversationMarkdown(conversation: Conversation, t: Translate): string {
  const { turns: _turns, chosen: _chosen, removed: _removed, ...record } = conversation.record;
  const parts = [
    mark('conversation', record),
    `# ${typedHeading(conversation.title)}`,
    ...conversation.path.flatMap((turn) => turnParts(turn, t)),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Reads the output of `conversationMarkdown`, even after an editor or Git converted its line endings. */
export function readMarkdown(markdown: string): ReadRecord {
  const isConverted = /^<!-- askance conversation .*\r\n/m.test(markdown);
  const parts = splitParts(isConverted ? markdown.replaceAll('\r\n', '\n') : markdown);
  const turns: Record<string, unknown>[] = [];
  for (const { kind, fields, text } of parts) {
    const turn = turns.at(-1);
    if (kind === 'question') {
      const parent = turn?.['id'];
      const { text: exact = text, ...known } = fields;
      turns.push({ ...known, ...(parent !== undefined && { parent }), question: exact, attachments: [] });
    } else if (kind === 'context') {
      const attachments = asArray(turn?.['attachments']) ?? [];
      if (turn) turn['attachments'] = [...attachments, readContext(fields, text)];
    } else if (kind === 'answer' && turn) {
      const cited = (asArray(fields['citations']) ?? []).length > 0;
      turn['answer'] = { text: cited ? unlinkedText(text) : text, ...fields };
    }
  }
  const head = parts.find(({ kind }) => kind === 'conversation');
  return head ? readRecord({ ...head.fields, turns, chosen: {} }) : { kind: 'damaged' };
}

function turnParts({ id, asked, question, attachments, answer }: Turn, t: Translate): readonly string[] {
  const { text, reasoning: _reasoning, lastObject: _lastObject, unread: _unread, ...rest } = answer;
  const { citations } = answer;
  const typed = typedMarkdown(question);
  const shown = standaloneMarkdown(text);
  return [
    mark('question', { id, asked, ...exactly(question, typed) }),
    `## ${t('Question')}`,
    unmarked(typed),
    ...attachments.flatMap(contextParts),
    mark('answer', { ...rest, ...exactly(text, shown) }),
    `## ${t('Answer')}`,
    unmarked(citations.length > 0 ? linkedText(shown, citations) : shown),
    ...(citations.length > 0 ? [mark('sources', {}), sourceList(citations)] : []),
  ];
}

/** The original text if the displayed one differs, so that importing is lossless. */
function exactly(text: string, shown: string): { readonly text?: string } {
  return text === shown ? {} : { text };
}

function contextParts(attachment: Attachment): readonly string[] {
  const { text, ...rest } = attachment;
  return [mark('context', { ...rest, newline: text.endsWith('\n') }), unmarked(attachmentText(attachment))];
}

/** Reads the Markdown of `attachmentText`: a title line, then the text in a fence. */
function readContext(fields: Readonly<Record<string, unknown>>, markdown: string): unknown {
  const lines = markdown.split('\n');
  const start = lines.findIndex((line) => /^`{3,}/.test(line));
  const text = lines.slice(start + 1, -1).join('\n');
  return { ...fields, text: fields['newline'] === true ? `${text}\n` : text };
}

function mark(kind: Mark, fields: object): string {
  return `<!-- askance ${kind} ${JSON.stringify(fields).replaceAll('>', String.raw`\u003e`)} -->`;
}

const marks = /^<!-- askance (conversation|question|context|answer|sources) (\{.*\}) -->$/;

/** Escapes lines that look like a mark. */
function unmarked(text: string): string {
  return text.replaceAll(/^(\\*<!-- askance )/gm, String.raw`\$1`);
}

interface Part {
  readonly kind: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly text: string;
}

function splitParts(markdown: string): readonly Part[] {
  const parts: { kind: string; fields: Readonly<Record<string, unknown>>; lines: string[] }[] = [];
  for (const line of markdown.split('\n')) {
    const [, kind, json] = marks.exec(line) ?? [];
    if (kind !== undefined) parts.push({ kind, fields: asObject(parseJson(asString(json) ?? '')) ?? {}, lines: [] });
    else parts.at(-1)?.lines.push(line);
  }
  return parts.map(({ kind, fields, lines }) => {
    // Each part is surrounded by blank lines, and questions and answers begin with a heading.
    const [, ...rest] = lines.slice(0, -1);
    const body = kind === 'question' || kind === 'answer' ? rest.slice(2) : rest;
    return { kind, fields, text: body.join('\n').replaceAll(/^\\(\\*<!-- askance )/gm, '$1') };
  });
}
