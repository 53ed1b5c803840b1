import assert from 'node:assert/strict';
import { Random } from '../../fuzz/random.ts';
import { growth } from '../../linear/growth.ts';
import { patternsOfSources, type Pattern } from '../../linear/patterns.ts';
import { framed, pumpsFor, readers } from '../../linear/readers.ts';

/** What once took minutes, and what models and servers repeat without malice. */
const known = [
  { start: 'Then ', unit: "'", end: '+ foo' },
  { start: '[', unit: ' ', end: 'x' },
  { start: '', unit: '[a', end: '' },
  { start: '', unit: '{/* ', end: '' },
  { start: '', unit: '<title', end: '' },
  { start: 'x', unit: '</s>', end: '' },
  { start: '', unit: '`', end: '' },
  { start: 'x ', unit: ' ', end: '' },
  { start: 'a', unit: '.', end: '' },
  { start: '', unit: '|\n', end: '' },
  { start: '', unit: '*_', end: '' },
  { start: '', unit: '[a](', end: '' },
];
/** UTF-16 code units; enough for work by the square to be noticed. */
const longest = 1 << 12;
/** As many of the other texts for each reader; `npm run fuzz -- --target time` takes all of them. */
const count = 20;

describe('texts of strangers', () => {
  let patterns: readonly Pattern[];
  before(async () => {
    patterns = await patternsOfSources();
  });

  for (const reader of readers) {
    it(`are read in time that is proportional to them: ${reader.name}`, function () {
      this.timeout(0);
      const random = new Random(14);
      const all = pumpsFor(reader, patterns);
      const pumps = [
        ...known.flatMap((pump) => reader.frames.map((frame) => framed(pump, frame))),
        ...Array.from({ length: count }, () => all[random.below(all.length)]).filter((pump) => pump !== undefined),
      ];
      const slow = pumps.filter((pump) => growth(reader.read, pump, longest));
      assert.deepEqual(slow, []);
    });
  }

  it('are seen to be read slowly where each mark at the end is looked for from the beginning', () => {
    const withoutMarks = (text: string): string => {
      let rest = text;
      while (/(?:<\|[\w ]+\|>|<\/s>)$/.test(rest)) rest = rest.replace(/(?:<\|[\w ]+\|>|<\/s>)$/, '');
      return rest;
    };
    const isSeen = (): boolean => growth(withoutMarks, { start: '', unit: '</s>', end: '' }) !== undefined;
    // It may be missed where the machine is busy, but not again and again.
    assert.ok(Array.from({ length: 10 }).some(isSeen));
  });
});
