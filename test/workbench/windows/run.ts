// `npm run test:windows`: what shows that Askance works on Windows, as Wine shows Windows.
import { Complaint, main } from '../complaint.ts';
import { NotShown } from './installWine.ts';
import { unit } from './leftOut.ts';
import { runUnitTests } from './unitTests.ts';
import { Wine } from './wine.ts';

await main(async () => {
  const wine = await Wine.start().catch((error: unknown) => {
    if (error instanceof NotShown) return error;
    throw error;
  });
  if (wine instanceof NotShown) {
    console.log(`Windows not shown: ${wine.message}`);
    return;
  }
  await using windows = wine;
  console.log('\nUnit tests, on Windows …');
  const { passed, failed, text } = await runUnitTests(windows);
  console.log(text);
  for (const { why, tests } of unit) console.log(`Left out, since ${why}:\n  ${tests.join('\n  ')}`);
  console.log(`\nwindows tests: ${passed} passed, ${failed} failed`);
  if (failed > 0 || passed === 0) throw new Complaint('The windows tests failed.');
});
// What a test left open must not keep the run from ending.
process.exit();
