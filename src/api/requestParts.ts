import type { Parameters } from '../shared/parameters.ts';
import type { Adaptation } from './adaptation.ts';
import type { Connection } from './connection/connection.ts';
import type { Message } from './types.ts';

/** What a completion is asked for with. */
export interface RequestParts {
  readonly connection: Connection;
  /** Oldest first. */
  readonly messages: readonly Message[];
  /** Those of one conversation; each takes the place of the connection's. */
  readonly parameters?: Parameters;
  readonly adaptation?: Adaptation;
}
