// `npm run fuzz`: new seeds for so many minutes (10; `--minutes 60`), for all targets or one (`--target decoder`). The
// first seed that fails ends it; it belongs into seeds.json, which the unit tests run. Markdown is shown in a browser;
// what fails of it becomes a test of its own.
import { parseArgs } from 'node:util';
import { MarkdownPage } from '../workbench/browser/markdownPage.ts';
import { Complaint, main } from '../workbench/complaint.ts';
import { Random } from './random.ts';
import { targets } from './targets.ts';

const markdown = 'Markdown';
/** Seeds that the browser takes at a time. */
const batch = 100;

await main(async () => {
  const { values } = parseArgs({
    options: { minutes: { type: 'string', default: '10' }, target: { type: 'string' }, seed: { type: 'string' } },
  });
  const isChosen = (name: string): boolean => (values.target ?? name) === name;
  const chosen = targets.filter(({ name }) => isChosen(name));
  const names = chosen.map(({ name }) => name).concat(isChosen(markdown) ? [markdown] : []);
  if (names.length === 0)
    throw new Complaint(`The targets are: ${[...targets.map(({ name }) => name), markdown].join(', ')}.`);
  await using page = isChosen(markdown) ? await MarkdownPage.open() : undefined;
  const first = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
  const end = performance.now() + Number(values.minutes) * 60_000;
  const failed = (name: string, at: number): Complaint =>
    new Complaint(`${name} fails with seed ${at}. Repeat: npm run fuzz -- --target '${name}' --seed ${at}`);
  let next = first;
  for (; performance.now() < end; next += batch) {
    for (let seed = next; seed < next + batch; seed += 1) {
      for (const target of chosen) {
        try {
          await target.run(new Random(seed));
        } catch (error) {
          console.error(error);
          throw failed(target.name, seed);
        }
      }
    }
    const told = await page?.fuzz(next, batch);
    if (told === undefined) continue;
    console.error(told);
    throw failed(markdown, Number(/^seed (\d+)/.exec(told)?.[1] ?? next));
  }
  console.log(`${next - first} seeds from ${first} on, each for ${names.join(', ')}: all held.`);
});
