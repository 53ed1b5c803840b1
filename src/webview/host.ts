import type { Batch, ToHost } from '../shared/protocol.ts';

/** The state that survives hiding, moving or reloading the page. */
export interface Remembered {
  /** Id of the page, by which the host finds its state. */
  readonly page?: string;
  /** Id of the conversation that the scroll position belongs to. */
  readonly conversation?: string;
  /** Pixels from the top; absent: the end is followed. */
  readonly scrollTop?: number | undefined;
  /** The question being edited. */
  readonly edit?: EditedQuestion | undefined;
}

interface EditedQuestion {
  /** Id of its turn. */
  readonly turn: string;
  readonly text: string;
}

const api = acquireVsCodeApi();

/** Sends a message to the extension host. */
export function post(message: ToHost): void {
  api.postMessage(message);
}

/** Merges this into the saved state. */
export function remember(change: Remembered): void {
  memory = { ...memory, ...change };
  api.setState(memory);
}

export function remembered(): Remembered {
  return memory;
}

let memory = readMemory(api.getState());

function readMemory(state: unknown): Remembered {
  if (typeof state !== 'object' || state === null) return {};
  const { page, conversation, scrollTop, edit } = state as Readonly<Record<string, unknown>>;
  return {
    ...(typeof page === 'string' && { page }),
    ...(typeof conversation === 'string' && { conversation }),
    ...(typeof scrollTop === 'number' && { scrollTop }),
    ...(isEdit(edit) && { edit }),
  };
}

function isEdit(value: unknown): value is EditedQuestion {
  if (typeof value !== 'object' || value === null) return false;
  const { turn, text } = value as Readonly<Record<string, unknown>>;
  return typeof turn === 'string' && typeof text === 'string';
}

/** Calls `take` with each batch from the host. */
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
