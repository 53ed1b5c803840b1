/** What a reading of a reply is measured by, against the document. */
export type Question =
  /** What follows the selection is read as before. */
  | 'joins'
  /** Brackets and tags close as they did. */
  | 'balanced'
  /** Its lines are code, where the document has code. */
  | 'code'
  /** Nothing in it is strange to the document's language. */
  | 'native'
  /** The selection's names come back as code, not inside of strings. */
  | 'unpacked'
  /** No comment takes the place of code. */
  | 'complete'
  /** It has one version of what the selection is. */
  | 'single'
  /** It has no lines from outside the selection. */
  | 'own'
  /** It is the whole of what the selection becomes. */
  | 'whole'
  /** It has something of the selection. */
  | 'related';

/** An answer to one question. */
export interface Finding {
  readonly question: Question;
  /** Absent: it is so. Else what of the reading speaks against it. */
  readonly against?: string;
}
