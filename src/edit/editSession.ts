import * as vscode from 'vscode';
import { isCancel } from '../api/errors.ts';
import type { EditTarget } from './editTarget.ts';
import { EditProblems } from '../documents/editProblems.ts';
import type { Proposal } from '../documents/proposal.ts';
import { ProposedRewrite } from '../documents/proposedRewrite.ts';
import { whyNotWritten } from '../documents/replacement.ts';
import type { FollowUps } from '../documents/review.ts';
import type { ReplyWriter } from '../documents/replyWriter.ts';
import { Rewrite } from '../documents/rewrite.ts';
import { attachmentLabel, type Attachment } from '../prompt/context.ts';
import { describeUnsure } from '../reply/unsure.ts';
import type { ReplyTarget } from '../reply/target.ts';
import { rewriteRequest, type RewriteExchange } from '../prompt/rewriteMessages.ts';
import { readReplies } from '../reply/several.ts';
import type { EditContext } from './editContext.ts';
import { showFailedEdit } from './failedEdit.ts';
import { streamReply } from './streamReply.ts';
import type { AnswerView } from '../shared/protocol.ts';
import { showError, showInformation } from '../window/notifications.ts';
import { pickOne } from '../window/pickers.ts';

/** What the user wants changed, and by which connection. */
export interface EditRequest {
  readonly instruction: string;
  /** Absent: the active one. */
  readonly connection?: string;
  /** Attachments in addition to the code. */
  readonly context?: readonly Attachment[];
}

/** How an edit ended. A message was already shown to the user. */
export interface EditResult {
  readonly status: 'applied' | 'offered' | 'cancelled' | 'failed';
  readonly message?: string;
}

/** A version of the code under review, in the file or in a diff. */
interface Version {
  readonly request: EditRequest;
  /** Name of the connection that wrote it. */
  readonly connection: string;
  readonly exchange: RewriteExchange;
  /** The range's text before this version. */
  readonly before: string;
  /** Call when `before` is in the document again. */
  readonly restore: () => void;
}

/** The edits of one place in a file, from the first instruction until the code is kept or undone. */
export class EditSession {
  readonly #context: EditContext;
  readonly #target: EditTarget;
  readonly #keep: boolean;
  /** The code is reviewed in a diff; the file stays unchanged until it is accepted. */
  readonly #isDiff: boolean;
  /** The text that undoing all versions restores. */
  #original: string;
  /** What the first version did to the problems of the file, and the further ones. */
  readonly #problems: EditProblems;
  #versions: readonly Version[] = [];
  #proposal: Proposal | undefined;
  #asked: EditRequest | undefined;
  #next: EditRequest | undefined;
  #isRetry = false;
  /** Ends the pending review so that a retry can start; undefined while nothing is under review. */
  #endReview: (() => void) | undefined;

  /** @param keep Whether to keep the code without review. */
  constructor(context: EditContext, target: EditTarget, keep: boolean) {
    this.#context = context;
    this.#target = target;
    this.#keep = keep;
    this.#isDiff = !keep && context.settings.editReview === 'diff';
    this.#original = target.anchor.text;
    this.#problems = new EditProblems(target.anchor.document);
  }

  /** The last request; the user may want it repeated with another connection. */
  get asked(): EditRequest | undefined {
    return this.#asked;
  }

  /**
   * Requests the edit and handles the user's decisions about it. Rejects if a request fails and there is no version.
   */
  async run(first: EditRequest): Promise<EditResult> {
    try {
      for (let request = first; ;) {
        this.#asked = request;
        const ended = await this.#attempt(request);
        const version = this.#versions.at(-1);
        if (!version) return ended ?? { status: 'cancelled' };
        if (this.#keep) return { status: 'applied' };
        const decided = await (this.#proposal ? this.#decideProposal(this.#proposal) : this.#review());
        this.#endReview = undefined;
        if (!this.#next) return decided;
        if (this.#isRetry) await this.#takeBack();
        request = this.#next;
      }
    } finally {
      this.#problems.dispose();
      if (this.#proposal) await this.#context.proposals.close(this.#proposal);
    }
  }

  /**
   * Sends one request and makes the usable part of the reply the next version.
   * @returns how the edit ended if there is none.
   */
  async #attempt(request: EditRequest): Promise<EditResult | undefined> {
    const { anchor } = this.#target;
    if (anchor.state === 'lost') return fail(whyNotWritten(anchor));
    // Another edit may have started there while the user was asked what to do.
    const claim = this.#context.reviews.claim(anchor);
    if (!claim) return fail(alreadyWriting());
    try {
      return await this.#write(request);
    } finally {
      claim.dispose();
    }
  }

  async #write(request: EditRequest): Promise<EditResult | undefined> {
    const { anchor, isAsWritten } = this.#target;
    // The user's changes to it are part of the next request.
    anchor.rebase();
    const before = anchor.text;
    const isKnown = this.#versions.length > 0 && (this.#isDiff || isAsWritten);
    const content = rewriteRequest(request.instruction, this.#target.code, isKnown, request.context);
    // The reply is read against the text of the request: while it streams, the document has provisional lines.
    const targets = this.#readTargets();
    const restore = this.#target.snapshot();
    const writer = await this.#open();
    try {
      const answer = await this.#stream(writer, targets, request, content);
      const finishReason = answer.status.kind === 'done' ? answer.status.finishReason : 'unspecified';
      const read = await targets;
      const reply = readReplies(answer.text, finishReason, read);
      this.#context.lastEdit.read = {
        languageId: anchor.document.languageId,
        selections: read.map(({ document, start, end }) => document.slice(start, end)),
        reply: answer.text,
        reason: reply.kind === 'unsure' ? reply.reason : undefined,
        findings: reply.findings,
      };
      if (reply.kind === 'unsure') {
        await writer.withdraw();
        return await this.#offer(request, answer, describeUnsure(reply.reason, vscode.l10n.t), reply.shown);
      }
      const text = this.#target.withTexts(reply.texts);
      if (!(await writer.finish(text))) {
        const reason = whyNotWritten(anchor);
        await anchor.reopen();
        return await this.#offer(request, answer, reason, text);
      }
      if (text === before) return await this.#unchanged(writer);
      if (!this.#isDiff) this.#target.written(reply.texts);
      this.#versions = [
        ...this.#versions,
        { request, connection: answer.connection, exchange: { request: content, reply: answer.text }, before, restore },
      ];
      return undefined;
    } catch (error) {
      await writer.withdraw();
      if (this.#versions.length === 0) throw error;
      // The previous version is restored and still awaits its review.
      if (!isCancel(error)) void this.#offerRetry(request, content, error);
      return undefined;
    } finally {
      writer.dispose();
    }
  }

  /** The ranges for the code, with their syntax: the grammar is read while waiting for the model. */
  async #readTargets(): Promise<readonly ReplyTarget[]> {
    const targets = this.#target.replyTargets;
    const syntax = await this.#context.syntax.load().catch(() => undefined);
    return syntax ? syntax.read(targets) : targets;
  }

  /** Reports why a further version failed. The user may retry before deciding about the last one. */
  async #offerRetry(request: EditRequest, content: string, error: unknown): Promise<void> {
    const earlier = this.#versions.map(({ exchange }) => exchange);
    if (!(await showFailedEdit(this.#context, { error, connection: request.connection, content, earlier }))) return;
    if (!this.#endReview) return void fail(codeChanged());
    this.#next = request;
    this.#endReview();
  }

  async #open(): Promise<ReplyWriter> {
    const { anchor } = this.#target;
    if (!this.#isDiff) return Rewrite.begin(anchor, this.#context.unfinished);
    const rewrite = await ProposedRewrite.begin(this.#context.proposals, anchor, this.#proposal);
    this.#proposal = rewrite.proposal;
    return rewrite;
  }

  #stream(
    writer: ReplyWriter,
    targets: Promise<readonly ReplyTarget[]>,
    { connection }: EditRequest,
    content: string,
  ): Promise<AnswerView> {
    return streamReply(this.#context, {
      writer,
      connection,
      targets,
      earlier: this.#versions.map(({ exchange }) => exchange),
      content,
      label: attachmentLabel(this.#target.attachment),
    });
  }

  async #unchanged(writer: ReplyWriter): Promise<EditResult> {
    if (this.#isDiff) await writer.withdraw();
    const message = vscode.l10n.t('The model returned the same code. Nothing changed.');
    void showInformation(message);
    return { status: 'applied', message };
  }

  /**
   * Shows a reply that isn't written in the chat.
   * @param text The range's new text; also offered in a diff.
   */
  async #offer(request: EditRequest, answer: AnswerView, reason: string, text?: string): Promise<EditResult> {
    const { anchor, attachment, isSingle } = this.#target;
    const { chats, proposals } = this.#context;
    const offered = { ...attachment, replaceable: attachment.replaceable && isSingle };
    await chats.active.offer(request.instruction, offered, anchor.fork(), answer, reason);
    // Without a known location, a diff would have nothing to accept.
    if (text !== undefined && anchor.state !== 'lost') void proposals.offer(anchor.fork(), text);
    return { status: 'offered', message: reason };
  }

  async #review(): Promise<EditResult> {
    const { anchor } = this.#target;
    this.#next = undefined;
    const { reviews } = this.#context;
    this.#endReview = () => reviews.supersede(anchor);
    const end = await reviews.review(anchor, this.#original, {
      followUps: this.#followUps,
      problems: this.#problems,
    });
    if (end !== 'next') return { status: end === 'kept' ? 'applied' : 'cancelled' };
    // Text that the user has changed since is theirs from now on.
    if (!this.#target.isAsWritten) this.#original = anchor.text;
    return { status: 'applied' };
  }

  async #decideProposal(proposal: Proposal): Promise<EditResult> {
    this.#next = undefined;
    this.#endReview = () => proposal.end('next');
    const end = await this.#context.proposals.decided(proposal, this.#followUps);
    return { status: end === 'undone' ? 'cancelled' : 'applied' };
  }

  get #followUps(): FollowUps {
    const { settings, input } = this.#context;
    const version = this.#versions.at(-1);
    const last = version?.request;
    const others = settings.connections.map(({ name }) => name).filter((name) => name !== version?.connection);
    return {
      refine: async (given) => {
        const title = vscode.l10n.t('Refine {0}', attachmentLabel(this.#target.attachment));
        const placeholder = vscode.l10n.t('What else should change?');
        const choice = given === undefined ? await input.ask({ title, placeholder, offersChat: false }) : undefined;
        const instruction = given ?? (choice?.kind === 'instruction' ? choice.text : '');
        if (instruction.trim() !== '') this.#next = { ...last, instruction };
        return instruction.trim() !== '';
      },
      retry: async () => last !== undefined && this.#again(last),
      ...(settings.connections.length > 1 && {
        retryWith: async () => {
          const title = vscode.l10n.t('Retry with another connection');
          const labels = others.map((label) => ({ label }));
          const connection = others.length === 1 ? others[0] : (await pickOne(labels, { title }))?.label;
          return last !== undefined && connection !== undefined && this.#again({ ...last, connection });
        },
      }),
    };
  }

  #again(request: EditRequest): boolean {
    this.#next = request;
    this.#isRetry = true;
    return true;
  }

  /** Undoes the last version, which is being requested again. */
  async #takeBack(): Promise<void> {
    const version = this.#versions.at(-1);
    this.#versions = this.#versions.slice(0, -1);
    this.#isRetry = false;
    // If the user has changed the version, it stays, and the request includes the current code.
    if (!version || this.#isDiff || !this.#target.isAsWritten) return;
    if ((await this.#target.anchor.replace(version.before)) === 'applied') version.restore();
  }
}

/** Ends an edit that wasn't made, and shows the message. */
export function fail(message: string): EditResult {
  void showError(message);
  return { status: 'failed', message };
}

/** The error for code that has changed in the meantime. */
export function codeChanged(): string {
  return vscode.l10n.t('This code changed in the meantime. Select it and try again.');
}

/** The error for code that is already being edited. */
export function alreadyWriting(): string {
  return vscode.l10n.t('Askance is already editing this code. Press Esc to stop it.');
}
