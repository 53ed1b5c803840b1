// Runs in Windows' Node: the unit tests but those whose titles are the second argument; the report goes into the first.
import { runMocha } from '../mochaRun.ts';
import { project } from '../paths.ts';
import { glob, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const [report = '', without = '[]'] = process.argv.slice(2);
const files = await Array.fromAsync(glob('test/unit/**/*.test.ts', { cwd: project }));
const result = await runMocha(
  files.sort().map((file) => join(project, file)),
  {
    timeout: 60_000,
    without: JSON.parse(without) as string[],
  },
);
await writeFile(report, JSON.stringify(result));
process.exit();
