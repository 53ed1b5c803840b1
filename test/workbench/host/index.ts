// Runs in the extension host of a real VS Code, on the desktop or in the drop-in.
import { inVsCode, runMocha } from '../mochaRun.ts';
import { recordSockets } from './sockets.ts';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { version } from 'vscode';

/**
 * Runs the tests beside this file; the report goes into the file named by `ASKANCE_HOST_REPORT`. `ASKANCE_HOST_ONLY`:
 * those alone whose file name contains it. `ASKANCE_HOST_VERSION`: what VS Code's version must begin with.
 */
export async function run(): Promise<void> {
  const report = process.env['ASKANCE_HOST_REPORT'];
  if (!report) throw new Error('ASKANCE_HOST_REPORT is not set.');
  const wanted = process.env['ASKANCE_HOST_VERSION'] ?? '';
  if (!version.startsWith(wanted)) throw new Error(`This is VS Code ${version}, not ${wanted}.`);
  const only = process.env['ASKANCE_HOST_ONLY'] ?? '';
  const names = (await readdir(__dirname)).filter((name) => name.endsWith('.test.cjs') && name.includes(only)).sort();
  const strangers = recordSockets();
  const { passed, failed, text } = await runMocha(
    names.map((name) => join(__dirname, name)),
    inVsCode,
  );
  const connected = strangers();
  const told = connected.length === 0 ? '' : `\nConnected to what no setting names: ${connected.join(', ')}`;
  const result = { passed, failed: failed + connected.length, text: text + told };
  await writeFile(report, JSON.stringify(result));
  if (result.failed > 0) throw new Error(`${result.failed} host tests failed.`);
}
