import type * as vscode from 'vscode';
import type { Anchor } from './anchor.ts';
import type { OffsetRange } from './offsets.ts';
import { OldLines } from './oldLines.ts';
import type { Proposal } from './proposal.ts';
import type { Proposals } from './proposals.ts';
import type { ReplyWriter } from './replyWriter.ts';

/** Streams code into the proposed side of a VS Code diff editor. Nothing is written to the file. */
export class ProposedRewrite implements ReplyWriter {
  readonly anchor: Anchor;
  readonly original: string;
  readonly proposal: Proposal;
  readonly #proposals: Proposals;
  readonly #earlier: string | undefined;
  readonly #old: OldLines;
  #lines: readonly string[] = [];
  #passed = 0;

  /**
   * Opens the diff editor with two equal sides.
   * @param earlier The proposal that this one replaces.
   */
  static async begin(proposals: Proposals, anchor: Anchor, earlier?: Proposal): Promise<ProposedRewrite> {
    const proposal = earlier ?? (await proposals.open(anchor, anchor.text));
    return new ProposedRewrite(proposals, anchor, proposal, earlier?.text);
  }

  private constructor(proposals: Proposals, anchor: Anchor, proposal: Proposal, earlier: string | undefined) {
    this.anchor = anchor;
    this.original = anchor.text;
    this.proposal = proposal;
    this.#proposals = proposals;
    this.#earlier = earlier;
    this.#old = new OldLines(this.original);
  }

  get lineCount(): number {
    return this.#lines.length;
  }

  /** The file's own lines are unchanged. */
  get rest(): OffsetRange {
    const { start } = this.anchor.offsets;
    return { start, end: start };
  }

  get onDidAbandon(): vscode.Event<void> {
    return this.proposal.onDidAbandon;
  }

  async show(lines: readonly string[]): Promise<void> {
    const { eol } = this.anchor;
    for (const line of lines.slice(this.#lines.length)) {
      const skipped = this.#old.find(line + eol, this.#passed);
      if (skipped !== undefined) this.#passed += skipped + 1;
    }
    this.#lines = [...lines];
    await this.proposal.show(lines.map((line) => line + eol).join('') + this.#old.text(this.#passed));
  }

  async finish(text: string): Promise<boolean> {
    await this.proposal.show(text);
    return true;
  }

  async withdraw(): Promise<void> {
    if (this.#earlier === undefined) await this.#proposals.close(this.proposal);
    else await this.proposal.show(this.#earlier);
  }

  /** The proposal outlives the stream. */
  dispose(): void {}
}
