import * as vscode from 'vscode';
import { isCancel } from './api/errors.ts';
import { applyEvent, noAnswer } from './chat/answer.ts';
import type { ChatController } from './chatController.ts';
import { Anchor } from './editor/anchor.ts';
import { replaceAnchored, replyTarget } from './editor/replacement.ts';
import type { Reviews } from './editor/review.ts';
import { captureTarget } from './editor/selection.ts';
import type { VirtualTexts } from './editor/virtualTexts.ts';
import { reportError, type Endpoints } from './endpoints.ts';
import { attachmentLabel, type Attachment } from './prompt/context.ts';
import { replacementMessages } from './prompt/messages.ts';
import { describeUnsure, readReply } from './prompt/reply.ts';
import type { AnswerView } from './shared/protocol.ts';

/** The argument of `askance.replaceSelection`. */
export interface ReplaceSelectionArgument {
  /** Absent: the user is asked. */
  readonly instruction?: string;
  /** true: what was written is kept without review. */
  readonly keep?: boolean;
}

/** What `askance.replaceSelection` resolves to. Whatever has a message was told to the user already. */
export interface ReplaceSelectionResult {
  readonly status: 'applied' | 'offered' | 'cancelled' | 'failed';
  readonly message?: string;
}

/** Asks for new code for the selection and writes it there, if the reply is clearly that code. */
export class ReplaceSelection {
  readonly #endpoints: Endpoints;
  readonly #chat: ChatController;
  readonly #reviews: Reviews;
  readonly #texts: VirtualTexts;

  constructor(endpoints: Endpoints, chat: ChatController, reviews: Reviews, texts: VirtualTexts) {
    this.#endpoints = endpoints;
    this.#chat = chat;
    this.#reviews = reviews;
    this.#texts = texts;
  }

  /** Never rejects for what the user was told about. */
  async run(argument: ReplaceSelectionArgument): Promise<ReplaceSelectionResult> {
    const capture = captureTarget(vscode.window.activeTextEditor);
    if (capture.kind === 'nothing') return fail(capture.reason);
    const [captured] = capture.captured;
    if (!captured) return { status: 'cancelled' };
    const { attachment } = captured;
    const anchor = new Anchor(captured.document, captured.range);
    try {
      const instruction = argument.instruction ?? (await this.#askInstruction(attachment));
      if (instruction === undefined || instruction.trim() === '') return { status: 'cancelled' };
      const answer = await this.#complete(instruction, attachment);
      return await this.#write(anchor, attachment, instruction, answer, argument.keep ?? false);
    } catch (error) {
      return isCancel(error) ? { status: 'cancelled' } : fail(reportError(error).message);
    } finally {
      if (this.#chat.anchor(attachment.id) !== anchor) anchor.dispose();
    }
  }

  async #askInstruction(attachment: Attachment): Promise<string | undefined> {
    void this.#endpoints.warm();
    return vscode.window.showInputBox({
      title: vscode.l10n.t('Replace {0}', attachmentLabel(attachment)),
      prompt: vscode.l10n.t('What should change? The answer replaces the selection; you can undo it.'),
      ignoreFocusOut: true,
    });
  }

  async #complete(instruction: string, attachment: Attachment): Promise<AnswerView> {
    const endpoint = await this.#endpoints.open();
    const messages = replacementMessages(endpoint.systemPrompt, instruction, attachment);
    const title = vscode.l10n.t('Askance: replacing {0}', attachmentLabel(attachment));
    const location = vscode.ProgressLocation.Notification;
    return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, cancellation) => {
      const controller = new AbortController();
      cancellation.onCancellationRequested(() => controller.abort());
      let lines = 0;
      let answer: AnswerView = { ...noAnswer, profile: endpoint.profile, model: endpoint.model };
      for await (const event of endpoint.complete(messages, controller.signal)) {
        answer = applyEvent(answer, event, reportError);
        if (answer.status.kind === 'retrying') progress.report({ message: answer.status.message });
        if (event.type !== 'text' || !event.text.includes('\n')) continue;
        lines += event.text.split('\n').length - 1;
        progress.report({ message: vscode.l10n.t('{0} lines', lines) });
      }
      return answer;
    });
  }

  async #write(
    anchor: Anchor,
    attachment: Attachment,
    instruction: string,
    answer: AnswerView,
    keep: boolean,
  ): Promise<ReplaceSelectionResult> {
    const finishReason = answer.status.kind === 'done' ? answer.status.finishReason : 'unspecified';
    const reply = readReply(answer.text, finishReason, replyTarget(anchor));
    const offer = async (reason: string): Promise<ReplaceSelectionResult> => {
      await this.#chat.offer(instruction, attachment, anchor, answer, reason);
      return { status: 'offered', message: reason };
    };
    if (reply.kind === 'unsure') return offer(describeUnsure(reply.reason, vscode.l10n.t));
    const replaced = await replaceAnchored(anchor, reply.text, this.#texts);
    if (replaced.kind === 'refused') return offer(replaced.reason);
    const end = keep ? 'kept' : await this.#reviews.open(anchor, replaced.original);
    return { status: end === 'kept' ? 'applied' : 'cancelled' };
  }
}

function fail(message: string): ReplaceSelectionResult {
  void vscode.window.showErrorMessage(message);
  return { status: 'failed', message };
}
