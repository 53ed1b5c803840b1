import * as vscode from 'vscode';
import { isCancel } from './api/errors.ts';
import { applyEvent, noAnswer } from './chat/answer.ts';
import type { Chats } from './chats.ts';
import { Anchor } from './editor/anchor.ts';
import { replyTarget, whyNotWritten } from './editor/replacement.ts';
import type { Reviews } from './editor/review.ts';
import { Rewrite } from './editor/rewrite.ts';
import { captureTarget } from './editor/selection.ts';
import { reportError, type Endpoints } from './endpoints.ts';
import { attachmentLabel, type Attachment } from './prompt/context.ts';
import { replacementMessages } from './prompt/messages.ts';
import { PartialReply } from './prompt/partial.ts';
import { describeUnsure, readReply, type Reply } from './prompt/reply.ts';
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
  readonly #chat: Chats;
  readonly #reviews: Reviews;

  constructor(endpoints: Endpoints, chat: Chats, reviews: Reviews) {
    this.#endpoints = endpoints;
    this.#chat = chat;
    this.#reviews = reviews;
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
      return await this.#replace(anchor, attachment, instruction, argument.keep ?? false);
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

  async #replace(
    anchor: Anchor,
    attachment: Attachment,
    instruction: string,
    keep: boolean,
  ): Promise<ReplaceSelectionResult> {
    const rewrite = await Rewrite.begin(anchor);
    const offer = async (answer: AnswerView, reason: string): Promise<ReplaceSelectionResult> => {
      await this.#chat.offer(instruction, attachment, anchor, answer, reason);
      return { status: 'offered', message: reason };
    };
    try {
      const { answer, reply } = await this.#stream(rewrite, attachment, instruction);
      if (reply.kind === 'unsure') {
        await rewrite.withdraw();
        return await offer(answer, describeUnsure(reply.reason, vscode.l10n.t));
      }
      if (!(await rewrite.finish(reply.text))) return await offer(answer, whyNotWritten(anchor));
      if (rewrite.original === anchor.text) {
        const message = vscode.l10n.t('The reply is the code as it stands, so nothing changed.');
        void vscode.window.showInformationMessage(message);
        return { status: 'applied', message };
      }
      const end = keep ? 'kept' : await this.#reviews.review(anchor, rewrite.original);
      return { status: end === 'kept' ? 'applied' : 'cancelled' };
    } catch (error) {
      await rewrite.withdraw();
      throw error;
    } finally {
      rewrite.dispose();
    }
  }

  /** Asks, and shows in the file what is certain of the reply while it comes. */
  async #stream(
    rewrite: Rewrite,
    attachment: Attachment,
    instruction: string,
  ): Promise<{ readonly answer: AnswerView; readonly reply: Reply }> {
    const controller = new AbortController();
    const target = replyTarget(rewrite.anchor);
    const partial = new PartialReply(target);
    const title = vscode.l10n.t('Askance: replacing {0}', attachmentLabel(attachment));
    const location = vscode.ProgressLocation.Window;
    const answer = await vscode.window.withProgress({ location, title }, () =>
      this.#reviews.during(
        rewrite,
        () => controller.abort(),
        async (progress) => {
          const endpoint = await this.#endpoints.open();
          const messages = replacementMessages(endpoint.systemPrompt, instruction, attachment);
          const writer = new LatestOnly(async () => {
            const before = rewrite.lineCount;
            await rewrite.show(partial.lines);
            if (rewrite.lineCount > before) progress();
          });
          let answer: AnswerView = { ...noAnswer, profile: endpoint.profile, model: endpoint.model };
          try {
            for await (const event of endpoint.complete(messages, controller.signal)) {
              answer = applyEvent(answer, event, reportError);
              if (event.type !== 'text') continue;
              partial.push(event.text);
              if (partial.lines.length > rewrite.lineCount) writer.run();
            }
          } finally {
            await writer.idle();
          }
          return answer;
        },
      ),
    );
    const finishReason = answer.status.kind === 'done' ? answer.status.finishReason : 'unspecified';
    return { answer, reply: readReply(answer.text, finishReason, target) };
  }
}

/** Runs work again and again, one at a time: what was asked for during a run is one more run. */
class LatestOnly {
  readonly #work: () => Promise<void>;
  #running: Promise<void> | undefined;
  #again = false;

  constructor(work: () => Promise<void>) {
    this.#work = work;
  }

  run(): void {
    this.#again = true;
    this.#running ??= this.#loop();
  }

  /** Resolves when nothing is left to do; rejects where the work did. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #loop(): Promise<void> {
    try {
      while (this.#again) {
        this.#again = false;
        await this.#work();
      }
    } finally {
      this.#running = undefined;
    }
  }
}

function fail(message: string): ReplaceSelectionResult {
  void vscode.window.showErrorMessage(message);
  return { status: 'failed', message };
}
