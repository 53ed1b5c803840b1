// `npm run test:host`, `test:desktop`, `test:oldest`: the host tests alone, in the newest VS Code's server, in a downloaded
// desktop VS Code, or in the server of the oldest VS Code that is supported. A word after `--`: those whose file names
// contain it.
import { buildExtension } from './script.ts';
import { Complaint, main } from './complaint.ts';
import { runHostTests } from './hostTests.ts';

await main(async () => {
  const [where, word] = process.argv.slice(2);
  if (where !== 'dropIn' && where !== 'desktop' && where !== 'oldest') {
    throw new Complaint('Usage: hostOnly.ts dropIn|desktop|oldest [word]');
  }
  await buildExtension();
  const { passed, failed, text } = await runHostTests(where, word);
  console.log(text);
  if (failed > 0 || passed === 0) throw new Complaint(`Host tests: ${passed} passed, ${failed} failed.`);
});
