import { decoder, wellFormedStreams } from './decoder.ts';
import { historyFiles, historyOfTwoWindows } from './history.ts';
import { pageMessages } from './messages.ts';
import { connections } from './connections.ts';
import { replyReader } from './reply.ts';
import type { FuzzTarget } from './target.ts';
import { wrappedAnswers } from './wrapped.ts';

/** Everything that is fuzzed and needs no page. */
export const targets: readonly FuzzTarget[] = [
  decoder,
  wellFormedStreams,
  replyReader,
  wrappedAnswers,
  pageMessages,
  connections,
  historyFiles,
  historyOfTwoWindows,
];
