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
      return t("Askance can't use these settings: {0}", failure.problems.join(' '));
    case 'unusableKey':
      return t('The API key contains a space, a line break or another invalid character. Set it again.');
    case 'noKey':
      return failure.variable === undefined
        ? t('The server requires an API key, but none is set. Set one for this connection.')
        : t(
            "No API key: environment variable {0} isn't set where VS Code runs. Set it and restart VS Code, or set a key.",
            failure.variable,
          );
    case 'keyRefused':
      return t('The server rejected the API key. Set another one, or check that it has access to this model.');
    case 'headerRefused':
      return failure.secret === undefined
        ? t('The server rejected the credentials in the connection. Check them, or set an API key.')
        : t(
            'The server rejected the secret {0}. Set another one, or check that it has access to this model.',
            failure.secret,
          );
    case 'noSecret':
      return failure.source === 'secret'
        ? t(
            "A header of the connection needs the secret {0}, but it isn't stored for this server. Set it.",
            failure.name,
          )
        : t(
            "A header of the connection needs environment variable {0}, but it isn't set where VS Code runs. Set it and restart VS Code.",
            failure.name,
          );
    case 'unusableSecret':
      return failure.source === 'secret'
        ? t(
            "The secret {0} contains a line break or a character that isn't allowed in headers. Set it again.",
            failure.name,
          )
        : t(
            "Environment variable {0} contains a line break or a character that isn't allowed in headers. Change it and restart VS Code.",
            failure.name,
          );
    case 'noCredit':
      return t('The account has no credit left. Add credit with the provider, or select another connection.');
    case 'redirect':
      return failure.target === undefined
        ? t('The server redirected the request without an address. Check baseUrl.')
        : t(
            "The server redirected the request to another address. The key wasn't sent there. If you trust it, set baseUrl to it.",
          );
    case 'forbidden':
      return hasWords
        ? t("The server doesn't allow this request. Its message says why.")
        : t("The server doesn't allow this request. Ask the provider what your account can use.");
    case 'unknownModel':
      return t("The server doesn't have this model. Check its name, or select another connection.");
    case 'retired':
      return t('The provider has retired this API. Update the connection to the API that replaces it.');
    case 'notFound':
      if (failure.said && hasWords) return t("The server didn't find what the request needs. Its message says why.");
      return t('Nothing was found at {0}. Check baseUrl and the name of the model.', url ?? '');
    case 'badRequest':
      if (failure.parameter === undefined && hasWords)
        return t('The server rejected the request. Its message says why.');
      return badRequestSentence(failure, t);
    case 'tooLarge':
      return t('The question is too long for the model. Remove context, or start a new chat.');
    case 'rateLimit':
      return failure.retryAt === undefined
        ? t('Rate limit reached. Wait a moment and retry.')
        : t('Rate limit reached. Retry at {0}.', timeText(failure.retryAt));
    case 'serverError':
      if (failure.retryAt !== undefined) {
        return t('The server is unavailable. Retry at {0}.', timeText(failure.retryAt));
      }
      if (status === 408) return t('The server timed out. Retry.');
      // 529 is what some providers say of an overload.
      return failure.busy || status === 503 || status === 529
        ? t('The server is busy or still loading the model. Wait a moment and retry.')
        : t('The server failed. Retry, and contact the provider if it fails again.');
    case 'unexpectedStatus':
      return hasWords
        ? t('The server rejected the request. Its message says why.')
        : t('The server answered with an unknown status. Check baseUrl.');
    case 'cannotConnect':
      return connectSentence(failure.reason, url === undefined ? '' : new URL(url).host, t);
    case 'firstByteTimeout':
      return t('No answer within {0} s. Retry, or increase askance.network.firstByteTimeout.', failure.seconds);
    case 'stalled':
      return t('No data for {0} s. Retry, or increase askance.network.stallTimeout.', failure.seconds);
    case 'connectionLost':
      return failure.partial
        ? t('The connection was lost during the answer. What arrived is kept. Retry for a complete answer.')
        : t('Connection lost before an answer arrived. The server may still have processed the request.');
    case 'otherWire':
      return failure.wire === 'responses'
        ? t('The server answered with the Responses API. Set "api" of the connection to "responses".')
        : t('The server answered with the Chat Completions API. Set "api" of the connection to "chat-completions".');
    case 'background':
      return t("The server only answers in the background, which Askance doesn't support.");
    case 'notCompletion':
      return failure.content === 'html'
        ? t('The server sent a web page instead of an answer. Check baseUrl and your proxy.')
        : t("The response isn't a chat completion. Check that baseUrl points to a Chat Completions API.");
    case 'errorObject':
      return hasWords
        ? t('The server reported an error. Its message says which.')
        : t('The server reported an error instead of an answer. Retry.');
    case 'contentFilter':
      return t("The server's content filter stopped the answer. Rephrase the question.");
    case 'toolCall':
      return t(
        'The model called a tool instead of answering, but Askance offers no tools. Retry, or select another connection.',
      );
    case 'emptyAnswer':
      if (failure.finishReason === 'length') {
        return t('The answer was cut off before it began. Increase max_tokens and retry.');
      }
      if (failure.finishReason === 'tooLong') {
        return t("The model didn't stop reasoning, so Askance stopped it. Retry, or select another connection.");
      }
      return failure.reasoned
        ? t('The model stopped after reasoning, without an answer. Retry, or rephrase the question.')
        : t('The answer was empty. Retry, or rephrase the question.');
    default:
      return failure satisfies never;
  }
}

function badRequestSentence(
  { parameter, replacement }: CompletionFailure & { kind: 'badRequest' },
  t: Translate,
): string {
  if (parameter === undefined) return t('The server rejected the request. Read its message and check the settings.');
  if (parameter === 'stream') return t('The server can\'t stream. Set "stream" to false in the connection.');
  if (!isOptional(parameter)) return t('The server rejected {0}. Read its message and check the settings.', parameter);
  return replacement === undefined
    ? t(
        'The server rejected {0}. Change it, or retry without it. Askance remembers this for the connection and model.',
        parameter,
      )
    : t(
        'The server requires {1} instead of {0}. Retry with it. Askance remembers this for the connection and model.',
        parameter,
        replacement,
      );
}

function connectSentence(reason: ConnectFailure, host: string, t: Translate): string {
  switch (reason) {
    case 'refused':
      return t('{0} refused the connection. Start the server, or check the port in baseUrl.', host);
    case 'dns':
      return t("The host {0} wasn't found. Check baseUrl and your network.", host);
    case 'certificate':
      return t(
        "The certificate of {0} isn't trusted. Install its certificate authority in the system, or set NODE_EXTRA_CA_CERTS.",
        host,
      );
    case 'tls':
      return t("Couldn't make a secure connection to {0}. Check whether baseUrl should start with http://.", host);
    case 'proxy':
      return t("The proxy couldn't connect to {0}. Check the setting http.proxy.", host);
    case 'proxyCredentials':
      return t('The proxy requires credentials. Add them to the setting http.proxy.');
    case 'timeout':
      return t(
        "{0} didn't accept the connection in time. Check your network, or increase askance.network.connectTimeout.",
        host,
      );
    case 'other':
      return t("Couldn't reach {0}. Check baseUrl and your network.", host);
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
