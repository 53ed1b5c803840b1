/** Tests, by their whole titles or those of their suites, that cannot run on Windows as it is here. */
export interface LeftOut {
  readonly why: string;
  readonly tests: readonly string[];
}

/** Of the unit tests. */
export const unit: readonly LeftOut[] = [
  {
    why: 'esbuild is a program, and the one of Windows is not here',
    tests: [
      'the built extension',
      'THIRD-PARTY-NOTICES',
      'what Askance is made of',
      'a rewrite by the demo server typescript',
      'regular expressions',
      'texts of strangers',
    ],
  },
  {
    why: 'Wine has no links of Windows',
    tests: [
      'what is to be attached is asked about where a link leads out of the workspace',
      'what is to be attached is judged by where a link leads, also through a folder',
      'what is to be attached in a repository that VS Code has open what git says nothing about is decided by the files .gitignore',
    ],
  },
  {
    why: 'there is no shell',
    tests: [
      'a request that is shown becomes a curl command whose secrets are variables, and which the shell takes as it is meant',
      'a request that is shown is exact in the curl command, whatever is written in it',
    ],
  },
];

export function titles(all: readonly LeftOut[]): readonly string[] {
  return all.flatMap(({ tests }) => tests);
}
