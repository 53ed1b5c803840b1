import * as vscode from 'vscode';
import { isCancel } from '../api/errors.ts';
import type { EditTarget } from './editTarget.ts';
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
import { tellFailedEdit } from './failedEdit.ts';
import { streamReply } from './streamReply.ts';
import type { AnswerView } from '../shared/protocol.ts';
import { showError, showInformation } from '../window/notifications.ts';
import { pickOne } from '../window/pickers.ts';

/** What the user wants to be changed, and who shall do it. */
export interface EditRequest {
  readonly instruction: string;
  /** Absent: the active one. */
  readonly connection?: string;
  /** What goes along beside the code. */
  readonly context?: readonly Attachment[];
}

/** How an edit ended. Whatever has a message was told to the user already. */
export interface EditResult {
  readonly status: 'applied' | 'offered' | 'cancelled' | 'failed';
  readonly message?: string;
}

/** A version of the code that stands in the file, or beside it, to be reviewed. */
interface Version {
  readonly request: EditRequest;
  /** Name of the connection that answered. */
  readonly connection: string;
  readonly exchange: RewriteExchange;
  /** The range's text before this version. */
  readonly before: string;
  /** Tells the target that this text stands there again. */
  readonly restore: () => void;
}

/** The conversation about one place in a file, from its first instruction until the code is kept or undone. */
export class EditSession {
  readonly #context: EditContext;
  readonly #target: EditTarget;
  readonly #keep: boolean;
  /** The code is shown beside the file, which stays untouched until it is accepted. */
  readonly #isDiff: boolean;
  /** What an undo of the whole brings back. */
  #original: string;
  #versions: readonly Version[] = [];
  #proposal: Proposal | undefined;
  #asked: EditRequest | undefined;
  #next: EditRequest | undefined;
  #isRetry = false;
  /** Ends the decision about the last version for another one; absent: there is none to be made. */
  #supersede: (() => void) | undefined;

  /** @param keep Whether the code is kept without review. */
  constructor(context: EditContext, target: EditTarget, keep: boolean) {
    this.#context = context;
    this.#target = target;
    this.#keep = keep;
    this.#isDiff = !keep && context.settings.editReview === 'diff';
    this.#original = target.anchor.text;
  }

  /** What was asked for last; the user may have wanted another connection for that. */
  get asked(): EditRequest | undefined {
    return this.#asked;
  }

  /** Asks, and goes on with what the user wants of the code. Rejects where a request fails and there is no version. */
  async run(first: EditRequest): Promise<EditResult> {
    try {
      for (let request = first; ;) {
        this.#asked = request;
        const ended = await this.#attempt(request);
        const version = this.#versions.at(-1);
        if (!version) return ended ?? { status: 'cancelled' };
        if (this.#keep) return { status: 'applied' };
        const decided = await (this.#proposal ? this.#decideProposal(this.#proposal) : this.#review());
        this.#supersede = undefined;
        if (!this.#next) return decided;
        if (this.#isRetry) await this.#takeBack();
        request = this.#next;
      }
    } finally {
      if (this.#proposal) await this.#context.proposals.close(this.#proposal);
    }
  }

  /**
   * Asks once, and makes what is certain of the reply the next version.
   * @returns How it ended where there is none.
   */
  async #attempt(request: EditRequest): Promise<EditResult | undefined> {
    const { anchor } = this.#target;
    if (anchor.state === 'lost') return fail(whyNotWritten(anchor));
    // Another edit may have begun there while the user was asked what to do.
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
    // What the user has typed into it is a part of what is asked about.
    anchor.rebase();
    const before = anchor.text;
    const isKnown = this.#versions.length > 0 && (this.#isDiff || isAsWritten);
    const content = rewriteRequest(request.instruction, this.#target.code, isKnown, request.context);
    // The reply is read against what was asked about: while it comes, provisional lines stand there.
    const targets = this.#readTargets();
    const restore = this.#target.remember();
    const writer = await this.#open();
    try {
      const answer = await this.#stream(writer, targets, request, content);
      const finishReason = answer.status.kind === 'done' ? answer.status.finishReason : 'unspecified';
      const reply = readReplies(answer.text, finishReason, await targets);
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
      // The version before stands there again and is still to be decided about.
      if (!isCancel(error)) void this.#offerAgain(request, content, error);
      return undefined;
    } finally {
      writer.dispose();
    }
  }

  /** Where the code belongs, with what the document's grammar says: it is read while the model is awaited. */
  async #readTargets(): Promise<readonly ReplyTarget[]> {
    const targets = this.#target.replyTargets;
    const syntax = await this.#context.syntax.load().catch(() => undefined);
    return syntax ? syntax.read(targets) : targets;
  }

  /** Tells why a further version failed; it is asked for again where the user wants that before deciding about the last. */
  async #offerAgain(request: EditRequest, content: string, error: unknown): Promise<void> {
    const earlier = this.#versions.map(({ exchange }) => exchange);
    if (!(await tellFailedEdit(this.#context, { error, connection: request.connection, content, earlier }))) return;
    if (!this.#supersede) return void fail(notFree());
    this.#next = request;
    this.#supersede();
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
   * Puts a reply that is not written into the chat.
   * @param text What the range would hold; shown beside the file.
   */
  async #offer(request: EditRequest, answer: AnswerView, reason: string, text?: string): Promise<EditResult> {
    const { anchor, attachment, isSingle } = this.#target;
    const { chats, proposals } = this.#context;
    const offered = { ...attachment, replaceable: attachment.replaceable && isSingle };
    await chats.active.offer(request.instruction, offered, anchor.fork(), answer, reason);
    // Beside a file in which the place is not known there is nothing to accept.
    if (text !== undefined && anchor.state !== 'lost') void proposals.offer(anchor.fork(), text);
    return { status: 'offered', message: reason };
  }

  async #review(): Promise<EditResult> {
    const { anchor } = this.#target;
    this.#next = undefined;
    const { reviews } = this.#context;
    this.#supersede = () => reviews.supersede(anchor);
    const end = await reviews.review(anchor, this.#original, this.#followUps);
    if (end !== 'next') return { status: end === 'kept' ? 'applied' : 'cancelled' };
    // What the user has changed since is theirs from now on.
    if (!this.#target.isAsWritten) this.#original = anchor.text;
    return { status: 'applied' };
  }

  async #decideProposal(proposal: Proposal): Promise<EditResult> {
    this.#next = undefined;
    this.#supersede = () => proposal.end('next');
    const end = await this.#context.proposals.decided(proposal, this.#followUps);
    return { status: end === 'discarded' ? 'cancelled' : 'applied' };
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

  /** Takes the last version back, which is asked for anew. */
  async #takeBack(): Promise<void> {
    const version = this.#versions.at(-1);
    this.#versions = this.#versions.slice(0, -1);
    this.#isRetry = false;
    // Where the user has changed the version it stays, and the request goes out with the code as it is now.
    if (!version || this.#isDiff || !this.#target.isAsWritten) return;
    if ((await this.#target.anchor.replace(version.before)) === 'applied') version.restore();
  }
}

/** How an edit ended that was not made; the user is told. */
export function fail(message: string): EditResult {
  void showError(message);
  return { status: 'failed', message };
}

/** One sentence for a place at which something else has happened since. */
export function notFree(): string {
  return vscode.l10n.t('This code changed in the meantime. Select it and try again.');
}

/** One sentence for a place at which something is being written. */
export function alreadyWriting(): string {
  return vscode.l10n.t('Askance is already editing this code. Press Esc to stop it.');
}
