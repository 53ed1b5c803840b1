import assert from 'node:assert/strict';
import { commandLine, shellCommand } from '../../../src/prompt/shellCommand.ts';
import { shellOf, type Shell } from '../../../src/shared/shell.ts';

const command = (text: string, removed = 0) => ({ kind: 'command', text, removed });

/** What comes into a terminal with that shell. */
function typed(code: string, shell: Shell, terminal = shell) {
  const found = shellCommand(code, shell);
  return found.kind === 'command' ? command(commandLine(found.lines, terminal), found.removed) : found;
}

describe('shellCommand', () => {
  for (const [what, code, shell, expected] of [
    ['one line stays as it is', 'npm ci\n', 'posix', command('npm ci')],
    ['lines run one after the other while none fails', 'cd app\r\n\r\nnpm ci\n', 'posix', command('cd app && npm ci')],
    ['Windows PowerShell has no &&', 'cd app\nnpm ci', 'powershell', command('cd app; npm ci')],
    ['a continued line is one', 'curl \\\n  -s \\\n  localhost', 'posix', command('curl -s localhost')],
    ['an escaped backslash continues nothing', 'echo \\\\\nls', 'posix', command('echo \\\\ && ls')],
    ['PowerShell continues by a backtick', 'ls `\n  -Force', 'powershell', command('ls -Force')],
    ['comments go', '# first\nls\n  # then\npwd', 'posix', command('ls && pwd')],
    [
      'a session keeps what was typed',
      '$ git status\nOn branch main\n$ git log',
      'posix',
      command('git status && git log'),
    ],
    ['prompts with user and place go', 'me@host:~/app$ ls\n', 'posix', command('ls')],
    ['a variable is no prompt', '$HOME/bin/tool --x', 'posix', command('$HOME/bin/tool --x')],
    ['nothing but comments is nothing', '# later\n\n', 'posix', { kind: 'empty' }],
    ['a loop is a script', 'for f in *; do\n  cat "$f"\ndone', 'posix', { kind: 'script' }],
    ['a here-document is a script', 'cat <<EOF\nx\nEOF', 'posix', { kind: 'script' }],
    ['quotes over lines are a script', 'echo "a\nb"', 'posix', { kind: 'script' }],
    ['a comment behind a command would hide the next', 'ls # all\npwd', 'posix', { kind: 'script' }],
    [
      'a loop on one line is a command',
      'for f in *; do cat "$f"; done',
      'posix',
      command('for f in *; do cat "$f"; done'),
    ],
    ['whatever breaks a line breaks it', 'ls\u2028pwd\u0085id\vw', 'posix', command('ls && pwd && id && w')],
    ['a tab asks for no completion', 'ls\t-l', 'posix', command('ls -l')],
    ['an escape sequence cannot press Enter', 'echo a\u001b[201~\u0003\u007f', 'posix', command('echo a[201~', 3)],
    ['nothing hides or turns', 'rm \u202e-fr\u200b /tmp/x', 'posix', command('rm -fr /tmp/x', 2)],
    ['no letter is without a glyph', 'ls \u3164\uffa0\u115f\u2800x', 'posix', command('ls x', 4)],
    ['no payload hides in tags', 'ls \u{e0072}\u{e006d}\u{e0101}', 'posix', command('ls ', 3)],
    ['its end is not pushed out of sight', `ls${' '.repeat(400)}; rm x`, 'posix', command('ls ; rm x')],
    ['its end is not pushed out of sight by tabs', `ls${'\t'.repeat(400)}; rm x`, 'posix', command('ls ; rm x')],
    ['blanks within quotes stay', `echo "a  b"  'c  d'   e\\  f`, 'posix', command(`echo "a  b" 'c  d' e\\  f`)],
  ] as const) {
    it(what, () => assert.deepEqual(typed(code, shell), expected));
  }

  it('never gives a control character', () => {
    const all = Array.from({ length: 0x2070 }, (_, code) => String.fromCharCode(code)).join('');
    const controls = all.replaceAll(/[^\p{Cc}\u2028\u2029]/gu, '');
    for (const shell of ['posix', 'powershell', 'cmd'] as const) {
      const result = typed(`ls${controls.split('').join('x')}`, shell);
      assert.ok('text' in result);
      assert.match(result.text, /^ls[x &;]+$/);
    }
  });

  it('joins commands as the shell in the terminal does, whatever they are written for', () => {
    assert.deepEqual(typed('cd app\nnpm ci', 'posix', 'powershell'), command('cd app; npm ci'));
    assert.deepEqual(typed('cd app\nnpm ci', 'powershell', 'posix'), command('cd app && npm ci'));
  });

  it('takes a path that ends in a backslash for a path where the shell does', () => {
    const code = 'cd "C:\\My code\\"\nnpm ci';
    assert.deepEqual(typed(code, 'powershell'), command('cd "C:\\My code\\"; npm ci'));
    assert.deepEqual(typed(code, 'cmd'), command('cd "C:\\My code\\" && npm ci'));
    assert.deepEqual(typed(code, 'posix'), { kind: 'script' });
    assert.deepEqual(typed('echo "a`"\nb"\nls', 'powershell'), { kind: 'script' });
  });
});

describe('shellOf', () => {
  it('knows the words that models write on fences', () => {
    assert.deepEqual(['bash', 'PowerShell', 'bat', 'python', ''].map(shellOf), [
      'posix',
      'powershell',
      'cmd',
      undefined,
      undefined,
    ]);
  });
});
