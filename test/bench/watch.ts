/** What the window's page saw of an answer, in milliseconds since 1970; 0 for what did not happen in time. */
export interface Watched {
  readonly enter: number;
  readonly firstText: number;
  readonly complete: number;
  /** Gaps between animation frames of more than 50 ms, from the first text to completeness. */
  readonly longFrames: number;
  readonly longFramesSum: number;
}

/** How the page finds what is watched: JavaScript expressions. */
export interface Watchable {
  /** The document in which the question is typed and answered; undefined while it is not there. */
  readonly document: string;
  /** A selector of all answers in it. */
  readonly answers: string;
}

const helpers = `
  const now = () => performance.timeOrigin + performance.now();
  const lastOf = (list) => list[list.length - 1];
  // Looks at the last paragraphs alone: reading a whole long answer in every frame would be what is measured.
  const endsWith = (answer, word) => {
    const paragraphs = answer.getElementsByTagName('p');
    for (let i = paragraphs.length - 1; i >= 0 && i >= paragraphs.length - 4; i--)
      if (paragraphs[i].textContent.includes(word)) return true;
    return false;
  };`;

/** An expression for the page: what the watch that was begun there has seen, as a promise. */
export const watched = 'window.askanceWatch';

/**
 * An expression for the page, which begins to watch and resolves at once. `watched` then promises what it sees of the next answer, until that is on the screen to its last word
 * or `limit` milliseconds have passed since Enter. An answer begins with a heading.
 */
export function watchAnswer({ document, answers }: Watchable, lastWord: string, limit: number): string {
  return `void (window.askanceWatch = new Promise((resolve) => {${helpers}
    const seen = { enter: 0, firstText: 0, complete: 0, longFrames: 0, longFramesSum: 0 };
    const place = ${document};
    const before = place.querySelectorAll('${answers}').length;
    // Frames are watched from the next task on: one that is asked for holds back the message of the key.
    const entered = ({ key }) => {
      if (key !== 'Enter' || seen.enter) return;
      seen.enter = now();
      setTimeout(() => requestAnimationFrame(frame));
    };
    place.addEventListener('keydown', entered, { capture: true });
    let last = 0;
    const frame = () => {
      const at = now();
      if (seen.enter && at - seen.enter > ${limit}) return resolve(seen);
      if (seen.firstText) {
        if (at - last > 50) { seen.longFrames += 1; seen.longFramesSum += at - last; }
        last = at;
      }
      const all = place.querySelectorAll('${answers}');
      const answer = all.length > before ? lastOf(all) : undefined;
      if (answer && !seen.firstText && answer.querySelector('h2')?.textContent.trim()) { seen.firstText = at; last = at; }
      if (seen.firstText && endsWith(answer, '${lastWord}')) { seen.complete = at; return resolve(seen); }
      requestAnimationFrame(frame);
    };
  }))`;
}

/** Milliseconds from the click until the end of a conversation is on the screen, and until all of it is in the page. */
export interface Opening {
  readonly seen: number;
  readonly whole: number;
}

/** As `watchAnswer`: an `Opening` that begins with the next click. */
export function watchOpening({ document, answers }: Watchable, count: number, lastWord: string): string {
  return `void (window.askanceWatch = new Promise((resolve) => {${helpers}
    window.addEventListener('mousedown', () => {
      const start = now();
      let shown = false;
      let seen = 0;
      const frame = () => {
        const all = (${document})?.querySelectorAll('${answers}') ?? [];
        // One more frame: that one has been painted.
        if (shown) seen ||= now() - start;
        shown ||= all.length > 0 && endsWith(lastOf(all), '${lastWord}');
        if (seen && all.length === ${count}) return resolve({ seen, whole: now() - start });
        requestAnimationFrame(frame);
      };
      frame();
    }, { capture: true, once: true });
  }))`;
}

/** How smoothly a conversation scrolled past. */
export interface Scrolling {
  readonly framesPerSecond: number;
  /** Gaps between animation frames of more than 50 ms. */
  readonly longFrames: number;
  readonly longest: number;
}

/** As `watchAnswer`: the `Scrolling` of a way from the end of the conversation to its beginning and back. */
export function watchScrolling({ document }: Watchable): string {
  return `void (window.askanceWatch = new Promise((resolve) => {
    const area = (${document}).querySelector('.scroll-area');
    const gaps = [];
    let step = -${scrollStep};
    let last = 0;
    const frame = (at) => {
      if (last) gaps.push(at - last);
      last = at;
      const before = area.scrollTop;
      area.scrollTop += step;
      if (area.scrollTop !== before) return requestAnimationFrame(frame);
      if (step < 0) { step = -step; return requestAnimationFrame(frame); }
      const sum = gaps.reduce((total, gap) => total + gap, 0);
      const longFrames = gaps.filter((gap) => gap > 50).length;
      resolve({ framesPerSecond: (1000 * gaps.length) / sum, longFrames, longest: Math.max(...gaps) });
    };
    requestAnimationFrame(frame);
  }))`;
}

/** Pixels in a frame: as far as a wheel that is spun. */
const scrollStep = 100;

/** Gaps between animation frames, in milliseconds. */
export interface FrameGaps {
  readonly over50: number;
  readonly longest: number;
}

/** As `watchAnswer`: the `FrameGaps` from now to `endFrames`. */
export const watchFrames = `void (window.askanceWatch = new Promise((resolve) => {
    const gaps = { over50: 0, longest: 0 };
    let last = performance.now();
    const frame = () => {
      const at = performance.now();
      if (at - last > 50) gaps.over50 += 1;
      gaps.longest = Math.max(gaps.longest, at - last);
      last = at;
      if (window.askanceEnough) return resolve(gaps);
      requestAnimationFrame(frame);
    };
    window.askanceEnough = false;
    requestAnimationFrame(frame);
  }))`;

/** An expression for the page. */
export const endFrames = 'window.askanceEnough = true';
