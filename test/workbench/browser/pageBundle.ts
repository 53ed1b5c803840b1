import { build } from 'esbuild';
import { join } from 'node:path';
import { project } from '../paths.ts';

/** Script and style of a file of the project, built as the chat's page is, for a page without VS Code. */
export async function pageBundle(file: string): Promise<{ readonly script: string; readonly style: string }> {
  const { outputFiles } = await build({
    entryPoints: { page: join(project, file) },
    outdir: 'page',
    bundle: true,
    write: false,
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.svg': 'text' },
    logLevel: 'error',
  });
  const text = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { script: text('.js'), style: text('.css') };
}
