import type { Translate } from '../shared/l10n.ts';
import type { ErrorAction, ErrorActionId, ErrorReport } from '../shared/protocol.ts';
import { isOptional } from './adaptation.ts';
import type { CompletionFailure } from './errors.ts';

/** Milliseconds: nobody waits for longer than a day. */
const longestWait = 86_400_000;

/** What can be done about a failure, the likeliest first. */
export function waysOut(
  failure: CompletionFailure,
  t: Translate,
): Pick<ErrorReport, 'actions' | 'refused' | 'secret' | 'retryAt'> {
  const actions = (...first: readonly ErrorAction[]): readonly ErrorAction[] => [
    ...first,
    ...actionIds[failure.kind].map((id) => ({ id, label: actionLabel(id, t) })),
  ];
  if (failure.kind === 'badRequest' && failure.parameter !== undefined && isOptional(failure.parameter)) {
    const { parameter, replacement } = failure;
    const label = replacement === undefined ? t('Retry without {0}', parameter) : t('Retry with {0}', replacement);
    return {
      refused: { parameter, ...(replacement && { replacement }) },
      actions: actions({ id: 'retryAdapted', label }),
    };
  }
  const secret = secretToSet(failure);
  if (secret !== undefined) {
    return { secret, actions: actions({ id: 'setSecret', label: actionLabel('setSecret', t) }) };
  }
  if (failure.kind === 'emptyAnswer' && failure.finishReason === 'length') {
    return { actions: actions({ id: 'raiseLimit', label: actionLabel('raiseLimit', t) }) };
  }
  if ('retryAt' in failure && failure.retryAt !== undefined && failure.retryAt - Date.now() <= longestWait) {
    return { retryAt: failure.retryAt, actions: actions({ id: 'waitAndRetry', label: t('Wait and retry') }) };
  }
  return { actions: actions() };
}

function secretToSet(failure: CompletionFailure): string | undefined {
  switch (failure.kind) {
    case 'headerRefused':
      return failure.secret;
    case 'noSecret':
    case 'unusableSecret':
      return failure.source === 'secret' ? failure.name : undefined;
    default:
      return undefined;
  }
}

const actionIds: Readonly<Record<CompletionFailure['kind'], readonly PlainActionId[]>> = {
  badSettings: ['openSettings', 'retry'],
  unusableKey: ['setApiKey'],
  noKey: ['setApiKey', 'retry'],
  keyRefused: ['setApiKey', 'retry', 'showRequest'],
  headerRefused: ['setApiKey', 'openSettings', 'retry', 'showRequest'],
  noSecret: ['retry', 'openSettings'],
  unusableSecret: ['retry', 'openSettings'],
  noCredit: ['selectConnection', 'retry'],
  redirect: ['openSettings', 'retry', 'showRequest'],
  forbidden: ['selectConnection', 'setApiKey', 'retry', 'showRequest'],
  unknownModel: ['openSettings', 'selectConnection', 'retry', 'showRequest'],
  retired: ['moveConnection', 'selectConnection', 'openSettings'],
  notFound: ['openSettings', 'retry', 'showRequest'],
  badRequest: ['retry', 'openSettings', 'showRequest'],
  unexpectedStatus: ['openSettings', 'retry', 'showRequest'],
  otherWire: ['openSettings', 'retry', 'showRequest'],
  background: ['selectConnection', 'retry'],
  notCompletion: ['openSettings', 'retry', 'diagnose', 'showRequest'],
  cannotConnect: ['retry', 'diagnose', 'openSettings'],
  firstByteTimeout: ['retry', 'diagnose', 'openSettings'],
  stalled: ['retry', 'diagnose', 'openSettings'],
  tooLarge: ['retry', 'selectConnection', 'showRequest'],
  rateLimit: ['retry', 'selectConnection'],
  serverError: ['retry', 'selectConnection', 'showRequest'],
  connectionLost: ['retry', 'diagnose'],
  errorObject: ['retry', 'selectConnection', 'showRequest'],
  contentFilter: ['retry', 'selectConnection'],
  toolCall: ['retry', 'selectConnection'],
  emptyAnswer: ['retry', 'selectConnection'],
};

/** Those of a failed request whose label is always the same. */
type PlainActionId = Exclude<ErrorActionId, 'retryAdapted' | 'waitAndRetry'>;

function actionLabel(id: PlainActionId, t: Translate): string {
  switch (id) {
    case 'retry':
      return t('Retry');
    case 'raiseLimit':
      return t('Raise token limit');
    case 'setApiKey':
      return t('Set API key');
    case 'setSecret':
      return t('Set header secret');
    case 'openSettings':
      return t('Open settings');
    case 'moveConnection':
      return t('Move connection');
    case 'selectConnection':
      return t('Select connection');
    case 'showRequest':
      return t('Preview request');
    case 'diagnose':
      return t('Diagnose');
    default:
      return id satisfies never;
  }
}
