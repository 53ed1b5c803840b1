import { longestServerWords, shortened } from '../shared/limits.ts';
import { CompletionError, type CompletionFailure } from './errors.ts';

/** What stands in the place of a secret. */
export const concealed = '•••';

/** The text without the secrets, in any form in which a server may echo them. */
export function masked(text: string, secrets: readonly string[]): string {
  return (
    secrets
      .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
      .filter((form) => form !== '')
      // One may begin another.
      .sort((one, other) => other.length - one.length)
      .reduce((rest, form) => rest.replaceAll(form, concealed), text)
  );
}

/** The error without the secrets. */
export function maskedError(error: CompletionError, secrets: readonly string[]): CompletionError {
  const mask = (text: string): string => shortened(masked(text, secrets), longestServerWords);
  return new CompletionError(maskedFailure(error.failure, mask), {
    url: error.url && mask(error.url),
    status: error.status,
    responseId: error.responseId && mask(error.responseId),
    serverMessage: error.serverMessage && mask(error.serverMessage),
    cause: error.cause,
  });
}

/** Masks what comes from the server. */
function maskedFailure(failure: CompletionFailure, mask: (text: string) => string): CompletionFailure {
  if (failure.kind === 'redirect' && failure.target) return { ...failure, target: mask(failure.target) };
  if (failure.kind === 'badRequest' && failure.parameter) return { ...failure, parameter: mask(failure.parameter) };
  if (failure.kind === 'notCompletion' && failure.title) return { ...failure, title: mask(failure.title) };
  if (failure.kind === 'toolCall' && failure.tool) return { ...failure, tool: mask(failure.tool) };
  return failure;
}
