/** Most milliseconds that work waits for the page to be idle. */
const patience = 2000;

const waiting = new Set<() => void>();
let planned = false;

/** Runs `work` when the page is idle. */
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
