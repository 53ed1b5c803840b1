import assert from 'node:assert/strict';
import { customRules, readThemeRules, type ThemeRule } from '../../../src/languages/themeRules.ts';

function theme(files: Readonly<Record<string, string>>, path = 'themes/own.json'): Promise<readonly ThemeRule[]> {
  return readThemeRules(path, async (name) => {
    const text = files[name];
    if (text === undefined) throw new Error(`There is no ${name}`);
    return text;
  });
}

describe('the rules of a colour theme', () => {
  it('are read past comments and trailing commas', async () => {
    const text = `{ // mine
      "tokenColors": [{ "scope": ["comment", "string.quoted"], "settings": { "foreground": "#a1b2c3", }, }, ],
    }`;
    assert.deepEqual(await theme({ 'themes/own.json': text }), [
      { scope: ['comment', 'string.quoted'], settings: { foreground: '#A1B2C3' } },
    ]);
  });

  it('follow those of the files that it includes, wherever these lie', async () => {
    const files = {
      'themes/own.json': JSON.stringify({ include: '../base/dark.json', tokenColors: [rule('keyword', '#222222')] }),
      'base/dark.json': JSON.stringify({ include: './root.json', tokenColors: [rule('keyword', '#111111')] }),
      'base/root.json': JSON.stringify({ tokenColors: [rule('keyword', '#000000')] }),
    };
    assert.deepEqual(await theme(files), [
      rule('keyword', '#000000'),
      rule('keyword', '#111111'),
      rule('keyword', '#222222'),
    ]);
  });

  it('end where a file includes itself', async () => {
    const text = JSON.stringify({ include: './own.json', tokenColors: [rule('keyword', '#123456')] });
    assert.deepEqual((await theme({ 'themes/own.json': text })).at(-1), rule('keyword', '#123456'));
  });

  it('come from a TextMate theme, on its own or named by a JSON file', async () => {
    const plist = `<?xml version="1.0"?><plist version="1.0"><dict><key>settings</key><array>
      <dict><key>settings</key><dict><key>foreground</key><string>#ffffff</string></dict></dict>
      <dict><key>scope</key><string>comment</string><key>settings</key>
        <dict><key>fontStyle</key><string>italic</string></dict></dict></array></dict></plist>`;
    const expected = [{ scope: 'comment', settings: { fontStyle: 'italic' } }];
    assert.deepEqual(await theme({ 'old.tmTheme': plist }, 'old.tmTheme'), expected);
    const files = { 'themes/own.json': '{ "tokenColors": "./old.tmTheme" }', 'themes/old.tmTheme': plist };
    assert.deepEqual(await theme(files), expected);
  });

  it('leave out what is not a colour, and write all colours alike', async () => {
    const colors = ['#abc', '#abcd', '#aabbccff', '#aabbcc80', 'red', '#12', '#ab}{'];
    const text = JSON.stringify({ tokenColors: colors.map((color, index) => rule(`scope${index}`, color)) });
    const rules = await theme({ 'themes/own.json': text });
    assert.deepEqual(
      rules.map(({ settings }) => settings.foreground),
      ['#AABBCC', '#AABBCCDD', '#AABBCC', '#AABBCC80'],
    );
  });
});

describe("the user's own colours", () => {
  it('are given by short names or by scopes, the latter last', () => {
    const rules = customRules(
      { textMateRules: [rule('entity.name', '#111111')], comments: '#222222', numbers: { fontStyle: 'bold' } },
      'Any',
    );
    assert.deepEqual(rules, [
      { scope: ['comment', 'punctuation.definition.comment'], settings: { foreground: '#222222' } },
      { scope: ['constant.numeric'], settings: { fontStyle: 'bold' } },
      rule('entity.name', '#111111'),
    ]);
  });

  it('for the theme follow those for every theme; those for another one do not count', () => {
    const customizations = {
      '[Dark+]': { textMateRules: [rule('a', '#111111')] },
      '[Solarized (Dark)][Mono*]': { textMateRules: [rule('b', '#222222')] },
      textMateRules: [rule('c', '#333333')],
    };
    const scopes = (themeId: string) => customRules(customizations, themeId).map(({ scope }) => scope);
    assert.deepEqual(scopes('Dark+'), ['c', 'a']);
    assert.deepEqual(scopes('Darkkk'), ['c']);
    assert.deepEqual(scopes('Solarized (Dark)'), ['c', 'b']);
    assert.deepEqual(scopes('Monokai Dimmed'), ['c', 'b']);
  });

  it('may be anything: a setting is not checked', () => {
    for (const value of [undefined, null, 'red', [1], { comments: 7, textMateRules: [null, { scope: 1 }], '[x]': 2 }]) {
      assert.deepEqual(customRules(value, 'x'), []);
    }
  });
});

function rule(scope: string, foreground: string): ThemeRule {
  return { scope, settings: { foreground } };
}
