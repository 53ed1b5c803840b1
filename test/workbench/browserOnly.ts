// `npm run test:browser` and `npm run test:thorough`: the browser tests of a folder alone. A word after `--`: those whose
// file names contain it.
import { Complaint, main } from './complaint.ts';
import { inVsCode } from './mochaRun.ts';
import { runFiles } from './runFiles.ts';
import { buildExtension } from './script.ts';

await main(async () => {
  const [folder = 'browser', word = ''] = process.argv.slice(2);
  await buildExtension();
  const { passed, failed } = await runFiles(`test/workbench/${folder}/*${word}*.test.ts`, inVsCode);
  console.log(`Tests in ${folder}/: ${passed} passed, ${failed} failed`);
  if (failed > 0 || passed === 0) throw new Complaint(`The tests in ${folder}/ failed.`);
});
process.exit();
