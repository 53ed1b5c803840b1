// `npm run fuzz`: new seeds for so many minutes (10; `--minutes 60`), for all targets or one (`--target decoder`). The
// first seed that fails ends it; it belongs into seeds.json, which the unit tests run.
import { parseArgs } from 'node:util';
import { Complaint, main } from '../workbench/complaint.ts';
import { Random } from './random.ts';
import { targets } from './targets.ts';

await main(async () => {
  const { values } = parseArgs({
    options: { minutes: { type: 'string', default: '10' }, target: { type: 'string' }, seed: { type: 'string' } },
  });
  const chosen = targets.filter(({ name }) => values.target === undefined || values.target === name);
  if (chosen.length === 0) throw new Complaint(`The targets are: ${targets.map(({ name }) => name).join(', ')}.`);
  const first = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
  const end = performance.now() + Number(values.minutes) * 60_000;
  let seed = first;
  for (; performance.now() < end; seed += 1) {
    for (const target of chosen) {
      try {
        await target.run(new Random(seed));
      } catch (error) {
        console.error(error);
        throw new Complaint(
          `${target.name} fails with seed ${seed}. Repeat: npm run fuzz -- --target '${target.name}' --seed ${seed}`,
        );
      }
    }
  }
  console.log(
    `${seed - first} seeds from ${first} on, each for ${chosen.map(({ name }) => name).join(', ')}: all held.`,
  );
});
