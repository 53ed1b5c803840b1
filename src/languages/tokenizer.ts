import textmate, {
  type IGrammar,
  type IOnigLib,
  type IRawGrammar,
  type Registry,
  type StateStack,
} from 'vscode-textmate';
import type { Colors, StyledRun } from '../shared/protocol.ts';
import type { ThemeRule } from './themeRules.ts';
import { Palette, runsOf } from './runs.ts';

export interface GrammarSource {
  /** Reads a grammar; undefined if there is none. */
  readonly load: (scope: string) => Promise<IRawGrammar | undefined>;
  /** Scope names of the grammars injected into the scope. */
  readonly injections: (scope: string) => string[];
}

/** A block that expects more lines, with the grammar state after its last one. */
interface OpenBlock {
  readonly grammar: IGrammar;
  state: StateStack;
  next: number;
  failures: number;
}

/** Longer lines stay plain, in UTF-16 code units; VS Code's editor has the same limit. */
const maxLineLength = 20_000;
/** Milliseconds per attempt at a line. */
const maxLineTime = 50;
/** A rule's patterns are compiled on first use, which can exceed the time limit, so a line is tried more than once. */
const triesPerLine = 5;
/** Failed attempts per block before it is left plain. */
const failuresPerBlock = 20;
/** Most blocks whose state is kept; beyond that, the oldest starts over. */
const maxOpenBlocks = 64;
/** A color that no theme uses: such text is shown as plain text. */
const plainColor = '#00000001';

/** Tokenizes growing code blocks, each line once, and assigns theme colors. */
export class Tokenizer {
  readonly #registry: Registry;
  readonly #blocks = new Map<number, OpenBlock>();
  readonly #maxLineTime: number;

  constructor(onigLib: Promise<IOnigLib>, { load, injections }: GrammarSource, lineTime = maxLineTime) {
    this.#registry = new textmate.Registry({ onigLib, loadGrammar: load, getInjections: injections });
    this.#maxLineTime = lineTime;
  }

  /** Switches to these colors; every block starts over. */
  setTheme(rules: readonly ThemeRule[]): void {
    this.#blocks.clear();
    const plain = { settings: { foreground: plainColor, background: plainColor } };
    this.#registry.setTheme({ settings: [plain, ...rules] });
  }

  /**
   * The colors of a block's lines, which continue the earlier ones or start at 0.
   * @param block The caller's id for the block.
   * @throws If the scope has no grammar.
   */
  async tokenize(block: number, scope: string, from: number, lines: readonly string[]): Promise<Colors> {
    const open = this.#blocks.get(block);
    const grammar = open?.grammar ?? (await this.#registry.loadGrammar(scope));
    if (!grammar) throw new Error(`There is no grammar for ${scope}`);
    const continued = open?.next === from ? open : { grammar, state: textmate.INITIAL, next: from, failures: 0 };
    const palette = new Palette(this.#registry.getColorMap(), plainColor);
    const runs = lines.map((line) => this.#runs(continued, line, palette));
    continued.next = from + lines.length;
    this.#keep(block, continued);
    return { colors: palette.colors, lines: runs };
  }

  forget(): void {
    this.#blocks.clear();
  }

  dispose(): void {
    this.#registry.dispose();
  }

  #runs(block: OpenBlock, line: string, palette: Palette): readonly StyledRun[] {
    if (line.length > maxLineLength) return [];
    for (let tries = 0; tries < triesPerLine && block.failures < failuresPerBlock; tries += 1) {
      const { tokens, ruleStack, stoppedEarly } = block.grammar.tokenizeLine2(line, block.state, this.#maxLineTime);
      if (!stoppedEarly) {
        block.state = ruleStack;
        return runsOf(tokens, line.length, palette);
      }
      block.failures += 1;
    }
    return [];
  }

  #keep(block: number, open: OpenBlock): void {
    this.#blocks.delete(block);
    this.#blocks.set(block, open);
    const [oldest] = this.#blocks.keys();
    if (this.#blocks.size > maxOpenBlocks && oldest !== undefined) this.#blocks.delete(oldest);
  }
}
