/** A half-open range of numbers: `start` belongs to it, `end` does not. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** A set of numbers kept as sorted ranges that neither overlap nor touch. */
export class IntervalSet {
  private ranges: Interval[] = [];

  get size() {
    return this.ranges.reduce((sum, { start, end }) => sum + (end - start), 0);
  }

  add(start: number, end: number) {
    if (end <= start) {
      return;
    }
    const apart = this.ranges.filter((range) => range.end < start || range.start > end);
    for (const range of this.ranges) {
      if (range.end >= start && range.start <= end) {
        start = Math.min(start, range.start);
        end = Math.max(end, range.end);
      }
    }
    this.ranges = [...apart, { start, end }].sort(byStart);
  }

  subtract(start: number, end: number) {
    this.ranges = this.ranges.flatMap((range) => cut(range, { start, end }));
  }

  has(value: number): boolean {
    let low = 0;
    let high = this.ranges.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const range = this.ranges[middle];
      if (value < range.start) {
        high = middle - 1;
      } else if (value >= range.end) {
        low = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  /** The ranges within the bounds that the set does not cover, in order. */
  gaps(bounds: Interval): Interval[] {
    let free = [bounds];
    for (const range of this.ranges) {
      free = free.flatMap((gap) => cut(gap, range));
    }
    return free;
  }

  toString() {
    return this.ranges.map(format).join(', ');
  }
}

function cut(range: Interval, hole: Interval) {
  const left = { start: range.start, end: Math.min(range.end, hole.start) };
  const right = { start: Math.max(range.start, hole.end), end: range.end };
  return [left, right].filter(({ start, end }) => start < end);
}

const byStart = (a: Interval, b: Interval) => a.start - b.start;

export function parse(text, separator = ',') {
  const set = new IntervalSet();
  for (const part of text.split(separator)) {
    const [start, end] = part.trim().split('-').map(Number);
    if (Number.isNaN(start) || Number.isNaN(end)) {
      throw new SyntaxError(`not a range: ${part}`);
    }
    set.add(start, end);
  }
  return set;
}

export function format({ start, end }: Interval): string {
  return `${start}-${end}`;
}
