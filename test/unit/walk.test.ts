import assert from 'node:assert/strict';
import { readContributing, sourceFiles, sourceImports } from './sources.ts';

/** Two files that follow each other in a line of the walk, and what stands between them. */
interface Step {
  readonly line: string;
  readonly from: string;
  readonly between: string;
  readonly to: string;
}

describe('the walk of a question in CONTRIBUTING', () => {
  let lines: readonly string[];

  before(async () => {
    const [, walk = ''] = (await readContributing()).split('### The walk of a question\n');
    const [body = ''] = walk.split('\n### ');
    lines = body.split('\n').filter((line) => /^\d+\. /.test(line));
  });

  it('has about ten lines and at most 35 files', () => {
    assert.ok(lines.length >= 8 && lines.length <= 12, `${lines.length} lines`);
    const files = new Set(lines.flatMap((line) => pathsIn(line).map(({ path }) => path)));
    assert.ok(files.size > 20 && files.size <= 35, `${files.size} files`);
  });

  it('goes from each file to one that it imports, or says how the word travels', async () => {
    const imports = await sourceImports(await sourceFiles());
    const known = new Set(imports.map(({ file, target }) => `${file} → ${target}`));
    const wrong = lines.flatMap(stepsIn).filter(({ from, between, to }) => {
      if (between === ' → ') return !known.has(`${from} → ${to}`);
      // What imports the next file need not say how the word gets there.
      if (/^ ⇢ \*[^*]+\* ⇢ $/.test(between)) return known.has(`${from} → ${to}`);
      return between !== '; ';
    });
    assert.deepEqual(wrong, []);
  });

  it('never begins at a file that it has not come to', () => {
    const [first, ...later] = lines.flatMap((line) => [
      ...pathsIn(line).slice(0, 1),
      ...stepsIn(line).flatMap(({ between, to }) => (between === '; ' ? [{ path: to }] : [])),
    ]);
    assert.ok(first);
    const reached = new Set([first.path, ...lines.flatMap(stepsIn).map(({ to }) => to)]);
    assert.deepEqual(
      later.filter(({ path }) => !reached.has(path)),
      [],
    );
  });
});

function stepsIn(line: string): readonly Step[] {
  const paths = pathsIn(line);
  return paths.slice(1).map(({ path, start }, index) => {
    const { path: from, end } = paths[index] ?? { path: '', end: 0 };
    return { line, from, between: line.slice(end, start), to: path };
  });
}

function pathsIn(line: string): readonly { readonly path: string; readonly start: number; readonly end: number }[] {
  return [...line.matchAll(/`([\w/]+\.tsx?)`/g)].map(({ 0: quoted, 1: path = '', index }) => ({
    path,
    start: index,
    end: index + quoted.length,
  }));
}
