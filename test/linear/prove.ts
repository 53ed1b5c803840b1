// `npm run prove`: proves of each regular expression of src/ that it takes time in proportion to the text, or names it. One
// that cannot be proved (recheck knows no lookaround and no back-reference) has its reason in a comment above it:
// `// linear: it begins where the text begins.` The unit tests try all of them.
import { check } from 'recheck';
import { Complaint, main } from '../workbench/complaint.ts';
import { patternsOfSources, type Pattern } from './patterns.ts';

/** Milliseconds for one pattern; on an idle machine the slowest takes a second. */
const longest = 120_000;

await main(async () => {
  const patterns = (await patternsOfSources()).filter(({ reason }) => reason === undefined);
  const distinct = Map.groupBy(patterns, ({ regex }) => String(regex));
  const waiting = [...distinct.values()];
  const found: string[] = [];
  const work = async (): Promise<void> => {
    for (let same = waiting.pop(); same; same = waiting.pop()) {
      const doubt = await doubtOf(same[0]?.regex);
      if (doubt !== undefined) found.push(...same.map(({ place, regex }) => `${place} ${String(regex)}\n  ${doubt}`));
    }
  };
  await Promise.all([work(), work()]);
  if (found.length > 0)
    throw new Complaint(`Not proved to be linear, and without a “// linear:” comment:\n${found.toSorted().join('\n')}`);
  console.log(`${distinct.size} regular expressions are proved to be linear.`);
});
process.exit();

/** Why a pattern is not proved; undefined: it is. */
async function doubtOf(regex: Pattern['regex']): Promise<string | undefined> {
  if (!regex) return 'It is made at run time.';
  const options = { checker: 'automaton', timeout: longest } as const;
  const result = await check(regex.source, regex.flags.replace('v', 'u'), options);
  switch (result.status) {
    case 'safe':
      return undefined;
    case 'vulnerable':
      return `It is slow for ${result.attack.pattern}.`;
    default:
      return `It is not known: ${result.error.kind}.`;
  }
}
