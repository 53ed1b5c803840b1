// `npm run test:browser` and `npm run test:thorough`: the browser tests of a folder alone. A word after `--`: those whose
// file names contain it.
import { Complaint, main } from './complaint.ts';
import { runMocha } from './mochaRun.ts';
import { project } from './paths.ts';
import { buildExtension } from './script.ts';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';

await main(async () => {
  const [folder = 'browser', word = ''] = process.argv.slice(2);
  const files = await Array.fromAsync(glob(`test/workbench/${folder}/*${word}*.test.ts`, { cwd: project }));
  await buildExtension();
  const { passed, failed } = await runMocha(
    files.sort().map((file) => join(project, file)),
    { timeout: 180_000, retries: 1, onLine: (line) => console.log(line) },
  );
  console.log(`Tests in ${folder}/: ${passed} passed, ${failed} failed`);
  if (failed > 0 || passed === 0) throw new Complaint(`The tests in ${folder}/ failed.`);
});
process.exit();
