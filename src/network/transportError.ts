export type TimeoutPhase = 'connectTimeout' | 'firstByteTimeout' | 'stalled';

/** `connect` and `connectTimeout`: the request was not sent. After all others the server may have worked. */
export type TransportPhase = TimeoutPhase | 'connect' | 'lost';

/** What a transport throws, besides the reason of a cancel. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly phase: TransportPhase;
  /** How long was waited, for a timeout. */
  readonly seconds: number;

  constructor(phase: TransportPhase, { cause, milliseconds = 0 }: { cause?: unknown; milliseconds?: number } = {}) {
    super(phase, { cause });
    this.phase = phase;
    this.seconds = milliseconds / 1000;
  }
}
