import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';

const running = new Set<ChildProcess>();
let endsWithThisProcess = false;

/**
 * Starts a process that does not outlive this one: it leads a process group, which ends with it, however this process
 * ends (SIGKILL apart).
 */
export function spawnOwned(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  if (!endsWithThisProcess) endWithThisProcess();
  const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
  running.add(child);
  child.once('error', () => running.delete(child));
  return child;
}

/** Ends the process and its group; resolves when it is gone, after at most five seconds. */
export async function end(child: ChildProcess): Promise<void> {
  if (!running.has(child)) return;
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    const insist = setTimeout(() => signal(child, 'SIGKILL'), 5000);
    signal(child, 'SIGTERM');
    await exited;
    clearTimeout(insist);
  }
  // What the leader left behind in its group.
  signal(child, 'SIGKILL');
  running.delete(child);
}

function endWithThisProcess(): void {
  endsWithThisProcess = true;
  process.once('exit', () => {
    for (const child of running) signal(child, 'SIGKILL');
  });
  for (const [name, code] of [['SIGINT', 130] as const, ['SIGTERM', 143] as const, ['SIGHUP', 129] as const]) {
    process.once(name, () => process.exit(code));
  }
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
