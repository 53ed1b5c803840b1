import * as vscode from 'vscode';
import type { Anchor } from './anchor.ts';
import { whyNotWritten } from './replacement.ts';
import type { FollowUp, FollowUps } from './review.ts';
import { followUpLenses } from './reviewLenses.ts';
import { virtualScheme, type VirtualTexts } from './virtualTexts.ts';

/** `next`: the user asked for another version of the code. */
export type ProposalEnd = 'accepted' | 'discarded' | 'next';

/** New code for a range beside the file as it is, in VS Code's diff editor; the file stays untouched until it is accepted. */
export class Proposal implements vscode.Disposable {
  readonly anchor: Anchor;
  readonly uri: vscode.Uri;
  readonly #texts: VirtualTexts;
  readonly #following: vscode.Disposable;
  #end = Promise.withResolvers<ProposalEnd>();
  #isOver = false;
  #text: string;
  #followUps: FollowUps | undefined;
  /** The code is whole. */
  #isOpen = false;

  constructor(texts: VirtualTexts, anchor: Anchor, text: string) {
    this.#texts = texts;
    this.anchor = anchor;
    this.#text = text;
    this.uri = texts.add(anchor.document.uri, anchor.documentWith(text));
    // What is typed into the file meanwhile belongs to what it would be.
    this.#following = anchor.onDidChange(() => void this.show(this.#text));
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** What would take the place of the range. */
  get text(): string {
    return this.#text;
  }

  get followUps(): FollowUps | undefined {
    return this.#followUps;
  }

  /** Opens the diff editor. */
  async open(): Promise<void> {
    await this.#texts.showProposed(this.anchor.document.uri, this.uri);
  }

  /** Shows the code in the place of the range. */
  async show(text: string): Promise<void> {
    this.#text = text;
    await this.#texts.update(this.uri, this.anchor.documentWith(text));
  }

  /** Resolves when the user has decided about the code. */
  decided(followUps?: FollowUps): Promise<ProposalEnd> {
    if (this.#isOver) return Promise.resolve('discarded');
    this.#followUps = followUps;
    this.#isOpen = true;
    return this.#end.promise;
  }

  /** Writes the code as it is shown, as one undo step. Throws where the file does not take it. */
  async accept(): Promise<void> {
    const { anchor } = this;
    await anchor.reopen();
    if ((await anchor.replace(this.#text)) !== 'applied') throw new Error(whyNotWritten(anchor));
    this.end('accepted');
  }

  end(end: ProposalEnd): void {
    this.#isOpen = false;
    this.#isOver = end !== 'next';
    this.#end.resolve(end);
    this.#end = Promise.withResolvers();
  }

  dispose(): void {
    this.#following.dispose();
    this.end('discarded');
  }
}

/** The proposals that are open, and the ways to accept and to discard them. */
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
        for (const tab of closed) this.#withUri(proposedUri(tab))?.end('discarded');
      }),
    ];
  }

  /** Shows the code beside the file. Closing its editor discards it; whoever opened it disposes it by `close`. */
  async open(anchor: Anchor, text: string): Promise<Proposal> {
    const proposal = new Proposal(this.#texts, anchor, text);
    this.#setAll([...this.#all, proposal]);
    await proposal.open();
    return proposal;
  }

  /**
   * Shows code that the user is to decide about by themselves.
   * @param anchor Is owned by the proposal from now on.
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
  async decided(proposal: Proposal, followUps?: FollowUps): Promise<ProposalEnd> {
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

  /** @param uri Of the proposed text; absent: the one in the active editor, or the only one. */
  async accept(uri?: string): Promise<void> {
    await this.#find(uri)?.accept();
  }

  discard(uri?: string): void {
    this.#find(uri)?.end('discarded');
  }

  async followUp(kind: FollowUp, uri?: string, instruction?: string): Promise<void> {
    const proposal = this.#find(uri);
    if (await proposal?.followUps?.[kind]?.(instruction)) proposal?.end('next');
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const proposal = this.#withUri(uri.toString());
    if (!proposal?.isOpen) return [];
    const lens = (title: string, command: string): vscode.CodeLens =>
      new vscode.CodeLens(new vscode.Range(proposal.anchor.range.start, proposal.anchor.range.start), {
        title,
        command: `askance.${command}Proposal`,
        arguments: [uri.toString()],
      });
    return [
      lens(`$(check) ${vscode.l10n.t('Accept')}`, 'accept'),
      lens(`$(discard) ${vscode.l10n.t('Discard')}`, 'discard'),
      ...(proposal.followUps ? followUpLenses(proposal.followUps, lens) : []),
    ];
  }

  dispose(): void {
    for (const proposal of this.#all) proposal.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #find(uri: string | undefined): Proposal | undefined {
    const active = vscode.window.tabGroups.activeTabGroup.activeTab;
    const wanted = this.#withUri(uri ?? (active && proposedUri(active)));
    return wanted ?? (uri === undefined && this.#all.length === 1 ? this.#all[0] : undefined);
  }

  #withUri(uri: string | undefined): Proposal | undefined {
    return this.#all.find((proposal) => proposal.uri.toString() === uri);
  }

  #setAll(all: readonly Proposal[]): void {
    this.#all = all;
    void vscode.commands.executeCommand('setContext', 'askance.proposing', all.length > 0);
  }
}

function proposedUri({ input }: vscode.Tab): string | undefined {
  return input instanceof vscode.TabInputTextDiff ? input.modified.toString() : undefined;
}
