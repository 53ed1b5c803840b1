import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../../src', import.meta.url));

/** What each room of src/ may import: rooms, packages, and modules of Node. `types:` allows `import type` alone. */
const table: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  api: ['shared', 'undici', 'eventsource-parser', 'node:*'],
  prompt: ['api', 'shared', 'diff', 'tokenx'],
  chat: ['api', 'prompt', 'shared', 'node:fs', 'node:fs/promises', 'node:path', 'node:crypto'],
  editor: ['vscode', 'prompt', 'shared', 'types:api', 'diff', 'ignore', 'node:*'],
  panel: ['vscode', 'chat', 'shared', 'vscode-textmate', 'vscode-oniguruma', 'jsonc-parser', 'node:*'],
  webview: ['shared', 'preact', 'preact/hooks', 'marked', 'dompurify', '@vscode/codicons/*', '../media/*', 'temml'],
  endpoint: ['.', 'vscode', 'shared', 'api', 'types:chat', 'jsonc-parser', 'node:*'],
  ask: ['.', 'vscode', 'shared', 'api', 'prompt', 'chat', 'editor', 'panel', 'endpoint', 'node:*'],
  edit: ['.', 'vscode', 'shared', 'api', 'prompt', 'chat', 'editor', 'panel', 'endpoint', 'ask', 'types:actions'],
  actions: ['.', 'vscode', 'shared', 'prompt', 'editor', 'panel', 'endpoint', 'ask', 'edit'],
  /** The files beside the rooms. */
  '.': ['vscode', 'shared', 'api', 'prompt', 'chat', 'editor', 'panel', 'endpoint', 'ask', 'edit', 'actions', 'node:*'],
};

describe('the rooms of src', () => {
  it('import what the table allows, and nothing else', async () => {
    const forbidden: string[] = [];
    let files = 0;
    for await (const file of glob('**/*.{ts,tsx}', { cwd: source })) {
      files++;
      const path = file.replaceAll(sep, '/');
      const room = roomOf(path);
      const allowed = table[room] ?? [];
      for (const { specifier, typeOnly } of imports(await readFile(`${source}/${path}`, 'utf8'))) {
        const target = specifier.startsWith('.') ? roomOf(posix.join(posix.dirname(path), specifier)) : specifier;
        const permitted =
          (target === room && specifier.startsWith('.')) ||
          allowed.some((entry) => matches(entry, target) || (typeOnly && entry === `types:${target}`));
        if (!permitted) forbidden.push(`${path} imports ${specifier}`);
      }
    }
    assert.ok(files > 0);
    assert.deepEqual(forbidden, []);
  });

  it('are all in the table', async () => {
    const rooms = new Set<string>();
    for await (const file of glob('**/*.{ts,tsx}', { cwd: source })) rooms.add(roomOf(file.replaceAll(sep, '/')));
    assert.deepEqual(
      [...rooms].filter((room) => !(room in table)),
      [],
    );
  });
});

/** `api` for `api/client.ts`, `.` for a file beside the rooms, the path itself outside of src. */
function roomOf(path: string): string {
  if (path.startsWith('../')) return path;
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : '.';
}

function matches(entry: string, target: string): boolean {
  return entry === target || (entry.endsWith('*') && target.startsWith(entry.slice(0, -1)));
}

function imports(code: string): { specifier: string; typeOnly: boolean }[] {
  const statements =
    /^(?:(?:import|export)\s(?<clause>[^'"();=]*?)\sfrom|import)\s+'(?<from>[^']+)'|\bimport\('(?<lazy>[^']+)'\)/gm;
  return [...code.matchAll(statements)].map(({ groups = {} }) => ({
    specifier: groups['from'] ?? groups['lazy'] ?? '',
    typeOnly: /^type\b/.test(groups['clause'] ?? ''),
  }));
}
