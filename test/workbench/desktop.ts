// `npm run test:desktop`: the host tests in the desktop VS Code, downloaded by @vscode/test-electron.
import { buildExtension } from './script.ts';
import { Complaint, main } from './complaint.ts';
import { runHostTests } from './hostTests.ts';

await main(async () => {
  await buildExtension();
  const { passed, failed, text } = await runHostTests('desktop');
  console.log(text);
  if (failed > 0 || passed === 0) throw new Complaint(`Host tests: ${passed} passed, ${failed} failed.`);
});
