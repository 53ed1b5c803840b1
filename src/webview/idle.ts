/** Milliseconds for which a piece of work waits at most until the page is at rest. */
const patience = 2000;

const waiting = new Set<() => void>();
let planned = false;

/** Does `work` when the page has nothing better to do. */
export function whenIdle(work: () => void): void {
  waiting.add(work);
  plan();
}

function plan(): void {
  if (planned || waiting.size === 0) return;
  planned = true;
  requestIdleCallback(workOff, { timeout: patience });
}

function workOff(deadline: IdleDeadline): void {
  planned = false;
  for (const work of waiting) {
    waiting.delete(work);
    work();
    if (deadline.timeRemaining() < 2) break;
  }
  plan();
}
