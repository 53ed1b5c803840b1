import type {
  CodeAction,
  CompletionTrigger,
  ErrorActionId,
  ToHost,
  TooLongChoice,
  TurnAction,
} from '../shared/protocol.ts';

import { isParameterName } from '../shared/parameters.ts';

type FieldCheck = (value: unknown) => boolean;

/** The field checks of each message; a missing field doesn't compile. */
type Checks = {
  readonly [Type in ToHost['type']]: {
    readonly [Field in Exclude<keyof Extract<ToHost, { type: Type }>, 'type'>]: FieldCheck;
  };
};

const text: FieldCheck = (value) => typeof value === 'string';
const isTexts: FieldCheck = (value) => Array.isArray(value) && value.every(text);
const isName: FieldCheck = (value) => typeof value === 'string' && isParameterName(value);
const isCount: FieldCheck = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const codeActions: Readonly<Record<CodeAction, true>> = {
  copy: true,
  insert: true,
  replace: true,
  compare: true,
  newFile: true,
  runInTerminal: true,
};
const triggers: Readonly<Record<CompletionTrigger, true>> = { '#': true, '/': true };
const tooLongChoices: Readonly<Record<TooLongChoice, true>> = { leaveOut: true, sendAll: true };
const turnActions: Readonly<Record<TurnAction, true>> = {
  regenerate: true,
  continue: true,
  raiseLimit: true,
  choose: true,
  delete: true,
};
const errorActions: Readonly<Record<ErrorActionId, true>> = {
  retry: true,
  retryAdapted: true,
  waitAndRetry: true,
  setApiKey: true,
  setSecret: true,
  raiseLimit: true,
  openSettings: true,
  selectConnection: true,
  moveConnection: true,
  showRequest: true,
  diagnose: true,
};

const checks: Checks = {
  ready: {},
  taken: { sequence: Number.isSafeInteger },
  inputFocused: {},
  draftChanged: { text },
  ask: { text, tooLong: (value) => value === undefined || oneOf(tooLongChoices)(value) },
  stop: {},
  newChat: {},
  connect: {},
  openSettings: {},
  complete: { trigger: oneOf(triggers), query: text },
  attach: { id: text },
  addContext: {},
  attachUris: { uris: isTexts },
  attachPaths: { paths: isTexts },
  selectConnection: {},
  showRequest: { text },
  setParameter: { name: isName, value: (value) => value === null || typeof value === 'number' },
  revokeRefusal: { parameter: text },
  skipWait: {},
  removeAttachment: { id: text },
  openAttachment: { id: text },
  openLink: { url: text },
  copyAnswer: { turnId: text },
  turn: { action: oneOf(turnActions), turnId: text },
  edit: { turnId: text, text },
  unqueue: {},
  code: { action: oneOf(codeActions), turnId: text, code: text, language: text },
  highlight: {
    block: isCount,
    language: text,
    from: isCount,
    lines: isTexts,
  },
  errorAction: { turnId: text, action: oneOf(errorActions) },
};

/** Validates a message of the page. The page shows what models write, so its messages aren't trusted. */
export function parseToHost(value: unknown): ToHost | undefined {
  return isToHost(value) ? value : undefined;
}

function isToHost(value: unknown): value is ToHost {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  const fields: Readonly<Record<string, FieldCheck>> | undefined = isType(value.type) ? checks[value.type] : undefined;
  return fields !== undefined && Object.entries(fields).every(([name, check]) => check(Reflect.get(value, name)));
}

function isType(value: unknown): value is ToHost['type'] {
  return typeof value === 'string' && Object.hasOwn(checks, value);
}

function oneOf(values: Readonly<Record<string, true>>): FieldCheck {
  return (value) => typeof value === 'string' && Object.hasOwn(values, value);
}
