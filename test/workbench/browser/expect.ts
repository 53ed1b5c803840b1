import { setTimeout } from 'node:timers/promises';

/** Resolves when `condition` holds; rejects with `what` after ten seconds. For what emits no event of its own. */
export async function until(what: string, condition: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Not within ten seconds: ${what}`);
    await setTimeout(50);
  }
}
