import * as vscode from 'vscode';
import type { Anchor } from './anchor.ts';
import { keyOf } from './editKeys.ts';
import { Proposal } from './proposal.ts';
import type { FollowUps, ReviewEnd } from './review.ts';
import { virtualScheme, type VirtualTexts } from './virtualTexts.ts';

/** The proposals that are open, and the ways to keep and to undo them. */
export class Proposals implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #texts: VirtualTexts;
  readonly #lensesChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#lensesChanged.event;
  readonly #subscriptions: readonly vscode.Disposable[];
  #all: readonly Proposal[] = [];

  constructor(texts: VirtualTexts) {
    this.#texts = texts;
    this.#subscriptions = [
      this.#lensesChanged,
      vscode.languages.registerCodeLensProvider({ scheme: virtualScheme }, this),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        for (const tab of closed) this.#withUri(proposedUri(tab))?.end('undone');
        this.#showContext();
      }),
      vscode.window.tabGroups.onDidChangeTabGroups(() => this.#showContext()),
    ];
  }

  /** Shows the code beside the file. Closing its editor undoes it; whoever opened it disposes it by `close`. */
  async open(anchor: Anchor, text: string): Promise<Proposal> {
    const proposal = new Proposal(this.#texts, anchor, text);
    this.#setAll([...this.#all, proposal]);
    await proposal.open();
    return proposal;
  }

  /**
   * Shows code that the user can accept at any time.
   * @param anchor Owned by the proposal from now on.
   */
  async offer(anchor: Anchor, text: string): Promise<void> {
    const proposal = await this.open(anchor, text);
    try {
      await this.decided(proposal);
    } finally {
      await this.close(proposal);
      anchor.dispose();
    }
  }

  /** Resolves when the user has decided about the code. */
  async decided(proposal: Proposal, followUps?: FollowUps): Promise<ReviewEnd> {
    const end = proposal.decided(followUps);
    this.#lensesChanged.fire();
    return end;
  }

  /** Closes the editor of a proposal. */
  async close(proposal: Proposal): Promise<void> {
    this.#setAll(this.#all.filter((other) => other !== proposal));
    proposal.dispose();
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await vscode.window.tabGroups.close(tabs.filter((tab) => proposedUri(tab) === proposal.uri.toString()));
  }

  /** Whether the active editor shows a proposal. */
  get isActive(): boolean {
    const { activeTab } = vscode.window.tabGroups.activeTabGroup;
    return activeTab !== undefined && this.#withUri(proposedUri(activeTab)) !== undefined;
  }

  /** @param uri Of the proposed text; absent: the one in the active editor, or the only one. */
  find(uri: string | undefined): Proposal | undefined {
    const active = vscode.window.tabGroups.activeTabGroup.activeTab;
    const wanted = this.#withUri(uri ?? (active && proposedUri(active)));
    return wanted ?? (uri === undefined && this.#all.length === 1 ? this.#all[0] : undefined);
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const proposal = this.#withUri(uri.toString());
    if (!proposal?.isOpen) return [];
    const lens = (title: string, command: string): vscode.CodeLens =>
      new vscode.CodeLens(new vscode.Range(proposal.anchor.range.start, proposal.anchor.range.start), {
        title,
        command: `askance.${command}`,
        arguments: [uri.toString()],
      });
    return [
      lens(`$(check) ${vscode.l10n.t('Keep')} ${keyOf('keepEdit')}`, 'keepEdit'),
      lens(`$(discard) ${vscode.l10n.t('Undo')} ${keyOf('undoEdit')}`, 'undoEdit'),
      ...(proposal.followUps ? [lens('$(ellipsis)', 'moreEdit')] : []),
    ];
  }

  dispose(): void {
    for (const proposal of this.#all) proposal.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #withUri(uri: string | undefined): Proposal | undefined {
    return this.#all.find((proposal) => proposal.uri.toString() === uri);
  }

  #setAll(all: readonly Proposal[]): void {
    this.#all = all;
    this.#showContext();
  }

  /** Whether a key or a command would find one. */
  #showContext(): void {
    void vscode.commands.executeCommand('setContext', 'askance.proposing', this.find(undefined) !== undefined);
  }
}

function proposedUri({ input }: vscode.Tab): string | undefined {
  return input instanceof vscode.TabInputTextDiff ? input.modified.toString() : undefined;
}
