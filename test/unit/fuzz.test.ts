import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Random } from '../fuzz/random.ts';
import { targets } from '../fuzz/targets.ts';

/** Seeds that once failed: name of the target -> seeds. */
const failed: Readonly<Record<string, readonly number[]>> = JSON.parse(
  readFileSync(new URL('../fuzz/seeds.json', import.meta.url), 'utf8'),
);
/** A few hundred inputs a target; `npm run fuzz` runs new ones for as long as one likes. */
const count = 300;

describe('hostile input', () => {
  for (const target of targets) {
    it(`does no harm: ${target.name}`, async () => {
      const seeds = [...(failed[target.name] ?? []), ...Array.from({ length: count }, (_, index) => index + 1)];
      for (const seed of seeds) {
        try {
          await target.run(new Random(seed));
        } catch (error) {
          assert.fail(`seed ${seed}: ${error instanceof Error ? error.stack : String(error)}`);
        }
      }
    });
  }

  it('that once did harm belongs to a target', () => {
    const names = new Set(targets.map(({ name }) => name));
    assert.deepEqual(
      Object.keys(failed).filter((name) => !names.has(name)),
      [],
    );
  });
});
