import assert from 'node:assert/strict';
import { TransportError } from '../../../src/network/transportError.ts';

/** The whole body as text. */
export async function bodyText(body: AsyncIterable<Uint8Array>): Promise<string> {
  return Buffer.concat(await Array.fromAsync(body)).toString();
}

/** The error of the transport that the promise rejects with; anything else fails the test. */
export async function failure(promise: Promise<unknown>): Promise<TransportError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof TransportError, String(error));
  return error;
}

/** The system's or the library's code for what went wrong. */
export function code({ cause }: TransportError): unknown {
  return (cause as NodeJS.ErrnoException).code;
}
