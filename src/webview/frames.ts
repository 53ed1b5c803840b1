/** Runs `work` once before the next paint, however often it is asked for; soon, too, where nothing is painted. */
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
    // A hidden page, or a frame that is not displayed, gets no animation frames.
    timer = setTimeout(run, document.hidden ? 0 : 100);
    frame = requestAnimationFrame(run);
  };
}
