import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { startUpFiles } from '../bench/sizes.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

/** Ways to run a text, as they stand in code that was made small. */
const evaluation =
  /(?<![\w$])(?:eval|Function)\s*[(`]|["'](?:node:)?(?:vm|inspector|repl)["']|\bset(?:Timeout|Interval)\(["'`].{0,40}/g;

describe('the built extension', () => {
  let home: string;
  let dist: string;

  before(async function () {
    this.timeout(20_000);
    home = await mkdtemp(join(tmpdir(), 'askance-build-'));
    dist = join(home, 'dist');
    for (const name of ['src', 'media', 'package.json', 'esbuild.js'])
      await cp(join(root, name), join(home, name), { recursive: true });
    await symlink(join(root, 'node_modules'), join(home, 'node_modules'), 'junction');
    await run(process.execPath, ['esbuild.js', '--production'], { cwd: home });
  });
  after(() => rm(home, { recursive: true, force: true }));

  it('starts with a bundle of at most 128 KB that holds neither undici, the client nor the highlighter', async () => {
    const files = await startUpFiles(dist);
    const code = (await Promise.all(files.map((name) => readFile(join(dist, name), 'utf8')))).join('');
    assert.ok(code.length <= 128_000, `${code.length} bytes`);
    assert.ok(!code.includes('undici.globalDispatcher'));
    assert.ok(!code.includes('tokenizeLine2'));
    assert.ok(!code.includes('text/event-stream'));
    assert.ok((await readFile(await lazyFile('highlighter'), 'utf8')).includes('tokenizeLine2'));
    assert.ok((await stat(join(dist, 'onig.wasm'))).size > 0);
  });

  it('reads HTTP/1 with one parser, which no environment variable exchanges', async () => {
    const code = await readFile(await lazyFile('undici'), 'utf8');
    assert.ok(code.includes('llhttp_execute'));
    assert.ok(!code.includes('UNDICI_USE_MILO'));
  });

  it('shows a page whose script has at most 130 KB, without what reads Markdown and typesets formulas', async () => {
    const file = join(dist, 'page.js');
    const first = await readFile(file, 'utf8');
    assert.ok((await stat(file)).size <= 130_000, `${first.length} bytes`);
    // What it imports at once would be a part of it.
    assert.doesNotMatch(first, /(?:^|[;}])import\s*["'{*\w]/);
    const isTypesetter = (code: string): boolean => code.includes('\\mathbb');
    assert.ok(!isTypesetter(first));
    assert.ok(!first.includes('user-content-'), 'the sanitizer is loaded later');
    const parts = (await readdir(dist)).filter((name) => /^page-.*\.js$/.test(name));
    const texts = await Promise.all(parts.map((name) => readFile(join(dist, name), 'utf8')));
    assert.equal(texts.filter(isTypesetter).length, 1);
  });

  it('evaluates no text as code, in the code of its libraries neither', async () => {
    const found: string[] = [];
    for (const name of (await readdir(dist)).filter((file) => file.endsWith('.js'))) {
      const code = await readFile(join(dist, name), 'utf8');
      for (const [match] of code.matchAll(evaluation)) found.push(`${name}: ${match}`);
    }
    assert.deepEqual(found, []);
  });

  it('leaves no global dispatcher behind when undici is loaded', async () => {
    assert.deepEqual(await symbolsAfter(''), { before: [false, false], after: [false, false], same: true });
  });

  it("leaves the built-in fetch's dispatcher alone when undici is loaded after it was used", async () => {
    const { after, same } = await symbolsAfter(
      "await fetch('data:,x'); await fetch('http://127.0.0.1:9').catch(() => 0);",
    );
    assert.ok(after.includes(true), 'the built-in fetch has a dispatcher');
    assert.ok(same);
  });

  async function lazyFile(name: string): Promise<string> {
    const found = (await readdir(dist)).find((file) => file.startsWith(`${name}-`) && file.endsWith('.js'));
    assert.ok(found, `dist has no file for ${name}`);
    return join(dist, found);
  }

  /** Runs `first` in a fresh process, loads undici's bundle, and tells which global dispatchers exist before and after. */
  async function symbolsAfter(first: string): Promise<{ before: boolean[]; after: boolean[]; same: boolean }> {
    const script = `(async () => {
      const keys = [1, 2].map((version) => Symbol.for('undici.globalDispatcher.' + version));
      const read = () => keys.map((key) => globalThis[key]);
      ${first}
      const before = read();
      const { Agent } = await import(${JSON.stringify(pathToFileURL(await lazyFile('undici')).href)});
      if (typeof Agent !== 'function') throw new Error('not undici');
      const after = read();
      const exists = (value) => value !== undefined;
      console.log(JSON.stringify({ before: before.map(exists), after: after.map(exists), same: before.every((value, i) => value === after[i]) }));
    })();`;
    const { stdout } = await run(process.execPath, ['--no-warnings', '--input-type=commonjs', '-e', script]);
    return JSON.parse(stdout);
  }
});
