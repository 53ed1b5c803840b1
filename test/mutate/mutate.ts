// `npm run mutate`: changes the code of api/ and prompt/reply place by place and looks whether a unit test notices. At
// least 90 % must be; survivors are listed, with the reason that survivors.json gives. `--group reply` for one group,
// `--every 10` for each tenth mutant.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { Complaint, main } from '../workbench/complaint.ts';
import { project } from '../workbench/paths.ts';
import { filesOf, groups, isGroup } from './groups.ts';
import { instrument } from './instrument.ts';
import { forked, Trials, type Tried } from './trials.ts';

const wanted = 90;
await main(async () => {
  const { values } = parseArgs({ options: { group: { type: 'string' }, every: { type: 'string', default: '1' } } });
  const reasons: Record<string, string> = JSON.parse(
    await readFile(new URL('survivors.json', import.meta.url), 'utf8'),
  );
  for (const group of Object.keys(groups).filter(isGroup)) {
    if (values.group !== undefined && values.group !== group) continue;
    const start = performance.now();
    const mutants = (await mutantsOf(group)).filter((_, index) => index % Number(values.every) === 0);
    const survivors = await survivorsOf(group, mutants);
    for (const { file, line, original, mutated } of survivors) {
      const name = relative(project, file);
      const change = `${shortened(original)} → ${shortened(mutated)}`;
      console.log(`${name}:${line}  ${change}\n    ${reasons[`${name} ${change}`] ?? 'no reason is given'}`);
    }
    const killed = (100 * (mutants.length - survivors.length)) / mutants.length;
    const minutes = ((performance.now() - start) / 60_000).toFixed(1);
    console.log(`${group}: ${killed.toFixed(1)} % of ${mutants.length} mutants are noticed (${minutes} minutes).\n`);
    if (killed < wanted) throw new Complaint(`Less than ${wanted} % of the mutants of ${group} are noticed.`);
  }
});
process.exit();

async function mutantsOf(group: keyof typeof groups): Promise<readonly Tried[]> {
  const worker = forked(group, 'cover');
  const [{ failures, visits }] = (await once(worker, 'message')) as [
    { failures: readonly string[]; visits: [string, string[]][] },
  ];
  if (failures.length > 0) throw new Complaint(`Without any mutant fails:\n${failures.join('\n')}`);
  const titles = new Map(visits);
  const files = await filesOf(groups[group].sources);
  const all = await Promise.all(
    files.map(async (file) => {
      const { mutants } = instrument(file, await readFile(file, 'utf8'));
      return mutants.map((mutant): Tried => {
        const key = `${file} ${mutant.index}`;
        const seen = titles.get(key) ?? [];
        return { ...mutant, file, key, titles: seen.filter((title) => title !== ''), isStatic: seen.includes('') };
      });
    }),
  );
  return all.flat();
}

/** Tries all, some at a time. */
async function survivorsOf(group: keyof typeof groups, mutants: readonly Tried[]): Promise<readonly Tried[]> {
  const waiting = mutants.values();
  const survivors: Tried[] = [];
  let done = 0;
  const work = async (): Promise<void> => {
    await using trials = new Trials(group);
    for (const mutant of waiting) {
      if (!(await trials.kills(mutant))) survivors.push(mutant);
      done += 1;
      if (done % 100 === 0) console.log(`  ${done} of ${mutants.length}, ${survivors.length} survive`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return survivors.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}

function shortened(code: string): string {
  const line = code.replaceAll(/\s+/g, ' ');
  return line.length <= 80 ? line : `${line.slice(0, 77)}…`;
}
