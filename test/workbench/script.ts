import { end, spawnOwned } from './childProcess.ts';
import { Complaint } from './complaint.ts';
import { project } from './paths.ts';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';

/** Builds `dist/`. */
export async function buildExtension(): Promise<void> {
  await runNode('esbuild.js');
}

/** Runs a script with this Node, in the project's folder; complains when it fails. */
export async function runNode(script: string, ...args: readonly string[]): Promise<void> {
  await run(process.execPath, [script, ...args], false);
}

/** Runs one of the scripts in package.json; complains when it fails. */
export async function runScript(name: string): Promise<void> {
  await run('npm', ['run', '--silent', name], process.platform === 'win32');
}

async function run(command: string, args: readonly string[], shell: boolean): Promise<void> {
  const bin = join(project, 'node_modules', '.bin');
  const child = spawnOwned(command, args, {
    cwd: project,
    stdio: 'inherit',
    shell,
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH']}` },
  });
  const [code] = await once(child, 'exit');
  await end(child);
  if (code !== 0) throw new Complaint(`${[command, ...args].join(' ')} failed.`);
}
