import assert from 'node:assert/strict';
import { changedFiles } from '../../../src/context/changedFiles.ts';

describe('the files of a diff', () => {
  const hunk = '@@ -1 +1 @@\n-diff --git a/not b/not\n--- not\n+TOKEN=1\n';
  const cases: Readonly<Record<string, readonly [diff: string, path: string]>> = {
    'as git names them': [
      'diff --git a/src/.env b/src/.env\nindex 1..2 100644\n--- a/src/.env\n+++ b/src/.env\n',
      'src/.env',
    ],
    'with prefixes that say what is compared': [
      'diff --git i/.env w/.env\nindex 1..2\n--- i/.env\n+++ w/.env\n',
      '.env',
    ],
    'without prefixes': ['diff --git conf/.env conf/.env\n--- conf/.env\n+++ conf/.env\n', 'conf/.env'],
    'with prefixes of the user': ['diff --git old/.env after/.env\n--- old/.env\n+++ after/.env\n', 'after/.env'],
    'of a conflict': ['diff --cc .env\nindex 1,2..3\n--- a/.env\n+++ b/.env\n', '.env'],
    'with blanks': ['diff --git a/my keys/id.pem b/my keys/id.pem\n--- a/my keys/id.pem\t\n', 'my keys/id.pem'],
    'with letters in octal': [
      'diff --git "a/schl\\303\\274ssel \\"x\\".pem" "b/schl\\303\\274ssel \\"x\\".pem"\n',
      'schlüssel "x".pem',
    ],
    'that got another name': [
      'diff --git a/settings b/conf/.env\nsimilarity index 90%\nrename from settings\nrename to conf/.env\n',
      'conf/.env',
    ],
    'that are new': ['diff --git a/.env b/.env\nnew file mode 100644\n--- /dev/null\n+++ b/.env\n', '.env'],
    'of which only the mode changed': ['diff --git a/.env b/.env\nold mode 100644\nnew mode 100755\n', '.env'],
  };
  for (const [name, [diff, path]] of Object.entries(cases)) {
    it(`are known ${name}, the one behind others too`, () => {
      const first = `diff --git a/a.ts b/a.ts\n--- a/a.ts\n+++ b/a.ts\n${hunk}`;
      const files = changedFiles(`${first}${diff}${hunk}`);
      assert.ok(files.includes(path) && files.includes('a.ts'), files.join());
      assert.ok(!files.some((file) => file.includes('not')), files.join());
    });
  }
});
