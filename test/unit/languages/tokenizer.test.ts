import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import oniguruma from 'vscode-oniguruma';
import textmate, { type IOnigLib } from 'vscode-textmate';
import { Tokenizer } from '../../../src/languages/tokenizer.ts';
import type { Colors } from '../../../src/shared/protocol.ts';

const grammar = {
  scopeName: 'source.toy',
  patterns: [
    { name: 'comment.block', begin: '/\\*', end: '\\*/' },
    { name: 'keyword', match: '\\blet\\b' },
    { name: 'constant.numeric', match: '\\d' },
  ],
};

const theme = [
  { scope: 'comment', settings: { foreground: '#00AA00', fontStyle: 'italic' } },
  { scope: 'keyword', settings: { foreground: '#0000FF', fontStyle: 'bold underline' } },
];

describe('the colours of a code block', () => {
  let onigLib: Promise<IOnigLib>;

  before(() => {
    onigLib = loadOniguruma();
  });

  it('are those that the theme gives to what the grammar finds', async () => {
    const colors = await toy().tokenize(1, 'source.toy', 0, ['let a /* b */ = 1;', '', 'a']);
    assert.deepEqual(shown(colors, ['let a /* b */ = 1;', '', 'a']), [
      ['let #0000FF 6', ' a   0', '/* b */ #00AA00 1'],
      [],
      [],
    ]);
  });

  it('go on from line to line, however the lines are handed over', async () => {
    const lines = ['/* a', 'b', 'c */ let'];
    const tokenizer = toy();
    const first = await tokenizer.tokenize(1, 'source.toy', 0, lines.slice(0, 1));
    await tokenizer.tokenize(2, 'source.toy', 0, ['let']);
    const rest = await tokenizer.tokenize(1, 'source.toy', 1, lines.slice(1));
    const together = shown(await toy().tokenize(1, 'source.toy', 0, lines), lines);
    assert.deepEqual([...shown(first, lines.slice(0, 1)), ...shown(rest, lines.slice(1))], together);
    assert.deepEqual(together[1], ['b #00AA00 1']);
  });

  it('begin anew with the block', async () => {
    const tokenizer = toy();
    await tokenizer.tokenize(1, 'source.toy', 0, ['/*']);
    assert.deepEqual(shown(await tokenizer.tokenize(1, 'source.toy', 0, ['let']), ['let']), [['let #0000FF 6']]);
  });

  it('change with the theme', async () => {
    const tokenizer = toy();
    await tokenizer.tokenize(1, 'source.toy', 0, ['let']);
    tokenizer.setTheme([{ scope: 'keyword', settings: { foreground: '#FF000080' } }]);
    assert.deepEqual(shown(await tokenizer.tokenize(1, 'source.toy', 0, ['let']), ['let']), [['let #FF000080 0']]);
  });

  it('are none where there is no grammar', async () => {
    await assert.rejects(toy().tokenize(1, 'source.other', 0, ['let']));
  });

  it('leave a very long line plain, and go on after it', async () => {
    const lines = ['/*', `*/${'let '.repeat(5001)}`, 'let'];
    assert.deepEqual(shown(await toy().tokenize(1, 'source.toy', 0, lines), lines).slice(1), [[], ['let #00AA00 1']]);
  });

  it('leave a block plain that takes too long', async () => {
    const tokenizer = toy(-1);
    assert.deepEqual((await tokenizer.tokenize(1, 'source.toy', 0, ['let', '/*', 'let'])).lines, [[], [], []]);
  });

  function toy(lineTime?: number): Tokenizer {
    const source = {
      load: async (scope: string) =>
        scope === 'source.toy' ? textmate.parseRawGrammar(JSON.stringify(grammar), 'toy.json') : undefined,
      injections: () => [],
    };
    const tokenizer = new Tokenizer(onigLib, source, lineTime);
    tokenizer.setTheme(theme);
    return tokenizer;
  }
});

/** Of each line its runs, with their colours and font styles. */
function shown(colors: Colors, lines: readonly string[]): string[][] {
  return colors.lines.map((runs, index) => {
    let at = 0;
    return runs.map(([length, color, fontStyle]) => {
      const text = lines[index]!.slice(at, at + length);
      at += length;
      return `${text} ${color === 0 ? '' : colors.colors[color - 1]} ${fontStyle}`;
    });
  });
}

async function loadOniguruma(): Promise<IOnigLib> {
  await oniguruma.loadWASM(await readFile(new URL(import.meta.resolve('vscode-oniguruma/release/onig.wasm'))));
  return {
    createOnigScanner: (patterns) => oniguruma.createOnigScanner(patterns),
    createOnigString: (text) => oniguruma.createOnigString(text),
  };
}
