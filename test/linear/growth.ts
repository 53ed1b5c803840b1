/** A text as long as one likes: `unit` again and again between `start` and `end`. */
export interface Pump {
  readonly start: string;
  readonly unit: string;
  readonly end: string;
}

/** @param size UTF-16 code units, about. */
function pumped({ start, unit, end }: Pump, size: number): string {
  return start + unit.repeat(Math.ceil(size / unit.length)) + end;
}

/** Milliseconds of work below which times say nothing. They decide what is looked at, never what fails. */
const measurable = 1.5;
/** From a text to one four times as long: linear work grows by 4, work by the square by 16, by the cube by 64. */
const step = 4;
const tooMuch = 9;
/** Where nothing but the cube of the text grows so. */
const farTooMuch = 32;

/**
 * Whether the work grows faster than the text: it must do so over three steps in a row, for a garbage collector makes a
 * step of its own, and at each of three attempts.
 * @param longest UTF-16 code units up to which it is tried.
 * @returns The growth over each step; undefined: linear.
 */
export function growth(work: (text: string) => unknown, pump: Pump, longest = 1 << 14): readonly number[] | undefined {
  const shortest = measurableSize(work, pump, longest);
  if (shortest === undefined) return undefined;
  // What a text costs at least may hide at first what each of its characters costs.
  for (let size = shortest; size <= longest; size *= step) {
    for (let attempt = 1; ; attempt += 1) {
      const growths = growthsFrom(work, pump, size);
      if (growths.some((one) => one < tooMuch)) break;
      if (attempt === 3) return growths;
    }
  }
  return undefined;
}

function growthsFrom(work: (text: string) => unknown, pump: Pump, size: number): readonly number[] {
  const growths: number[] = [];
  for (const length of [size, 2 * size, 4 * size]) {
    growths.push(growthTo(work, pump, length));
    if (growths.some((one) => one < tooMuch) || growths.filter((one) => one > farTooMuch).length > 1) break;
  }
  return growths;
}

/** About the shortest text whose work can be measured; undefined: none up to the longest takes long. */
function measurableSize(work: (text: string) => unknown, pump: Pump, longest: number): number | undefined {
  for (let size = 32; size <= longest; size *= 8) {
    if (cpuTime(work, pumped(pump, size)) < measurable) continue;
    let shortest = size;
    while (shortest > 32 && cpuTime(work, pumped(pump, shortest / 2)) >= measurable) shortest /= 2;
    return shortest;
  }
  return undefined;
}

/** How many times as long the work takes for a text four times as long; 0 where that cannot be measured. */
function growthTo(work: (text: string) => unknown, pump: Pump, size: number): number {
  const [short, long] = [pumped(pump, size / step), pumped(pump, size)];
  const times = Array.from({ length: 2 }, () => ({ short: cpuTime(work, short), long: cpuTime(work, long) }));
  const longest = Math.min(...times.map((time) => time.long));
  return longest < measurable / 2 ? 0 : longest / Math.min(...times.map((time) => time.short));
}

/** Milliseconds of this process, which others on the machine do not lengthen. */
function cpuTime(work: (text: string) => unknown, text: string): number {
  const before = process.cpuUsage();
  work(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
