// `npm test`: everything that says whether Askance works, in the order of what it costs.
import { Complaint, main } from './workbench/complaint.ts';
import { runHostTests } from './workbench/hostTests.ts';
import { inVsCode, type MochaReport } from './workbench/mochaRun.ts';
import { output } from './workbench/paths.ts';
import { runFiles } from './workbench/runFiles.ts';
import { buildExtension, runScript } from './workbench/script.ts';
import { rm } from 'node:fs/promises';

await main(async () => {
  await rm(output, { recursive: true, force: true });
  console.log('Types, lint, format …');
  await runScript('check');
  console.log('\nRegular expressions …');
  await runScript('prove');
  const reports: Record<string, MochaReport> = {};
  const finish = (kind: string, report: MochaReport) => {
    reports[kind] = report;
    if (report.failed > 0 || report.passed === 0) {
      throw new Complaint(`${summary(reports)}\nThe ${kind} tests failed.`);
    }
  };

  console.log('\nUnit tests …');
  finish('unit', await runFiles('test/unit/**/*.test.ts', { timeout: 60_000 }));
  console.log('\nBuild …');
  await buildExtension();
  console.log('\nHost tests, in the extension host of a real VS Code …');
  const host = await runHostTests('dropIn');
  console.log(host.text);
  finish('host', host);
  console.log('\nBrowser tests, in its window …');
  finish('browser', await runFiles('test/workbench/browser/*.test.ts', inVsCode));
  console.log(`\n${summary(reports)}`);
});
// What a test left open must not keep the run from ending.
process.exit();

function summary(reports: Readonly<Record<string, MochaReport>>): string {
  return Object.entries(reports)
    .map(([kind, { passed, failed }]) => `${kind} tests: ${passed} passed, ${failed} failed`)
    .join('\n');
}
