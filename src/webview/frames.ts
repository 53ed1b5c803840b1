/** Coalesces calls: runs `work` once before the next paint, or soon if nothing is painted. */
export function perFrame(work: () => void): () => void {
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    timer = undefined;
    work();
  };
  return () => {
    if (timer !== undefined) return;
    // A hidden page or a frame that isn't displayed gets no animation frames.
    timer = setTimeout(run, document.hidden ? 0 : 100);
    frame = requestAnimationFrame(run);
  };
}
