// `npm run test:desktop`, `npm run test:oldest`: the host tests alone, in a downloaded desktop VS Code, or in the server of
// the oldest VS Code that is supported.
import { buildExtension } from './script.ts';
import { Complaint, main } from './complaint.ts';
import { runHostTests } from './hostTests.ts';

await main(async () => {
  const [where] = process.argv.slice(2);
  if (where !== 'desktop' && where !== 'oldest') throw new Complaint('Usage: hostOnly.ts desktop|oldest');
  await buildExtension();
  const { passed, failed, text } = await runHostTests(where);
  console.log(text);
  if (failed > 0 || passed === 0) throw new Complaint(`Host tests: ${passed} passed, ${failed} failed.`);
});
