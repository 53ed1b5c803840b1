import { Complaint } from '../complaint.ts';
import type { MochaReport } from '../mochaRun.ts';
import { project } from '../paths.ts';
import { titles, unit } from './leftOut.ts';
import type { Wine } from './wine.ts';
import { build } from 'esbuild';
import { once } from 'node:events';
import { glob, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What the modules of the project become, since Windows' Node 22 does not know `using`. */
const built = join(project, 'dist', 'test', 'windows');

/** Runs the unit tests with Windows' Node: its paths, its file system, its platform. */
export async function runUnitTests(wine: Wine): Promise<MochaReport> {
  await buildModules();
  const home = await mkdtemp(join(wine.temporary, 'unit-'));
  const [output, report] = [join(home, 'output'), join(home, 'report.json')];
  const inNode = join(import.meta.dirname, 'unitTestsInNode.ts');
  const main = wine.startNode([wine.pathOf(inNode), wine.pathOf(report), JSON.stringify(titles(unit))], {
    output,
    cwd: project,
    env: { ASKANCE_BUILT: wine.pathOf(built) },
  });
  await once(main, 'exit');
  const text = await readFile(report, 'utf8').catch(() => undefined);
  if (text === undefined) throw new Complaint(`The unit tests did not finish.\n${await readFile(output, 'utf8')}`);
  return JSON.parse(text) as MochaReport;
}

async function buildModules(): Promise<void> {
  await rm(built, { recursive: true, force: true });
  await build({
    entryPoints: await Array.fromAsync(glob('{src,test}/**/*.ts', { cwd: project })),
    absWorkingDir: project,
    outbase: project,
    outdir: built,
    target: 'node22',
    format: 'esm',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}
