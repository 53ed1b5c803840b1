// `npm test`: everything that says whether Askance works, in the order of what it costs.
import { Complaint, main } from './workbench/complaint.ts';
import { runHostTests } from './workbench/hostTests.ts';
import { runMocha, type MochaReport } from './workbench/mochaRun.ts';
import { output, project } from './workbench/paths.ts';
import { buildExtension, runScript } from './workbench/script.ts';
import { glob, rm } from 'node:fs/promises';
import { join } from 'node:path';

await main(async () => {
  await rm(output, { recursive: true, force: true });
  console.log('Types, lint, format …');
  await runScript('check');
  const reports: Record<string, MochaReport> = {};
  const finish = (kind: string, report: MochaReport) => {
    reports[kind] = report;
    if (report.failed > 0 || report.passed === 0) {
      throw new Complaint(`${summary(reports)}\nThe ${kind} tests failed.`);
    }
  };

  console.log('\nUnit tests …');
  finish('unit', await runFiles('test/unit/**/*.test.ts', 60_000));
  console.log('\nBuild …');
  await buildExtension();
  console.log('\nHost tests, in the extension host of a real VS Code …');
  const host = await runHostTests('dropIn');
  console.log(host.text);
  finish('host', host);
  console.log('\nBrowser tests, in its window …');
  // In a window the machine has a word, too: what passes at the second try is told.
  finish('browser', await runFiles('test/workbench/browser/*.test.ts', 120_000, 1));
  console.log(`\n${summary(reports)}`);
});
// What a test left open must not keep the run from ending.
process.exit();

async function runFiles(pattern: string, timeout: number, retries = 0): Promise<MochaReport> {
  const files = await Array.fromAsync(glob(pattern, { cwd: project }));
  return runMocha(
    files.sort().map((file) => join(project, file)),
    { timeout, retries, onLine: (line) => console.log(line) },
  );
}

function summary(reports: Readonly<Record<string, MochaReport>>): string {
  return Object.entries(reports)
    .map(([kind, { passed, failed }]) => `${kind} tests: ${passed} passed, ${failed} failed`)
    .join('\n');
}
