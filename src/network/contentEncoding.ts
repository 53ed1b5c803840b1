import { pipeline, type Duplex, type Readable } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/**
 * The bytes that a body encodes. Askance asks for no encoding, but some gateways compress all the same. Each piece is
 * passed on as it comes.
 * @param encoding `Content-Encoding` (RFC 9110, 8.4); unknown ones are left as they are.
 */
export function decoded(body: Readable, encoding: string | undefined): Readable {
  const decoder = createDecoder(encoding?.trim().toLowerCase());
  if (!decoder) return body;
  // Either end takes the other with it; an error of the body reaches the reader through the decoder.
  return pipeline(body, decoder, () => {});
}

function createDecoder(encoding: string | undefined): Duplex | undefined {
  if (encoding === 'br') return createBrotliDecompress(brotliFlush);
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip(zlibFlush);
  return encoding === 'deflate' ? createInflate(zlibFlush) : undefined;
}

const zlibFlush = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };

const brotliFlush = { flush: constants.BROTLI_OPERATION_FLUSH, finishFlush: constants.BROTLI_OPERATION_FLUSH };
