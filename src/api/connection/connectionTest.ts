import type { Translate } from '../../shared/l10n.ts';
import { noAdaptation, type Adaptation } from '../adaptation.ts';
import { completeOnce } from '../client.ts';
import { describeError } from '../describe.ts';
import { CompletionError } from '../errors.ts';
import type { Connection } from './connection.ts';
import { buildModelsRequest, buildRequest, type SecretSource } from '../request.ts';
import { TestedAnswer } from './testedAnswer.ts';
import type { Transport } from '../../network/transport.ts';
import { TransportError } from '../../network/transportError.ts';
import { transportError } from '../failures.ts';
import { isRetired, requestUrl, wireOf } from '../url.ts';
import { plural } from '../../shared/plural.ts';
import { wireName } from '../../shared/wireId.ts';

/** What is tested, in this order. */
export type CheckName =
  | 'url'
  | 'wire'
  | 'reachable'
  | 'key'
  | 'model'
  | 'streaming'
  | 'citations'
  | 'usage'
  | 'storage';

export interface Check {
  readonly name: CheckName;
  /** `notSent`: the server has none of it, which is no failure; `untested`: something before it failed. */
  readonly outcome: 'passed' | 'failed' | 'notSent' | 'untested';
  /** For people: what was found, or what went wrong and what to do next. No key is in it. */
  readonly detail: string;
  /** What `includeUsage` of the connection should be. */
  readonly includeUsage?: boolean;
}

export interface Tested {
  readonly connection: Connection;
  readonly secret: SecretSource;
  readonly transport: Transport;
  /** What the user agreed to leave out or rename; a question would be sent so. */
  readonly adaptation?: Adaptation;
}

/**
 * Tries an endpoint as a question would and tells each finding as it comes; a later one of the same name counts. The
 * model is asked to count to five, twice if the server may send usage only when asked to.
 * @throws The signal's reason when it aborts.
 */
export async function* testConnection(tested: Tested, signal: AbortSignal, t: Translate): AsyncGenerator<Check, void> {
  const told = new Set<CheckName>();
  try {
    for await (const check of runChecks(tested, signal, t)) {
      told.add(check.name);
      yield check;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof FailedCheck)) throw error;
    told.add(error.check.name);
    yield error.check;
    for (const name of checkNames) {
      if (!told.has(name)) yield { name, outcome: 'untested', detail: t('Not tested.') };
    }
  }
}

/** All checks, in their order. */
export const checkNames: readonly CheckName[] = [
  'url',
  'reachable',
  'wire',
  'key',
  'model',
  'streaming',
  'citations',
  'usage',
  'storage',
];

/** A check whose failure leaves nothing else to test. */
class FailedCheck extends Error {
  readonly check: Check;

  constructor(name: CheckName, detail: string) {
    super(name);
    this.check = { name, outcome: 'failed', detail };
  }
}

async function* runChecks(tested: Tested, signal: AbortSignal, t: Translate): AsyncGenerator<Check, void> {
  const { connection } = tested;
  yield { name: 'url', outcome: 'passed', detail: requestUrl(connection).href };
  if (isRetired(connection)) throw new FailedCheck('wire', described(new CompletionError({ kind: 'retired' }), t));
  yield await reach(tested, signal, t);
  yield { name: 'wire', outcome: 'passed', detail: wireName(wireOf(connection)) };
  // A search is priced, so this question does without.
  const { search = 'off', ...plain } = connection;
  const first = await ask({ ...tested, connection: plain }, signal);
  const refusesUsage = first.refused === 'stream_options' && connection.includeUsage;
  const refusesStream = first.refused === 'stream' && connection.stream;
  const answer =
    refusesUsage || refusesStream
      ? await ask(
          {
            ...tested,
            connection: { ...plain, includeUsage: false, stream: connection.stream && !refusesStream },
          },
          signal,
        )
      : first;
  const { error } = answer;
  if (error && !answer.hasText) throw new FailedCheck(blamed(error), described(error, t));
  yield {
    name: 'key',
    outcome: 'passed',
    detail: answer.hasCredential ? t('Accepted.') : t('No key is set, and none is needed.'),
  };
  yield { name: 'model', outcome: 'passed', detail: answer.modelNote(t) };
  if (error) yield { name: 'streaming', outcome: 'failed', detail: described(error, t) };
  else yield streaming(answer, refusesStream, connection, t);
  yield search === 'off' ? citations(answer, t) : await searched(tested, signal, t);
  yield await usage({ ...tested, connection: plain }, answer, refusesUsage, signal, t);
  yield storage(connection, answer, t);
}

/** Any response at all will do; no key is sent for it. */
async function reach({ connection, transport }: Tested, signal: AbortSignal, t: Translate): Promise<Check> {
  const { url } = buildModelsRequest({ ...connection, headers: {} }, () => undefined);
  const enough = new AbortController();
  const start = performance.now();
  try {
    await transport.send({ method: 'GET', url, headers: {}, body: '' }, AbortSignal.any([signal, enough.signal]));
    const milliseconds = Math.round(performance.now() - start);
    return { name: 'reachable', outcome: 'passed', detail: t('Answered after {0} ms.', milliseconds) };
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    throw new FailedCheck('reachable', described(transportError(error, url, { partial: false }), t));
  } finally {
    enough.abort();
  }
}

async function ask(
  { connection, secret, transport, adaptation = noAdaptation }: Tested,
  signal: AbortSignal,
  question = 'Count from 1 to 5.',
): Promise<TestedAnswer> {
  const answer = new TestedAnswer();
  try {
    const messages = [{ role: 'user', content: question }] as const;
    const request = buildRequest({ connection, messages, adaptation }, secret);
    answer.hasCredential = request.credential.kind !== 'none';
    for await (const event of completeOnce(request, transport, signal)) answer.add(event);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof CompletionError)) throw error;
    answer.error = error;
  }
  return answer;
}

function described(error: CompletionError, t: Translate): string {
  const { message, said } = describeError(error, t);
  return said === undefined ? message : t('{0} The server says: {1}', message, said);
}

/** Which check a failure before any text belongs to. */
function blamed({ failure, serverMessage = '' }: CompletionError): CheckName {
  switch (failure.kind) {
    case 'noKey':
    case 'keyRefused':
    case 'headerRefused':
    case 'unusableKey':
    case 'noSecret':
    case 'unusableSecret':
      return 'key';
    case 'notFound':
      // Some servers say 404 of a model, others of a path.
      return /model/i.test(serverMessage) ? 'model' : 'url';
    case 'redirect':
    case 'unexpectedStatus':
    case 'notCompletion':
    case 'badSettings':
      return 'url';
    case 'retired':
    case 'otherWire':
      return 'wire';
    case 'cannotConnect':
      return 'reachable';
    default:
      return 'model';
  }
}

function streaming(answer: TestedAnswer, refused: boolean, { stream }: Connection, t: Translate): Check {
  if (!stream) return { name: 'streaming', outcome: 'untested', detail: t('Turned off in the connection.') };
  if (refused) {
    const detail = t('The server can\'t stream. Set "stream" to false in the connection.');
    return { name: 'streaming', outcome: 'failed', detail };
  }
  return answer.isStreamed
    ? {
        name: 'streaming',
        outcome: 'passed',
        detail: plural(
          answer.pieces,
          t('The answer arrived in 1 chunk.'),
          t('The answer arrived in {0} chunks.', answer.pieces),
        ),
      }
    : {
        name: 'streaming',
        outcome: 'failed',
        detail: t("The answer arrived all at once. It works, but you can't read it until it's complete."),
      };
}

function citations({ citations: sources }: TestedAnswer, t: Translate): Check {
  const name = 'citations';
  if (sources.length === 0) return { name, outcome: 'notSent', detail: t('Not supported by this server.') };
  const bad = sources.filter(({ url }) => !/^https?:\/\//i.test(url)).length;
  return bad === 0
    ? { name, outcome: 'passed', detail: plural(sources.length, t('1 source.'), t('{0} sources.', sources.length)) }
    : {
        name,
        outcome: 'failed',
        detail: plural(
          sources.length,
          t("The source has no URL, so its link doesn't work."),
          t("{0} of {1} sources have no URL, so their links don't work.", bad, sources.length),
        ),
      };
}

/** Whether sources come where the web is searched, which costs a second question. */
async function searched(tested: Tested, signal: AbortSignal, t: Translate): Promise<Check> {
  const answer = await ask(tested, signal, 'Which is the newest release of TypeScript? Answer in one sentence.');
  if (answer.error && !answer.hasText)
    return { name: 'citations', outcome: 'failed', detail: described(answer.error, t) };
  return citations(answer, t);
}

/** Whether the server keeps what it is asked and answers. */
function storage(connection: Connection, { stored }: TestedAnswer, t: Translate): Check {
  const name = 'storage';
  if (stored === undefined && wireOf(connection) === 'chat-completions') {
    return { name, outcome: 'passed', detail: t('Chat Completions stores answers only on request.') };
  }
  if (stored === undefined) return { name, outcome: 'notSent', detail: t("The server doesn't say.") };
  return stored
    ? { name, outcome: 'failed', detail: t('The server says it stores the answer, although Askance asked it not to.') }
    : { name, outcome: 'passed', detail: t("The server says it doesn't store the answer.") };
}

async function usage(
  tested: Tested,
  answer: TestedAnswer,
  refused: boolean,
  signal: AbortSignal,
  t: Translate,
): Promise<Check> {
  const name = 'usage';
  if (refused) {
    const detail = t('The server rejects requests for usage (stream_options). Set "includeUsage" to false.');
    return { name, outcome: 'failed', detail, includeUsage: false };
  }
  if (answer.usage) return { name, outcome: 'passed', detail: answer.usageNote(t) };
  const { connection } = tested;
  if (connection.stream && !connection.includeUsage && !answer.error) {
    const again = await ask({ ...tested, connection: { ...connection, includeUsage: true } }, signal);
    if (again.usage) {
      return { name, outcome: 'passed', detail: t('Sent on request (includeUsage).'), includeUsage: true };
    }
  }
  return { name, outcome: 'notSent', detail: t('Not supported by this server.') };
}
