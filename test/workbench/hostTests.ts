import { Complaint } from './complaint.ts';
import { newest, oldest, versionOf } from './install.ts';
import { project, sample } from './paths.ts';
import { quietSettings, writeSettings } from './userSettings.ts';
import type { MochaReport } from './mochaRun.ts';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { cp, glob, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const bundles = join(project, 'dist', 'test', 'host');

/**
 * Runs the host tests in a real VS Code.
 * @param where `desktop` downloads VS Code; `dropIn` runs its server and a browser, which npm and the system provide, and
 * `oldest` does so with the oldest VS Code that is supported
 * @param only Part of the names of the test files to run; empty: all
 */
export async function runHostTests(where: 'desktop' | 'dropIn' | 'oldest', only = ''): Promise<MochaReport> {
  await bundleHostTests();
  const home = await mkdtemp(join(tmpdir(), 'askance-host-'));
  try {
    const folder = join(home, 'workspace');
    await cp(sample, folder, { recursive: true });
    const dataDir = join(home, 'data');
    // Each test that asks starts an endpoint of its own.
    await writeSettings(dataDir, quietSettings('http://127.0.0.1:9/v1'));
    const report = join(home, 'report.json');
    const switches = [folder, `--user-data-dir=${dataDir}`, `--extensions-dir=${join(dataDir, 'extensions')}`];
    const failure: unknown = await runTests({
      extensionDevelopmentPath: project,
      extensionTestsPath: join(bundles, 'index.cjs'),
      extensionTestsEnv: {
        ASKANCE_HOST_REPORT: report,
        ASKANCE_HOST_ONLY: only,
        ASKANCE_HOST_VERSION: where === 'desktop' ? '' : versionOf(where === 'oldest' ? oldest : newest),
      },
      ...(where === 'desktop'
        ? { launchArgs: switches }
        : {
            vscodeExecutablePath: process.execPath,
            launchArgs: [
              join(import.meta.dirname, 'dropIn.ts'),
              ...switches,
              ...(where === 'oldest' ? ['--oldest'] : []),
            ],
          }),
    }).then(
      () => undefined,
      (error: unknown) => error,
    );
    return await readReport(report, failure);
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function bundleHostTests(): Promise<void> {
  await rm(bundles, { recursive: true, force: true });
  await build({
    entryPoints: [
      join(project, 'test/workbench/host/index.ts'),
      ...(await Array.fromAsync(glob('test/workbench/host/*.test.ts', { cwd: project }))),
    ],
    absWorkingDir: project,
    outdir: bundles,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}

async function readReport(path: string, failure: unknown): Promise<MochaReport> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) {
    const reason = failure instanceof Error ? failure.message : 'no report';
    throw new Complaint(`The host tests did not finish (${reason}); test/output/host.log says more.`);
  }
  return JSON.parse(text) as MochaReport;
}
