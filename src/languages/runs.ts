import type { StyledRun } from '../shared/protocol.ts';

/** Token metadata (vscode-textmate's `EncodedTokenAttributes`): 4 bits of font style, 9 bits of foreground. */
const fontStyleShift = 11;
const foregroundShift = 15;
const fontStyleMask = 0b1111;
const foregroundMask = 0b1_1111_1111;

/** Collects the colors of some lines without duplicates. */
export class Palette {
  readonly #colorMap: readonly string[];
  readonly #plain: string;
  readonly #indices = new Map<string, number>();

  /**
   * @param colorMap Colours by the index in token metadata.
   * @param plain The color of plain text.
   */
  constructor(colorMap: readonly string[], plain: string) {
    this.#colorMap = colorMap;
    this.#plain = plain;
  }

  get colors(): readonly string[] {
    return [...this.#indices.keys()];
  }

  /** 0 for plain text, otherwise the index in `colors` plus 1. */
  index(token: number): number {
    const color = this.#colorMap[token];
    if (color === undefined || color === this.#plain) return 0;
    const index = this.#indices.get(color) ?? this.#indices.size + 1;
    this.#indices.set(color, index);
    return index;
  }
}

/**
 * Merges a line's tokens into runs of equal style, without trailing plain text.
 * @param tokens Pairs of start offset and metadata.
 * @param length Of the line, in UTF-16 code units.
 */
export function runsOf(tokens: Uint32Array, length: number, palette: Palette): readonly StyledRun[] {
  const runs: [length: number, color: number, fontStyle: number][] = [];
  for (let at = 0; at < tokens.length; at += 2) {
    const begin = tokens[at] ?? 0;
    const metadata = tokens[at + 1] ?? 0;
    const end = Math.min(tokens[at + 2] ?? length, length);
    if (end <= begin) continue;
    const color = palette.index((metadata >>> foregroundShift) & foregroundMask);
    const fontStyle = (metadata >>> fontStyleShift) & fontStyleMask;
    const last = runs.at(-1);
    if (last?.[1] === color && last[2] === fontStyle) last[0] += end - begin;
    else runs.push([end - begin, color, fontStyle]);
  }
  const last = runs.at(-1);
  if (last?.[1] === 0 && last[2] === 0) runs.pop();
  return runs;
}
