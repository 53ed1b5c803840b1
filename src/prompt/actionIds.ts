/** The ids of Askance's own actions; each is also a command `askance.action.<id>`. */
export const builtInIds = [
  'explain',
  'explainProblems',
  'fixProblems',
  'addComments',
  'writeTests',
  'improve',
  'simplify',
  'addTypes',
  'translate',
] as const;

export type BuiltInId = (typeof builtInIds)[number];
