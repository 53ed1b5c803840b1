/** A case of CommonMark 0.31, 4.5, in words of our own. */
export interface FenceCase {
  readonly rule: string;
  readonly markdown: string;
  /** The code blocks, each with its info string and its lines. */
  readonly blocks: readonly (readonly [info: string, ...lines: readonly string[]])[];
  /** Where one of the two readers differs, and that is meant: models indent fences anyhow, and nest them. */
  readonly only?: 'page' | 'reply';
}

const example = (rule: string, lines: readonly string[], ...blocks: FenceCase['blocks']): FenceCase => ({
  rule,
  markdown: lines.join('\n'),
  blocks,
});

export const fenceCases: readonly FenceCase[] = [
  example('backticks', ['```', '<', ' >', '```'], ['', '<', ' >']),
  example('tildes', ['~~~', '<', ' >', '~~~'], ['', '<', ' >']),
  example('two are too few', ['``', 'foo', '``']),
  example('tildes do not close backticks', ['```', 'aaa', '~~~', '```'], ['', 'aaa', '~~~']),
  example('backticks do not close tildes', ['~~~', 'aaa', '```', '~~~'], ['', 'aaa', '```']),
  example('a longer fence is closed by one as long', ['````', 'aaa', '```', '``````'], ['', 'aaa', '```']),
  example('a longer fence of tildes', ['~~~~', 'aaa', '~~~', '~~~~'], ['', 'aaa', '~~~']),
  example('an empty block', ['```', '```'], ['']),
  example('a block of blank lines', ['```', '', '  ', '```'], ['', '', '  ']),
  example(
    'an info string',
    ['```ruby', 'def foo(x)', '  return 3', 'end', '```'],
    ['ruby', 'def foo(x)', '  return 3', 'end'],
  ),
  example('a longer info string', ['~~~~    ruby startline=3 $%@#$', 'x', '~~~~~~~'], ['ruby startline=3 $%@#$', 'x']),
  example('an info string that is a mark', ['````;', '````'], [';']),
  example('no backtick in the info string of backticks', ['``` aa ```', 'foo']),
  example('backticks and tildes in the info string of tildes', ['~~~ aa ``` ~~~', 'foo', '~~~'], ['aa ``` ~~~', 'foo']),
  example('blanks behind the closing fence', ['```', 'aaa', '```   '], ['', 'aaa']),
  example('blanks inside a fence make it none', ['``` ```', 'aaa']),
  example('the closing fence may be indented', ['```', 'aaa', '  ```'], ['', 'aaa']),
  example('and the opening one', ['   ```', 'aaa', '  ```'], ['', 'aaa']),
  example(
    'the indentation of the fence is taken from the lines',
    ['  ```', '  aaa', '    bbb', '  ```'],
    ['', 'aaa', '  bbb'],
  ),
  example('a closing fence that is indented by four is code', ['```', 'aaa', '    ```', '```'], ['', 'aaa', '    ```']),
  example('a block interrupts a paragraph', ['foo', '```', 'bar', '```', 'baz'], ['', 'bar']),
  example('and stands between headings', ['foo', '---', '~~~', 'bar', '~~~', '# baz'], ['', 'bar']),
  example('two blocks', ['```a', '1', '```', '```b', '2', '```'], ['a', '1'], ['b', '2']),
  {
    ...example('a fence with an info string closes nothing', ['```', '``` aaa', '```'], ['', '``` aaa']),
    only: 'page',
  },
];
