// `npm run test:browser`: the browser tests alone. A word after `--`: those whose file names contain it.
import { Complaint, main } from './complaint.ts';
import { runMocha } from './mochaRun.ts';
import { project } from './paths.ts';
import { buildExtension } from './script.ts';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';

await main(async () => {
  const [word = ''] = process.argv.slice(2);
  const files = await Array.fromAsync(glob(`test/workbench/browser/*${word}*.test.ts`, { cwd: project }));
  await buildExtension();
  const { passed, failed } = await runMocha(
    files.sort().map((file) => join(project, file)),
    { timeout: 180_000, onLine: (line) => console.log(line) },
  );
  if (failed > 0 || passed === 0) throw new Complaint(`Browser tests: ${passed} passed, ${failed} failed.`);
});
process.exit();
