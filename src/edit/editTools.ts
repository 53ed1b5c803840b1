import * as vscode from 'vscode';
import { CodeWriter } from '../documents/codeWriter.ts';
import { Proposals } from '../documents/proposals.ts';
import type { Proposal } from '../documents/proposal.ts';
import type { FollowUp } from '../documents/review.ts';
import { Reviews } from '../documents/reviews.ts';
import { UnfinishedEdits } from '../documents/unfinished.ts';
import { VirtualTexts } from '../documents/virtualTexts.ts';
import type { DocumentSyntax } from '../languages/documentSyntax.ts';
import { Lazy } from '../shared/lazy.ts';
import type { EditServices } from './editContext.ts';
import { pickProposalCommand, pickReviewCommand } from './editMenu.ts';
import { pickNewProblem, repairInstruction } from './editRepair.ts';
import { InstructionInput } from './instructionInput.ts';
import { LastEdit } from './lastEdit.ts';
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
  readonly lastEdit = new LastEdit(this.#texts);
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
      lastEdit: this.lastEdit,
    });
  }

  /**
   * Keeps an edit, or one change of it.
   * @param edit The id of its review, the URI of its file or of its proposal; absent: the edit in the active editor, else
   * the only one.
   */
  async keep(edit?: number | string, hunk?: number): Promise<void> {
    const proposal = this.#proposal(edit);
    if (proposal) await proposal.keep();
    else this.reviews.keep(edit, hunk);
  }

  /** Undoes an edit, or one change of it. @param edit As for `keep`. */
  async undo(edit?: number | string, hunk?: number): Promise<void> {
    const proposal = this.#proposal(edit);
    if (proposal) proposal.end('undone');
    else await this.reviews.undo(edit, hunk);
  }

  /** Shows what else can be done with an edit. @param edit As for `keep`. */
  async more(edit?: number | string, hunk?: number): Promise<void> {
    const proposal = this.#proposal(edit);
    const review = this.reviews.find(edit);
    if (proposal) await pickProposalCommand(proposal);
    else if (review) await pickReviewCommand(review, hunk);
  }

  /** Lists the problems that an edit brought; the one that is picked is shown. @param edit As for `keep`. */
  async showProblems(edit?: number | string): Promise<void> {
    const review = this.reviews.find(edit);
    if (review) await pickNewProblem(review);
  }

  /** Asks for another version without the problems that the edit brought. @param edit As for `keep`. */
  async fixProblems(edit?: number | string): Promise<void> {
    const review = this.reviews.find(edit);
    if (review) await this.reviews.followUp('refine', review.id, repairInstruction(review));
  }

  /**
   * Prepares another version of an edit.
   * @param edit As for `keep`.
   * @param instruction Absent: the user is asked, where one is needed.
   */
  async followUp(kind: FollowUp, edit?: number | string, instruction?: string): Promise<void> {
    const proposal = this.#proposal(edit);
    if (!proposal) await this.reviews.followUp(kind, edit, instruction);
    else if (await proposal.followUps?.[kind]?.(instruction)) proposal.end('next');
  }

  #proposal(edit: number | string | undefined): Proposal | undefined {
    if (typeof edit === 'number') return undefined;
    if (edit === undefined && !this.proposals.isActive && this.reviews.find()) return undefined;
    return this.proposals.find(edit);
  }

  dispose(): void {
    this.#syntax.made?.dispose();
    for (const owned of [this.reviews, this.proposals, this.#texts]) owned.dispose();
  }
}
