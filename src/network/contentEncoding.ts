import { pipeline, Transform, type Duplex, type Readable, type TransformCallback } from 'node:stream';
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
  type Inflate,
  type InflateRaw,
} from 'node:zlib';

/**
 * Decodes a body chunk by chunk. Askance doesn't ask for compression, but some gateways compress anyway.
 * @param encoding `Content-Encoding` (RFC 9110, 8.4); unknown encodings are passed through.
 */
export function decoded(body: Readable, encoding: string | undefined): Readable {
  const decoder = createDecoder(encoding?.trim().toLowerCase());
  if (!decoder) return body;
  // `pipeline` destroys both ends together; a body error reaches the reader through the decoder.
  return pipeline(body, decoder, () => {});
}

function createDecoder(encoding: string | undefined): Duplex | undefined {
  if (encoding === 'br') return createBrotliDecompress(brotliFlush);
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip(zlibFlush);
  if (encoding === 'deflate') return new AnyInflate();
  return encoding === 'zstd' ? createZstdDecompress(zstdFlush) : undefined;
}

/** `deflate` means the format of zlib (RFC 9110, 8.4.1.2), but some servers send the bare one: the first byte tells. */
class AnyInflate extends Transform {
  #inflate: Inflate | InflateRaw | undefined;

  override _transform(bytes: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#inflate ??= this.#made(bytes[0] ?? 0);
    this.#inflate.write(bytes, (error) => done(error));
  }

  override _flush(done: TransformCallback): void {
    if (!this.#inflate) return done();
    this.#inflate.once('end', () => done()).end();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#inflate?.destroy();
    done(error);
  }

  #made(first: number): Inflate | InflateRaw {
    const inflate = (first & 0x0f) === 8 ? createInflate(zlibFlush) : createInflateRaw(zlibFlush);
    inflate.on('data', (bytes: Buffer) => this.push(bytes)).on('error', (error) => this.destroy(error));
    return inflate;
  }
}

const zlibFlush = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };

const zstdFlush = { flush: constants.ZSTD_e_flush, finishFlush: constants.ZSTD_e_flush };

const brotliFlush = { flush: constants.BROTLI_OPERATION_FLUSH, finishFlush: constants.BROTLI_OPERATION_FLUSH };
