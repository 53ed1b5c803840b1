import { end, spawnOwned } from './childProcess.ts';
import { once } from 'node:events';
import { existsSync } from 'node:fs';

/** Whether this process may install packages of the system, as root on Debian and its kin. */
export function canInstallPackages(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/** Installs packages of the system; false: that failed. */
export async function installPackages(...names: readonly string[]): Promise<boolean> {
  console.log(`Installing ${names.join(' and ')} with apt-get …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return (
    (await succeeds('apt-get', ['update', '--quiet=2'], env)) &&
    (await succeeds('apt-get', ['install', '--yes', '--quiet=2', '--no-install-recommends', ...names], env))
  );
}

/** Runs a program and shows what it prints; false: it failed or cannot be run. */
export async function succeeds(command: string, args: readonly string[], env = process.env): Promise<boolean> {
  const child = spawnOwned(command, args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
  try {
    const [code] = await once(child, 'exit');
    return code === 0;
  } catch {
    return false;
  } finally {
    await end(child);
  }
}
