import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as TreeSitter from '@vscode/tree-sitter-wasm';
import { transform } from 'esbuild';
import { type Code, readCode } from '../../server/code.ts';
import type { Instruction } from '../../server/instruction.ts';
import { languageOf } from '../../server/languages.ts';
import { rewrite } from '../../server/rewrite.ts';

const require = createRequire(import.meta.url);
const treeSitter = require('@vscode/tree-sitter-wasm') as typeof TreeSitter;
const wasmFolder = path.dirname(require.resolve('@vscode/tree-sitter-wasm'));
const workspace = path.join(import.meta.dirname, '../../workspace');

const samples = ['typescript/intervals.ts', 'python/wrap.py', 'go/limiter.go', 'rust/window.rs', 'java/Schedule.java'];

/** How a function stands alone: a method needs its class. */
const alone: Readonly<Record<string, (text: string) => string>> = {
  typescript: (text) =>
    /^(?:export |async )*(?:function|const)\b/m.test(
      text.split('\n').find((line) => !/^\s*(?:\/\*\*| \*|\*)/.test(line)) ?? '',
    )
      ? text
      : `class Sample {\n${text}\n}`,
  java: (text) => `class Sample {\n${text}\n}`,
};

describe('a rewrite by the demo server', () => {
  before(() => treeSitter.Parser.init({ locateFile: () => path.join(wasmFolder, 'tree-sitter.wasm') }));

  for (const sample of samples) {
    const id = path.dirname(sample);
    const language = languageOf(id);
    let code: Code;
    let isValid: (text: string) => Promise<boolean>;

    describe(id, () => {
      before(async () => {
        code = readCode(await readFile(path.join(workspace, sample), 'utf8'), language);
        const grammar = await treeSitter.Language.load(path.join(wasmFolder, `tree-sitter-${id}.wasm`));
        const parser = new treeSitter.Parser();
        parser.setLanguage(grammar);
        isValid = async (text) => {
          if (id === 'typescript') {
            await transform(text, { loader: 'ts' });
          }
          return parser.parse(text)?.rootNode.hasError === false;
        };
      });

      const instructions: readonly Instruction[] = [
        { kind: 'types' },
        { kind: 'comments' },
        { kind: 'withoutComments' },
      ];
      for (const instruction of instructions) {
        it(`${instruction.kind} changes the whole file and leaves it valid`, async () => {
          assert.ok(await isValid(code.text), 'the sample itself is not valid');
          const { text } = rewrite(code, instruction);
          assert.notEqual(text, code.text);
          assert.ok(await isValid(text), text);
        });
      }

      it('leaves each function valid on its own, documented and typed', async () => {
        assert.ok(code.functions.length >= 5);
        for (const one of code.functions) {
          const start = code.text.lastIndexOf('\n', one.start - 1) + 1;
          const end = code.text.indexOf('\n', one.bodyEnd + 1);
          const selection = readCode(code.text.slice(start, end === -1 ? undefined : end), language);
          for (const kind of ['comments', 'types'] as const) {
            const { text } = rewrite(selection, { kind });
            assert.ok(text.includes(one.name));
            assert.ok(await isValid((alone[id] ?? ((same: string) => same))(dedented(text))), text);
          }
        }
      });

      it('renames every use of a function and nothing else', async () => {
        const { name } = code.functions.at(-1)!;
        const fresh = `fresh${Math.random().toString(36).slice(2)}`;
        const { text } = rewrite(code, { kind: 'rename', names: new Map([[name, fresh]]) });
        assert.ok(await isValid(text), text);
        assert.deepEqual(
          readCode(text, language).functions.map(({ name }) => name),
          code.functions.map((one) => (one.name === name ? fresh : one.name)),
        );
        assert.ok(!readCode(text, language).tokens.some((token) => token.kind === 'word' && token.text === name));
      });
    });
  }
});

function dedented(text: string): string {
  const lines = text.split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^\s*/.exec(line)?.[0].length ?? 0);
  return lines.map((line) => line.slice(Math.min(...indents))).join('\n');
}
