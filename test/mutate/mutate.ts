// `npm run mutate`: changes the code of api/ and prompt/reply place by place and looks whether a unit test notices. At
// least 90 % must be, and each survivor needs a reason in survivors.json: file -> reason -> changes, where `…` stands for
// anything. `--group reply` for one group, `--file src/api/url.ts` for one file, `--every 10` for each tenth mutant.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { Complaint, main } from '../workbench/complaint.ts';
import { project } from '../workbench/paths.ts';
import { filesOf, groups, isGroup } from './groups.ts';
import { instrument } from './instrument.ts';
import { Reasons } from './reasons.ts';
import { forked, Trials, type Tried } from './trials.ts';

const wanted = 90;
const { values: options } = parseArgs({
  options: { group: { type: 'string' }, file: { type: 'string' }, every: { type: 'string', default: '1' } },
});
const isPart = options.file !== undefined || options.every !== '1';

await main(async () => {
  const reasons = await Reasons.read();
  const complaints: string[] = [];
  let tried = 0;
  for (const group of Object.keys(groups).filter(isGroup)) {
    if ((options.group ?? group) !== group) continue;
    const sources = (await filesOf(groups[group].sources)).map(nameOf);
    const files = sources.filter((file) => (options.file ?? file) === file);
    if (files.length > 0) complaints.push(...(await tryGroup(group, files, reasons)));
    tried += files.length;
  }
  if (tried === 0) complaints.push('No file of a group in groups.ts is meant by these options.');
  if (complaints.length > 0) throw new Complaint(complaints.join('\n'));
});
process.exit();

/** @returns what is not as it should be. */
async function tryGroup(group: keyof typeof groups, files: readonly string[], reasons: Reasons): Promise<string[]> {
  const start = performance.now();
  const all = (await mutantsOf(group)).filter(({ file }) => files.includes(nameOf(file)));
  // All tests have been run once by now. On a busy machine they take longer, and so may a mutant.
  const patience = Math.max(30_000, 2 * (performance.now() - start));
  const mutants = all.filter((_, index) => index % Number(options.every) === 0);
  const survivors = await survivorsOf(group, mutants, patience);
  let unexplained = 0;
  for (const { file, line, original, mutated } of survivors) {
    const change = `${shortened(original)} → ${shortened(mutated)}`;
    const reason = reasons.of(nameOf(file), change);
    if (reason === undefined) unexplained += 1;
    console.log(`${nameOf(file)}:${line}  ${change}\n    ${reason ?? 'no reason is given'}`);
  }
  const killed = (100 * (mutants.length - survivors.length)) / mutants.length;
  const minutes = ((performance.now() - start) / 60_000).toFixed(1);
  console.log(`${group}: ${killed.toFixed(1)} % of ${mutants.length} mutants are noticed (${minutes} minutes).\n`);
  const unneeded = options.every === '1' ? reasons.unneeded(files) : [];
  if (unneeded.length > 0) console.log(`No survivor needs the reasons for\n${unneeded.join('\n')}\n`);
  return [
    ...(killed < wanted && !isPart ? [`Less than ${wanted} % of the mutants of ${group} are noticed.`] : []),
    ...(unexplained > 0 ? [`No reason is given for ${unexplained} survivors of ${group}.`] : []),
  ];
}

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
async function survivorsOf(
  group: keyof typeof groups,
  mutants: readonly Tried[],
  patience: number,
): Promise<readonly Tried[]> {
  const waiting = mutants.values();
  const survivors: Tried[] = [];
  let done = 0;
  const work = async (): Promise<void> => {
    await using trials = new Trials(group, patience);
    for (const mutant of waiting) {
      if (!(await trials.kills(mutant))) survivors.push(mutant);
      done += 1;
      if (done % 100 === 0) console.log(`  ${done} of ${mutants.length}, ${survivors.length} survive`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return survivors.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}

function nameOf(file: string): string {
  return relative(project, file).replaceAll('\\', '/');
}

function shortened(code: string): string {
  const line = code.replaceAll(/\s+/g, ' ');
  return line.length <= 80 ? line : `${line.slice(0, 77)}…`;
}
