// @ts-check
// Builds dist/: the extension's start-up file, those that it loads later, and the page.
import * as esbuild from 'esbuild';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** What the regular expressions of TextMate grammars run in. */
const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');

/** CommonJS packages in the bundle require Node's modules. */
const requireBanner = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
};

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

/**
 * Icons are drawn a few pixels large: a hundredth of one is exact enough, and what is the same for all of them stands in
 * the style sheet.
 * @returns {import('esbuild').Plugin}
 */
function smallIcons() {
  return {
    name: 'small-icons',
    setup(build) {
      build.onLoad({ filter: /\.svg$/ }, async ({ path }) => ({
        loader: 'text',
        contents: (await readFile(path, 'utf8'))
          .trim()
          .replace(/ (?:width|height|xmlns|fill)="[^"]*"(?=[^<>]*><path)/g, '')
          .replace(/\d+\.\d{3,}/g, (number) => String(Number(Number(number).toFixed(2))))
          .replace(/ (?=[A-Z])/g, ''),
      }));
    },
  };
}

/**
 * What start-up does not need stands behind `import()` in the sources and becomes a file of its own.
 * @type {import('esbuild').BuildOptions}
 */
const host = {
  ...common,
  platform: 'node',
  target: 'node22',
  format: 'esm',
  splitting: true,
  mainFields: ['module', 'main'],
  // A thread begins with a file of its own.
  entryPoints: { extension: 'src/extension.ts', certificatesWorker: 'src/network/certificatesWorker.ts' },
  outdir: 'dist',
  chunkNames: '[name]-[hash]',
  external: ['vscode'],
  banner: { js: requireBanner },
  plugins: [privateGlobalDispatcher()],
  // As Node.js does for its own build of undici: its second, experimental parser of HTTP stays out.
  define: { esbuildDetection: 'true' },
};

/** @type {import('esbuild').BuildOptions} */
const page = {
  ...common,
  platform: 'browser',
  target: 'chrome140',
  format: 'esm',
  // What the page seldom needs is a file of its own, loaded by `import()`.
  splitting: true,
  chunkNames: 'page-[name]-[hash]',
  entryPoints: { page: 'src/webview/main.tsx' },
  outdir: 'dist',
  plugins: [smallIcons()],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  define: { 'process.env.NODE_ENV': production ? '"production"' : '"development"' },
};

const builds = [host, page];

if (!watch) await rm('dist', { recursive: true, force: true });
await mkdir('dist', { recursive: true });
await copyFile(wasm, 'dist/onig.wasm');
if (watch) {
  await Promise.all(builds.map(async (options) => (await esbuild.context(options)).watch()));
  console.log('Watching.');
} else {
  await Promise.all(builds.map((options) => esbuild.build(options)));
  if (production) await dropUnusedBanners();
}

/** The bundler puts the banner into every file, and few of them require anything. */
async function dropUnusedBanners() {
  for (const name of (await readdir('dist')).filter((file) => file.endsWith('.js'))) {
    const code = await readFile(`dist/${name}`, 'utf8');
    const rest = code.startsWith(requireBanner) ? code.slice(requireBanner.length).trimStart() : code;
    if (rest !== code && !/\brequire\b/.test(rest)) await writeFile(`dist/${name}`, rest);
  }
}
