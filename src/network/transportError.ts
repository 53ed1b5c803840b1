export type TimeoutPhase = 'connectTimeout' | 'firstByteTimeout' | 'stalled';

/** `connect` and `connectTimeout`: the request was not sent. In all other phases the server may have processed it. */
export type TransportPhase = TimeoutPhase | 'connect' | 'lost';

/** Thrown by transports, except for a cancel. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly phase: TransportPhase;
  /** For a timeout: how long the request waited. */
  readonly seconds: number;

  constructor(phase: TransportPhase, { cause, milliseconds = 0 }: { cause?: unknown; milliseconds?: number } = {}) {
    super(phase, { cause });
    this.phase = phase;
    this.seconds = milliseconds / 1000;
  }
}
