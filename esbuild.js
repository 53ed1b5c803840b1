// @ts-check
// Builds dist/: the extension's start-up bundle, the packages it loads later, and the page.
import * as esbuild from 'esbuild';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** Too heavy for start-up: each becomes a file of its own that `import()` loads at first use. */
const lazyPackages = ['undici', 'diff'];
const lazyModules = ['highlighter'];
const lazySpecifier = new RegExp(`^(?:\\./)?(${[...lazyPackages, ...lazyModules].join('|')})(?:\\.ts)?$`);
/** What the regular expressions of TextMate grammars run in. */
const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
};

/** @type {import('esbuild').BuildOptions} */
const host = {
  ...common,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  mainFields: ['module', 'main'],
  // `await import()` as require: the extension host loads CommonJS, and require is resolved beside the file.
  supported: { 'dynamic-import': false },
};

/** @returns {import('esbuild').Plugin} */
function lazyFilesBesideBundle() {
  return {
    name: 'lazy-files-beside-bundle',
    setup(build) {
      build.onResolve({ filter: lazySpecifier }, ({ path, kind }) =>
        kind === 'entry-point' ? undefined : { path: path.replace(lazySpecifier, './$1.cjs'), external: true },
      );
    },
  };
}

/**
 * Loading undici replaces the global dispatcher of the whole extension host, through which every other extension's
 * fetch goes. Askance hands each request its own dispatcher, so the global one is kept inside the bundle.
 * @returns {import('esbuild').Plugin}
 */
function privateGlobalDispatcher() {
  return {
    name: 'undici-private-global-dispatcher',
    setup(build) {
      build.onLoad({ filter: /undici[\\/]lib[\\/]global\.js$/ }, () => ({
        loader: 'js',
        contents: `
          const Agent = require('./dispatcher/agent');
          let dispatcher;
          module.exports = {
            getGlobalDispatcher: () => (dispatcher ??= new Agent()),
            setGlobalDispatcher: (agent) => { dispatcher = agent; },
            installedExports: [],
          };`,
      }));
    },
  };
}

/** @type {import('esbuild').BuildOptions[]} */
const builds = [
  {
    ...host,
    entryPoints: { extension: 'src/extension.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    external: ['vscode'],
    plugins: [lazyFilesBesideBundle()],
  },
  {
    ...host,
    entryPoints: Object.fromEntries(lazyPackages.map((name) => [name, name])),
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    sourcemap: false,
    plugins: [privateGlobalDispatcher()],
  },
  {
    ...host,
    entryPoints: Object.fromEntries(lazyModules.map((name) => [name, `src/panel/${name}.ts`])),
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    external: ['vscode'],
  },
  {
    ...common,
    platform: 'browser',
    target: 'chrome140',
    format: 'iife',
    entryPoints: { page: 'src/webview/main.tsx' },
    outdir: 'dist',
    loader: { '.svg': 'text' },
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { 'process.env.NODE_ENV': production ? '"production"' : '"development"' },
  },
];

if (!watch) await rm('dist', { recursive: true, force: true });
await mkdir('dist', { recursive: true });
await copyFile(wasm, 'dist/onig.wasm');
if (watch) {
  await Promise.all(builds.map(async (options) => (await esbuild.context(options)).watch()));
  console.log('Watching.');
} else {
  await Promise.all(builds.map((options) => esbuild.build(options)));
}
