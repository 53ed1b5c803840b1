import assert from 'node:assert/strict';
import { growth, type Pump } from '../../linear/growth.ts';
import { patternsOf, patternsOfSources, type Pattern } from '../../linear/patterns.ts';
import { pumpsOf } from '../../linear/pumps.ts';

/** What code does with a pattern: all its places for a global one, else the first. */
function workOf(regex: RegExp): (text: string) => unknown {
  const own = new RegExp(regex);
  return own.global ? (text) => text.replace(own, '') : (text) => own.test(text);
}

/** A text for which the pattern takes more and more time for each character; undefined: none was found. */
function slowText(regex: RegExp): Pump | undefined {
  return pumpsOf(regex).find((pump) => growth(workOf(regex), pump));
}

describe('regular expressions', () => {
  let rooms: Map<string, Pattern[]>;
  before(async () => {
    rooms = Map.groupBy(await patternsOfSources(), ({ place }) => place.split('/', 2)[1] ?? '');
  });

  it('are all found', async () => {
    const file = `
      import type { A } from './a.ts';
      const word = '[a-z]+';
      // linear: it begins where the text begins.
      const named = new RegExp(\`^\${word}$\`, 'i');
      const both = new RegExp(['x' + word, String.raw\`\\d\`].join('|'));
      export const isA = (text: string): boolean => /^a/u.test(text) || new RegExp(named.source).test(text);
      export const isOwn = (text: string, own: string): boolean => RegExp(own).test(text);`;
    const found = (await patternsOf('a.ts', file)).map(({ place, regex, reason }) => [place, String(regex), reason]);
    assert.deepEqual(found, [
      ['a.ts:5', '/^[a-z]+$/i', 'it begins where the text begins.'],
      ['a.ts:6', '/x[a-z]+|\\d/', undefined],
      ['a.ts:7', '/^a/u', undefined],
      ['a.ts:7', '/^[a-z]+$/', undefined],
      ['a.ts:8', 'undefined', undefined],
    ]);
    const view = await patternsOf('a.tsx', 'export const A = () => (\n  <a>{/b/.test("c")}</a>\n);\n');
    assert.deepEqual(
      view.map(({ place, regex }) => [place, String(regex)]),
      [['a.tsx:2', '/b/']],
    );
    assert.ok([...rooms.values()].flat().length > 300);
  });

  it('are known before they are used', () => {
    const unknown = [...rooms.values()].flat().filter(({ regex, reason }) => !regex && reason === undefined);
    assert.deepEqual(
      unknown.map(({ place }) => place),
      [],
    );
  });

  const slow = [
    /^["'(`*]*[\p{L}'’-]+[.,:;!?)"'`*]*$/u,
    /^(?:<!--|\[|\()\s*(.*?)\s*(?:-->|\]|\))$|^%+\s*(.*)$/,
    /\{\s*\/\*+\s*(.*?)\s*\*+\/\s*\}|^pass\s+#+\s*(.*)$/,
    /\[[^\]]+\]\[/,
    /<title[^>]*>([^<]*)<\/title>/i,
    /(`+)(?!`).*?[^`]\1(?!`)|\[(\d{1,3}(?: ?[,;] ?\d{1,3})*)\](?!\()/g,
    /^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/,
    /^[ \t>]*[ \t:|-]*$/,
    /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g,
    /\s+$/,
    /(\d+) tokens/,
    /(a|b|ab)*c/,
    /<(pre|textarea)\b(?![^]*<\/\1>)/i,
  ];
  for (const regex of slow) {
    it(`are seen to be slow: ${String(regex)}`, () => {
      assert.ok(slowText(regex));
    });
  }

  for (const regex of [/^\s*<(?:html|head)\b/i, /[^\s\w]+/g, /(?<!\s)\s+$/, /^[ \t>]*(?:[:|-][ \t:|-]*)?$/]) {
    it(`are not taken for slow: ${String(regex)}`, () => {
      assert.equal(slowText(regex), undefined);
    });
  }

  it('take time in proportion to the text', function () {
    this.timeout(0);
    const found = [...rooms.values()].flat().flatMap(({ place, regex }) => {
      const pump = regex && slowText(regex);
      return pump ? [`${place} ${String(regex)} at ${JSON.stringify(pump)}`] : [];
    });
    assert.deepEqual(found, []);
  });
});
