import assert from 'node:assert/strict';
import { readContributing, sourceFiles, sourceImports, type Import } from './sources.ts';

describe('the rooms of src', () => {
  let table: ReadonlyMap<string, readonly string[]>;
  let files: readonly string[];
  let imports: readonly Import[];

  before(async () => {
    table = readTable(await readContributing());
    files = await sourceFiles();
    imports = await sourceImports(files);
  });

  it('import only what the table in CONTRIBUTING allows', () => {
    const forbidden = imports.filter(({ file, target, isFile, typeOnly }) => {
      const room = roomOf(file);
      const imported = isFile ? roomOf(target) : target;
      if (isFile && imported === room) return false;
      const allowed = table.get(room) ?? [];
      return !allowed.some((entry) => matches(entry, imported) || (typeOnly && entry === `types:${imported}`));
    });
    assert.deepEqual(forbidden.map(worded), []);
  });

  it('are all in the table, and the table has no other', () => {
    assert.deepEqual([...new Set(files.map(roomOf))].sort(), [...table.keys()].sort());
  });

  it('never import each other', () => {
    const rooms = new Set(
      imports.filter(({ isFile }) => isFile).map(({ file, target }) => `${roomOf(file)} ${roomOf(target)}`),
    );
    const mutual = [...rooms].filter((pair) => {
      const [from = '', to = ''] = pair.split(' ');
      return from < to && rooms.has(`${to} ${from}`);
    });
    assert.deepEqual(mutual, []);
  });

  it('have no circle of files, not even of types', () => {
    const targets = Map.groupBy(
      imports.filter(({ isFile }) => isFile),
      ({ file }) => file,
    );
    const graph = new Map(
      [...targets].map(([file, fileImports]) => [file, fileImports.map(({ target }) => target)] as const),
    );
    assert.deepEqual(circlesIn(graph), []);
  });
});

/** The first circle that each file closes, as the files from it back to itself. */
function circlesIn(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const circles: (readonly string[])[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) circles.push(path.slice(start));
    if (start >= 0 || done.has(file)) return;
    for (const target of graph.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return circles;
}

/** Reads the table of rooms: the row `src/*.ts` stands for `.`, and "everything but `webview`" for all other rooms. */
function readTable(document: string): ReadonlyMap<string, readonly string[]> {
  const [, body = ''] = document.split(/^\| room \| may import \|\n\|[-|]+\n/m);
  const [lines = ''] = body.split('\n\n');
  const rows = lines.split('\n').map((line) => {
    const [, room = '', allowed = ''] = line.split('|').map((cell) => cell.trim().replaceAll('`', ''));
    return [room === 'src/*.ts' ? '.' : room, allowed.split(', ')] as const;
  });
  const rooms = rows.map(([room]) => room);
  const entries = (allowed: readonly string[]): readonly string[] =>
    allowed.flatMap((entry) => {
      if (entry === 'nothing') return [];
      if (entry === 'everything but webview') return rooms.filter((room) => room !== 'webview');
      return [entry];
    });
  return new Map(rows.map(([room, allowed]) => [room, entries(allowed)]));
}

/** `api` for `api/client.ts`, `.` for a file beside the rooms, the path itself outside of src. */
function roomOf(path: string): string {
  if (path.startsWith('../')) return path;
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : '.';
}

function matches(entry: string, target: string): boolean {
  return entry === target || (entry.endsWith('*') && target.startsWith(entry.slice(0, -1)));
}

function worded({ file, target }: Import): string {
  return `${file} imports ${target}`;
}
