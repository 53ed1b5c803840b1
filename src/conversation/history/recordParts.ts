import { asArray, asNumber, asObject, asString, asText } from '../../shared/json.ts';
import type { Attachment } from '../../prompt/context.ts';
import type { Citation, CompletionMetadata, FinishReason, Usage } from '../../shared/answer.ts';
import { wireIds } from '../../shared/wireId.ts';
import type { AnswerStatus, AnswerView, ContextKind, ErrorReport, Timing } from '../../shared/protocol.ts';

/** Parses an attachment of a conversation's file. */
export function readAttachment(value: unknown): Attachment | undefined {
  const fields = asObject(value) ?? {};
  const id = asText(fields['id']);
  const kind = asText(fields['kind']);
  const text = asString(fields['text']);
  const path = asString(fields['path']);
  const uri = asText(fields['uri']);
  if (id === undefined || kind === undefined || !isContextKind(kind) || text === undefined || path === undefined) {
    return undefined;
  }
  const common = {
    id,
    ...(uri !== undefined && { uri }),
    path,
    description: asString(fields['description']) ?? '',
    languageId: asString(fields['languageId']) ?? '',
    text,
  };
  if (kind !== 'code') return { ...common, kind };
  const startLine = asNumber(fields['startLine']);
  const endLine = asNumber(fields['endLine']);
  if (startLine === undefined || endLine === undefined) return undefined;
  return { ...common, kind, startLine, endLine, replaceable: fields['replaceable'] === true };
}

/** Parses an answer of a conversation's file. An unfinished answer becomes an interrupted one. */
export function readAnswer(value: unknown): AnswerView | undefined {
  const fields = asObject(value);
  const text = asString(fields?.['text']);
  if (!fields || text === undefined) return undefined;
  const usage = asObject(fields['usage']);
  const timing = asObject(fields['timing']);
  const parameters = asObject(fields['parameters']);
  const lastObject = asText(fields['lastObject']);
  const wire = wireIds.find((id) => id === fields['wire']);
  const unread = asArray(fields['unread'])?.filter((each) => typeof each === 'string');
  return {
    status: readStatus(asObject(fields['status']) ?? {}),
    text,
    reasoning: asString(fields['reasoning']) ?? '',
    // In an answer without a wire, marks count the positions of its sources.
    citations: (asArray(fields['citations']) ?? []).map((each, place) =>
      readCitation(each, wire === undefined ? String(place + 1) : undefined),
    ),
    ...(usage && { usage: readUsage(usage) }),
    metadata: readMetadata(asObject(fields['metadata']) ?? {}),
    connection: asString(fields['connection']) ?? '',
    model: asString(fields['model']) ?? '',
    ...(wire && { wire }),
    ...(parameters && { parameters }),
    ...(timing && { timing: numbers<Timing>(timing, ['asked', 'firstReasoning', 'firstText', 'ended']) }),
    ...(lastObject !== undefined && { lastObject }),
    ...(unread && unread.length > 0 && { unread }),
  };
}

function readStatus(fields: Readonly<Record<string, unknown>>): AnswerStatus {
  switch (fields['kind']) {
    case 'done': {
      const reason = asText(fields['finishReason']) ?? '';
      return { kind: 'done', finishReason: isFinishReason(reason) ? reason : 'unspecified' };
    }
    case 'failed':
      return { kind: 'failed', error: readError(asObject(fields['error']) ?? {}) };
    case 'stopped':
      return fields['interrupted'] === true ? { kind: 'stopped', interrupted: true } : { kind: 'stopped' };
    default:
      return { kind: 'stopped', interrupted: true };
  }
}

/** Keeps Retry alone: other actions need state that isn't stored. */
function readError(fields: Readonly<Record<string, unknown>>): ErrorReport {
  const said = asText(fields['said']);
  const detail = asText(fields['detail']);
  const retry = (asArray(fields['actions']) ?? []).map(asObject).find((action) => action?.['id'] === 'retry');
  const label = asText(retry?.['label']);
  return {
    message: asString(fields['message']) ?? '',
    ...(said !== undefined && { said }),
    ...(detail !== undefined && { detail }),
    actions: label === undefined ? [] : [{ id: 'retry', label }],
  };
}

function readUsage(fields: Readonly<Record<string, unknown>>): Usage {
  const cost = asObject(fields['cost']);
  const amount = asNumber(cost?.['amount']);
  const currency = asText(cost?.['currency']);
  const counts = numbers<Omit<Usage, 'cost'>>(fields, [
    'promptTokens',
    'completionTokens',
    'totalTokens',
    'cachedTokens',
    'reasoningTokens',
  ]);
  return { ...counts, ...(amount !== undefined && currency !== undefined && { cost: { amount, currency } }) };
}

/** @param mark Used if the citation has none of its own. */
function readCitation(value: unknown, mark: string | undefined): Citation {
  const fields = asObject(value);
  const title = asText(fields?.['title']);
  const date = asText(fields?.['date']);
  const snippet = asText(fields?.['snippet']);
  const own = asText(fields?.['mark']) ?? mark;
  return {
    url: asString(fields?.['url']) ?? '',
    ...(own !== undefined && { mark: own }),
    ...(title !== undefined && { title }),
    ...(date !== undefined && { date }),
    ...(snippet !== undefined && { snippet }),
  };
}

function readMetadata(fields: Readonly<Record<string, unknown>>): CompletionMetadata {
  const id = asText(fields['id']);
  const model = asText(fields['model']);
  const object = asText(fields['object']);
  const { stored } = fields;
  const role = asText(fields['role']);
  return {
    ...(id !== undefined && { id }),
    ...(model !== undefined && { model }),
    ...(object !== undefined && { object }),
    ...(role !== undefined && { role }),
    ...(typeof stored === 'boolean' && { stored }),
    ...numbers<Pick<CompletionMetadata, 'created' | 'index'>>(fields, ['created', 'index']),
  };
}

/** Keeps the fields that are numbers. */
function numbers<Numbers extends Partial<Record<keyof Numbers, number>>>(
  fields: Readonly<Record<string, unknown>>,
  names: readonly (keyof Numbers & string)[],
): Partial<Record<keyof Numbers, number>> {
  const found: Partial<Record<keyof Numbers, number>> = {};
  for (const name of names) {
    const value = asNumber(fields[name]);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

const contextKinds: Readonly<Record<ContextKind, true>> = {
  code: true,
  file: true,
  folder: true,
  problems: true,
  stagedChanges: true,
  workingChanges: true,
  terminal: true,
  instructions: true,
};

function isContextKind(kind: string): kind is ContextKind {
  return Object.hasOwn(contextKinds, kind);
}

const finishReasons: Readonly<Record<FinishReason, true>> = {
  stop: true,
  length: true,
  content_filter: true,
  tool_calls: true,
  other: true,
  unspecified: true,
  tooLong: true,
};

function isFinishReason(reason: string): reason is FinishReason {
  return Object.hasOwn(finishReasons, reason);
}
