import assert from 'node:assert/strict';
import { Grammars } from '../../../src/languages/grammars.ts';

const builtin = {
  root: 'builtin',
  manifest: {
    contributes: {
      languages: [
        { id: 'python', aliases: ['Python', 'py'], extensions: ['.py', '.pyw'] },
        { id: 'cpp', aliases: ['C++'], extensions: ['.cc'] },
        { id: 'dockerfile', aliases: ['Docker'], filenames: ['Dockerfile'] },
        { id: 'shellscript', extensions: ['.sh'] },
        { id: 'blade', extensions: ['.blade.php'] },
        { id: 'php', extensions: ['.php'] },
        { id: 'plaintext', aliases: ['Plain Text', 'text'], extensions: ['.txt'] },
      ],
      grammars: [
        { language: 'python', scopeName: 'source.python', path: './python.json' },
        { language: 'cpp', scopeName: 'source.cpp', path: './cpp.json' },
        { language: 'dockerfile', scopeName: 'source.dockerfile', path: './docker.json' },
        { language: 'shellscript', scopeName: 'source.shell', path: './shell.json' },
        { language: 'blade', scopeName: 'text.html.php.blade', path: './blade.json' },
        { language: 'php', scopeName: 'text.html.php', path: './php.json' },
        { scopeName: 'documentation.injection', path: './doc.json', injectTo: ['source.python', 'text.html'] },
      ],
    },
  },
};

describe('the name on a code fence', () => {
  const grammars = new Grammars([builtin]);
  const expected: readonly (readonly [name: string, scope: string | undefined])[] = [
    ['python', 'source.python'],
    ['py', 'source.python'],
    ['Python', 'source.python'],
    ['pyw', 'source.python'],
    ['.py', 'source.python'],
    ['src/a b/main.py', 'source.python'],
    ['C++', 'source.cpp'],
    ['cc', 'source.cpp'],
    ['Dockerfile', 'source.dockerfile'],
    ['images/Dockerfile', 'source.dockerfile'],
    ['shell', 'source.shell'],
    ['console', 'source.shell'],
    ['views/a.blade.php', 'text.html.php.blade'],
    ['views/a.b.php', 'text.html.php'],
    ['text', undefined],
    ['txt', undefined],
    ['klingon', undefined],
    ['', undefined],
    ['__proto__', undefined],
    ['constructor', undefined],
  ];
  for (const [name, scope] of expected) {
    it(`${JSON.stringify(name)} means ${scope ?? 'no grammar'}`, () => assert.equal(grammars.scopeOf(name), scope));
  }
});

describe('the installed grammars', () => {
  it('lie where their extensions lie, and a later one takes the place of an earlier one', () => {
    const own = {
      root: 'own',
      manifest: { contributes: { grammars: [{ language: 'python', scopeName: 'source.better', path: './b.json' }] } },
    };
    const grammars = new Grammars([builtin, own]);
    assert.equal(grammars.scopeOf('py'), 'source.better');
    assert.deepEqual(grammars.file('source.better'), { root: 'own', path: './b.json' });
    assert.deepEqual(grammars.file('source.python'), { root: 'builtin', path: './python.json' });
    assert.equal(grammars.file('source.none'), undefined);
  });

  it('are injected into a scope and into all that are a part of it', () => {
    const grammars = new Grammars([builtin]);
    assert.deepEqual(grammars.injections('source.python'), ['documentation.injection']);
    assert.deepEqual(grammars.injections('text.html.php'), ['documentation.injection']);
    assert.deepEqual(grammars.injections('source.cpp'), []);
  });

  it('are read from what any manifest may say', () => {
    const manifests = [undefined, {}, { contributes: { grammars: [null, 1, { scopeName: 's' }], languages: {} } }];
    const grammars = new Grammars(manifests.map((manifest) => ({ root: '', manifest })));
    assert.equal(grammars.scopeOf('s'), undefined);
  });
});
