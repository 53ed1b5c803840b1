import { withHiddenShown } from '../shared/hidden.ts';
import type { Translate } from '../shared/l10n.ts';
import type { ErrorReport } from '../shared/protocol.ts';
import { isOptional } from './adaptation.ts';
import { waysOut } from './recovery.ts';
import type { CompletionError, CompletionFailure } from './errors.ts';
import type { ConnectFailure } from '../network/connectFailure.ts';

/** Says what went wrong and what to do next, with the facts below it. */
export function describeError(error: CompletionError, t: Translate): ErrorReport {
  const said = serverWords(error);
  const detail = [
    error.status === undefined ? undefined : `HTTP ${error.status}`,
    error.url,
    error.responseId === undefined ? undefined : t('Response {0}', error.responseId),
  ].filter((fact) => fact !== undefined && fact !== '');
  return {
    message: sentence(error, t),
    ...(said !== '' && { said }),
    ...(detail.length > 0 && { detail: detail.join(' · ') }),
    ...waysOut(error.failure, t),
  };
}

function sentence({ failure, url, status, serverMessage = '' }: CompletionError, t: Translate): string {
  const hasWords = serverMessage.trim() !== '';
  switch (failure.kind) {
    case 'badSettings':
      return t('The settings cannot be used: {0}', failure.problems.join(' '));
    case 'unusableKey':
      return t('The API key contains a space, a line break or a character that no key has; set it again.');
    case 'noKey':
      return failure.variable === undefined
        ? t('The server asks for an API key, and none is set; set the key for this connection.')
        : t(
            'The server asks for an API key; the connection takes it from the environment variable {0}, which is not set where VS Code runs; set it and start VS Code again, or set the key.',
            failure.variable,
          );
    case 'keyRefused':
      return t('The server refused the API key; set another one, or check that it may use this model.');
    case 'headerRefused':
      return failure.secret === undefined
        ? t('The server refused the credentials in the connection; check them, or set an API key.')
        : t('The server refused the secret {0}; set another one, or check that it may use this model.', failure.secret);
    case 'noSecret':
      return failure.source === 'secret'
        ? t(
            'A header of the connection needs the secret {0}, and none is stored for this server; set it.',
            failure.name,
          )
        : t(
            'A header of the connection needs the environment variable {0}, which is not set where VS Code runs; set it and start VS Code again.',
            failure.name,
          );
    case 'unusableSecret':
      return failure.source === 'secret'
        ? t('The secret {0} contains a line break or a character that no header can hold; set it again.', failure.name)
        : t(
            'The environment variable {0} contains a line break or a character that no header can hold; set it again and start VS Code again.',
            failure.name,
          );
    case 'noCredit':
      return t('The account has no credit left; top it up with the provider, or select another connection.');
    case 'redirect':
      return failure.target === undefined
        ? t('The server redirects to another address without naming it; check baseUrl.')
        : t('The server redirects to another address, where the key was not sent; if you trust it, set baseUrl to it.');
    case 'forbidden':
      return hasWords
        ? t('The server does not allow this; its own words say why.')
        : t('The server does not allow this; ask its provider what the account may use.');
    case 'unknownModel':
      return t('The server does not have this model; check its name, or select another connection.');
    case 'retired':
      return t('The provider has ended this API; move the connection to the one that replaces it.');
    case 'notFound':
      if (failure.said && hasWords) return t('The server has nothing for this request; its own words say why.');
      return t('Nothing was found at {0}; check baseUrl and the name of the model.', url ?? '');
    case 'badRequest':
      if (failure.parameter === undefined && hasWords)
        return t('The server refused the request; its own words say why.');
      return badRequestSentence(failure, t);
    case 'tooLarge':
      return t('The question is too long for the model; remove context, or start a new chat.');
    case 'rateLimit':
      return failure.retryAt === undefined
        ? t('The server limits how often it may be asked; wait a moment, then retry.')
        : t('The server limits how often it may be asked; retry at {0}.', timeText(failure.retryAt));
    case 'serverError':
      if (failure.retryAt !== undefined) {
        return t('The server is not available; retry at {0}.', timeText(failure.retryAt));
      }
      if (status === 408) return t('The server waited too long for the request or its model; retry.');
      // 529 is what some providers say of an overload.
      return failure.busy || status === 503 || status === 529
        ? t('The server is busy, or still loads its model; wait a moment, then retry.')
        : t('The server failed; retry, and ask the provider if it fails again.');
    case 'unexpectedStatus':
      return hasWords
        ? t('The server refused the request; its own words say why.')
        : t('The server answered with a status that Askance does not know; check baseUrl.');
    case 'cannotConnect':
      return connectSentence(failure.reason, url === undefined ? '' : new URL(url).host, t);
    case 'firstByteTimeout':
      return t('No answer came within {0} seconds; retry, or raise askance.network.firstByteTimeout.', failure.seconds);
    case 'stalled':
      return t('Nothing more came for {0} seconds; retry, or raise askance.network.stallTimeout.', failure.seconds);
    case 'connectionLost':
      return failure.partial
        ? t('The connection was lost in the middle of the answer; what came is kept, retry for a whole one.')
        : t('The connection was lost before the answer came; the server may have worked, retry if you want.');
    case 'otherWire':
      return failure.wire === 'responses'
        ? t('The server answered with the Responses API; set "api" of the connection to "responses".')
        : t('The server answered with the Chat Completions API; set "api" of the connection to "chat-completions".');
    case 'background':
      return t('The server works on the answer in the background only, which Askance does not support.');
    case 'notCompletion':
      return failure.content === 'html'
        ? t('A web page came instead of an answer; check baseUrl and your proxy.')
        : t('The answer is no chat completion; check that baseUrl names a Chat Completions API.');
    case 'errorObject':
      return hasWords
        ? t('The server reported an error; its own words say which.')
        : t('The server reported an error instead of an answer; retry.');
    case 'contentFilter':
      return t('A content filter of the server stopped the answer; ask in other words.');
    case 'toolCall':
      return t(
        'The model called a tool instead of answering, and Askance offers none; retry, or select another model.',
      );
    case 'emptyAnswer':
      if (failure.finishReason === 'length') {
        return t('The answer was cut off before it began; raise max_tokens, then retry.');
      }
      if (failure.finishReason === 'tooLong') {
        return t('The model reasoned without an end, so Askance stopped it; retry, or select another model.');
      }
      return failure.reasoned
        ? t('The model reasoned but gave no answer; retry, or ask in other words.')
        : t('The answer was empty; retry, or ask in other words.');
    default:
      return failure satisfies never;
  }
}

function badRequestSentence(
  { parameter, replacement }: CompletionFailure & { kind: 'badRequest' },
  t: Translate,
): string {
  if (parameter === undefined) return t('The server refused the request; read its message and check the settings.');
  if (parameter === 'stream') return t('The server refuses to stream; set "stream" to false in the connection.');
  if (!isOptional(parameter)) return t('The server refused {0}; read its message and check the settings.', parameter);
  return replacement === undefined
    ? t(
        'The server refused {0}; change it, or retry without it: that is remembered for this connection and model.',
        parameter,
      )
    : t(
        'The server wants {1} instead of {0}; retry with it: that is remembered for this connection and model.',
        parameter,
        replacement,
      );
}

function connectSentence(reason: ConnectFailure, host: string, t: Translate): string {
  switch (reason) {
    case 'refused':
      return t('{0} refused the connection; start the server, or check the port in baseUrl.', host);
    case 'dns':
      return t('The host {0} was not found; check baseUrl and your network.', host);
    case 'certificate':
      return t(
        'The certificate of {0} is not trusted; install its authority in the system, or set NODE_EXTRA_CA_CERTS.',
        host,
      );
    case 'tls':
      return t('No secure connection to {0} could be made; check whether baseUrl should start with http://.', host);
    case 'proxy':
      return t('The proxy did not connect to {0}; check the setting http.proxy.', host);
    case 'proxyCredentials':
      return t('The proxy asks for credentials; put them into the setting http.proxy.');
    case 'timeout':
      return t(
        '{0} did not accept the connection in time; check your network, or raise askance.network.connectTimeout.',
        host,
      );
    case 'other':
      return t('{0} could not be reached; check baseUrl and your network.', host);
    default:
      return reason satisfies never;
  }
}

/** Where a redirect leads to, the title of a page that came, the message of an error. */
function serverWords({ failure, serverMessage }: CompletionError): string {
  const own =
    failure.kind === 'redirect' ? failure.target : failure.kind === 'notCompletion' ? failure.title : undefined;
  return [...new Set([own, serverMessage].flatMap((text) => (text === undefined ? [] : [shortened(text)])))]
    .filter((text) => text !== '')
    .join(' · ');
}

/** The time of day, with the date unless it is today's. */
function timeText(time: number): string {
  const date = new Date(time);
  return date.toDateString() === new Date().toDateString() ? date.toLocaleTimeString() : date.toLocaleString();
}

function shortened(text: string): string {
  const line = withHiddenShown(text.replace(/\s+/g, ' ').trim());
  return line.length <= longestMessage ? line : `${line.slice(0, longestMessage)}…`;
}

/** In UTF-16 code units. */
const longestMessage = 1000;
