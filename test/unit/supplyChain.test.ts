import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { bundledPackages } from '../../notices.js';

const root = new URL('../../', import.meta.url);

interface Package {
  readonly name: string;
  readonly license: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly integrity?: string; readonly link?: boolean }>>;
}

/** Licences that ask for no more than to be named. */
const permissive = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  '(MPL-2.0 OR Apache-2.0)',
  'CC-BY-4.0',
]);

describe('what Askance is made of', () => {
  it('installs nothing at run time, and gives a reason for each package that it builds with', async () => {
    const { dependencies, devDependencies = {} } = await readJson<Package>('package.json');
    assert.equal(dependencies, undefined);
    const table = (await readFile(new URL('CONTRIBUTING.md', root), 'utf8')).split('## Dependencies')[1] ?? '';
    const reasons = [...table.matchAll(/^\|([^|]*)\|([^|]*)\|$/gm)];
    const explained = reasons.filter(([, , why = '']) => why.trim().length > 10).map(([, names = '']) => names);
    const without = Object.keys(devDependencies).filter(
      (name) => !explained.some((names) => names.split(/[\s,()]+/).includes(name)),
    );
    assert.deepEqual(without, []);
  });

  it('bundles packages under permissive licences alone', async () => {
    const packages = await Promise.all(
      (await bundledPackages()).map((folder) => readJson<Package>(`${folder}/package.json`)),
    );
    assert.ok(packages.length > 5);
    assert.deepEqual(
      packages.filter(({ license }) => !permissive.has(license)).map(({ name, license }) => `${name}: ${license}`),
      [],
    );
  });

  it('is locked: each package by the hash of its content', async () => {
    const { packages } = await readJson<Lock>('package-lock.json');
    const unlocked = Object.entries(packages).filter(
      ([path, { integrity }]) => path !== '' && !integrity?.startsWith('sha512-'),
    );
    assert.deepEqual(
      unlocked.map(([path]) => path),
      [],
    );
    assert.ok(Object.keys(packages).length > 100);
  });

  it('evaluates no text as code and reports to nobody', async () => {
    const found: string[] = [];
    for await (const file of glob('src/**/*.{ts,tsx}', { cwd: root })) {
      const code = await readFile(new URL(file, root), 'utf8');
      const match =
        /\beval\b|\bnew Function\b|\bnode:vm\b|createTelemetryLogger|\bmachineId\b|\bsessionId\b|isTelemetryEnabled/.exec(
          code,
        );
      if (match) found.push(`${file}: ${match[0]}`);
    }
    assert.deepEqual(found, []);
  });
});

async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(new URL(path, root), 'utf8'));
}
