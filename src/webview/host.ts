import type { Batch, ToHost } from '../shared/protocol.ts';

/** What the page remembers while it is hidden, moved or reloaded. */
export interface Remembered {
  /** Pixels from the top; absent: the end is followed. */
  readonly scrollTop?: number;
}

const api = acquireVsCodeApi();

/** Sends a message to the extension host. */
export function post(message: ToHost): void {
  api.postMessage(message);
}

export function remember(state: Remembered): void {
  api.setState(state);
}

export function remembered(): Remembered {
  const state: unknown = api.getState();
  const isPosition =
    typeof state === 'object' && state !== null && 'scrollTop' in state && typeof state.scrollTop === 'number';
  return isPosition ? { scrollTop: Number(state.scrollTop) } : {};
}

/** Calls `take` with each batch of the host. */
export function onBatch(take: (batch: Batch) => void): void {
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isBatch(data)) take(data);
  });
}

function isBatch(data: unknown): data is Batch {
  return (
    typeof data === 'object' &&
    data !== null &&
    'sequence' in data &&
    typeof data.sequence === 'number' &&
    'messages' in data &&
    Array.isArray(data.messages)
  );
}
