import type * as vscode from 'vscode';
import { CodeWriter } from '../documents/codeWriter.ts';
import { Proposals } from '../documents/proposals.ts';
import { Reviews } from '../documents/reviews.ts';
import { UnfinishedEdits } from '../documents/unfinished.ts';
import { VirtualTexts } from '../documents/virtualTexts.ts';
import type { EditServices } from './editContext.ts';
import { InstructionInput } from './instructionInput.ts';
import { RecentInstructions } from './recentInstructions.ts';
import { ReplaceSelection } from './replaceSelection.ts';

/** Builds the objects that write code into files, and wires them. */
export class EditTools implements vscode.Disposable {
  readonly #texts = new VirtualTexts();
  readonly reviews = new Reviews(this.#texts);
  readonly proposals = new Proposals(this.#texts);
  readonly writer = new CodeWriter(this.reviews, this.proposals);
  readonly unfinished: UnfinishedEdits;
  readonly input: InstructionInput;
  readonly replaceSelection: ReplaceSelection;

  constructor(services: EditServices) {
    const { reviews, proposals } = this;
    this.unfinished = new UnfinishedEdits(services.workspaceState, this.#texts);
    this.input = new InstructionInput(new RecentInstructions(services.globalState));
    this.replaceSelection = new ReplaceSelection({
      ...services,
      reviews,
      proposals,
      unfinished: this.unfinished,
      input: this.input,
    });
  }

  dispose(): void {
    for (const owned of [this.reviews, this.proposals, this.#texts]) owned.dispose();
  }
}
