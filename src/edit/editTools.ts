import * as vscode from 'vscode';
import { CodeWriter } from '../documents/codeWriter.ts';
import { Proposals } from '../documents/proposals.ts';
import type { FollowUp } from '../documents/review.ts';
import { Reviews } from '../documents/reviews.ts';
import { UnfinishedEdits } from '../documents/unfinished.ts';
import { VirtualTexts } from '../documents/virtualTexts.ts';
import type { DocumentSyntax } from '../languages/documentSyntax.ts';
import { Lazy } from '../shared/lazy.ts';
import type { EditServices } from './editContext.ts';
import { InstructionInput } from './instructionInput.ts';
import { RecentInstructions } from './recentInstructions.ts';
import { ReplaceSelection } from './replaceSelection.ts';

/** Creates and connects the objects that edit files. */
export class EditTools implements vscode.Disposable {
  readonly #texts = new VirtualTexts();
  readonly reviews = new Reviews(this.#texts);
  readonly proposals = new Proposals(this.#texts);
  readonly writer = new CodeWriter(this.reviews, this.proposals);
  readonly unfinished: UnfinishedEdits;
  readonly input: InstructionInput;
  readonly replaceSelection: ReplaceSelection;
  readonly #syntax: Lazy<DocumentSyntax>;

  constructor(services: EditServices) {
    const { reviews, proposals } = this;
    this.unfinished = new UnfinishedEdits(services.workspaceState, this.#texts);
    this.input = new InstructionInput(new RecentInstructions(services.globalState));
    // Loads a megabyte, so only on first use.
    this.#syntax = new Lazy(async () => {
      const { DocumentSyntax: Made } = await import('../languages/documentSyntax.ts');
      return new Made(vscode.Uri.joinPath(services.extensionUri, 'dist'));
    });
    this.replaceSelection = new ReplaceSelection({
      ...services,
      reviews,
      proposals,
      unfinished: this.unfinished,
      input: this.input,
      syntax: this.#syntax,
    });
  }

  /**
   * Prepares another version of an edit.
   * @param edit The id of its review or the URI of its proposal; undefined: the edit in the active editor, else the
   * only one.
   * @param instruction Undefined: the user is asked if one is needed.
   */
  async followUp(kind: FollowUp, edit?: number | string, instruction?: string): Promise<void> {
    const isProposed =
      edit === undefined ? this.proposals.isActive || !this.reviews.hasReviews : typeof edit === 'string';
    if (isProposed) await this.proposals.followUp(kind, edit === undefined ? undefined : String(edit), instruction);
    else await this.reviews.followUp(kind, edit === undefined ? undefined : Number(edit), instruction);
  }

  dispose(): void {
    this.#syntax.made?.dispose();
    for (const owned of [this.reviews, this.proposals, this.#texts]) owned.dispose();
  }
}
