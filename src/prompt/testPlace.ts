/** Where a file's tests belong, and an example of how tests are written there. */
export interface TestPlace {
  readonly path: string;
  /** Absent: the project has no tests in this language. */
  readonly example?: string;
}

/**
 * Where the source's tests belong, by the project's convention: named like the nearest test file, in its folder if that
 * mirrors the source's. Otherwise next to the source; without any example, with the usual name.
 * @param source Path with `/`, relative to the same folder as the others.
 * @param others Paths of the project's files; those that aren't tests in the same language are ignored.
 */
export function testPlace(source: string, others: readonly string[]): TestPlace {
  const { folder, name, extension } = split(source);
  const [nearest] = others
    .flatMap((path) => testFile(path) ?? [])
    .filter((test) => test.path !== source && areKin(test.extension, extension))
    .toSorted((a, b) => closeness(b, source) - closeness(a, source) || (a.path < b.path ? -1 : 1));
  const affix = nearest?.affix ?? usualAffix(extension);
  const place = nearest && belongsTo(nearest, folder) > 0 ? nearest.folder : folder;
  return {
    path: unused((count) => join(place, `${affix.before}${name}${count}${affix.after}${extension}`), others),
    ...(nearest && { example: nearest.path }),
  };
}

/** Globs of test file names in the source's language. */
export function testFileNames(source: string): readonly string[] {
  const { extension } = split(source);
  const kin = families.find((family) => family.includes(extension)) ?? [extension];
  return kin.flatMap((each) => affixes.map(({ before, after }) => `${before}*${after}${each}`));
}

/** Prefix and suffix of a test's name around its subject. */
interface Affix {
  readonly before: string;
  readonly after: string;
}

interface Path {
  readonly path: string;
  /** Empty: the root. */
  readonly folder: string;
  readonly name: string;
  /** With the dot. */
  readonly extension: string;
}

interface TestFile extends Path {
  readonly affix: Affix;
  /** Name of the tested file. */
  readonly subject: string;
}

const affixes: readonly Affix[] = [
  { before: 'test_', after: '' },
  ...['.test', '.spec', '_test', '_spec', '-test', 'Tests', 'Test', 'Spec'].map((after) => ({ before: '', after })),
];

/** Extensions of one language. */
const families: readonly (readonly string[])[] = [
  ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'],
  ['.c', '.cc', '.cpp', '.cxx'],
];

/** Default test names by extension. */
const usual: readonly (readonly [extensions: RegExp, affix: Affix])[] = [
  [/^\.py$/, { before: 'test_', after: '' }],
  [/^\.rb$/, { before: '', after: '_spec' }],
  [/^\.(?:java|kt|scala|php|swift)$/, { before: '', after: 'Test' }],
  [/^\.(?:cs|fs|vb)$/, { before: '', after: 'Tests' }],
  [/^\.(?:[cm]?[jt]sx?|vue|svelte)$/, { before: '', after: '.test' }],
];

function usualAffix(extension: string): Affix {
  return usual.find(([extensions]) => extensions.test(extension))?.[1] ?? { before: '', after: '_test' };
}

function testFile(path: string): TestFile | undefined {
  const file = split(path);
  const affix = affixes.find(
    ({ before, after }) =>
      file.name.startsWith(before) && file.name.endsWith(after) && file.name.length > before.length + after.length,
  );
  if (!affix) return undefined;
  const subject = file.name.slice(affix.before.length, file.name.length - affix.after.length);
  return { ...file, affix, subject };
}

function areKin(a: string, b: string): boolean {
  return a === b || families.some((family) => family.includes(a) && family.includes(b));
}

function closeness(test: TestFile, source: string): number {
  const { folder, name } = split(source);
  const isOwn = test.subject.toLowerCase() === name.toLowerCase();
  return 100 * Number(isOwn) + 10 * belongsTo(test, folder) + sharedStart(test.folder.split('/'), folder.split('/'));
}

/** How likely tests of the folder's files belong to this test's folder; 0: not. */
function belongsTo(test: TestFile, folder: string): number {
  if (test.folder === folder) return 8;
  const [testTail = '', ...testHead] = test.folder.split('/').toReversed();
  const isTests = /^_*(?:tests?|specs?)_*$/i.test(testTail);
  if (isTests && testHead.toReversed().join('/') === folder) return 7;
  // `src/api` is tested in `test/unit/api`.
  const tail = sharedStart(folder.split('/').toReversed(), test.folder.split('/').toReversed());
  return tail > 0 ? Math.min(1 + tail, 6) : Number(isTests);
}

function sharedStart(a: readonly string[], b: readonly string[]): number {
  const differs = a.findIndex((name, index) => name !== b[index]);
  return differs === -1 ? a.length : differs;
}

function unused(path: (count: string) => string, taken: readonly string[]): string {
  for (let count = 1; ; count += 1) {
    const wanted = path(count === 1 ? '' : String(count));
    if (!taken.includes(wanted)) return wanted;
  }
}

function split(path: string): Path {
  const slash = path.lastIndexOf('/');
  const file = path.slice(slash + 1);
  const dot = file.lastIndexOf('.');
  const end = dot > 0 ? dot : file.length;
  return { path, folder: path.slice(0, Math.max(0, slash)), name: file.slice(0, end), extension: file.slice(end) };
}

function join(folder: string, file: string): string {
  return folder === '' ? file : `${folder}/${file}`;
}
