import * as vscode from 'vscode';
import { isCancel } from '../api/errors.ts';
import { alreadyWriting, EditSession, fail, codeChanged, type EditRequest, type EditResult } from './editSession.ts';
import type { EditContext } from './editContext.ts';
import { EditTarget } from './editTarget.ts';
import { captureTarget, type Capture, type Captured } from '../context/selection.ts';
import { whyReadOnly } from '../documents/writable.ts';
import { reportError } from '../connections/reportError.ts';
import { showFailedEdit } from './failedEdit.ts';
import { attachmentLabel, type Attachment } from '../prompt/context.ts';
import { rewriteRequest } from '../prompt/rewriteMessages.ts';

/** The argument of `askance.replaceSelection`. */
export interface ReplaceSelectionArgument {
  /** Absent: the user is asked. */
  readonly instruction?: string;
  /** Whether to keep the code without review. */
  readonly keep?: boolean;
  /** Name of the connection; absent: the active one. */
  readonly connection?: string;
  /** The code to replace; absent: the active editor's selection. */
  readonly captured?: readonly Captured[];
  /** Further attachments of the request. */
  readonly context?: readonly Attachment[];
}

/** Requests new code for the selection and writes it if the reply is unambiguous. */
export class ReplaceSelection {
  readonly #context: EditContext;

  constructor(context: EditContext) {
    this.#context = context;
  }

  /** Reports errors that the user has already seen in the result instead of throwing. */
  async run({
    instruction,
    keep = false,
    connection,
    captured,
    context,
  }: ReplaceSelectionArgument): Promise<EditResult> {
    const editor = vscode.window.activeTextEditor;
    const { reviews } = this.#context;
    if (instruction === undefined && reviews.canRefine) {
      await reviews.followUp('refine');
      return { status: 'applied' };
    }
    const capture: Capture = captured ? { kind: 'captured', captured } : captureTarget(editor);
    if (capture.kind === 'nothing') return fail(capture.reason);
    const [first, ...others] = capture.captured;
    if (!first) return { status: 'cancelled' };
    const target = new EditTarget([first, ...others]);
    let isKept = false;
    try {
      const readOnly = await whyReadOnly(first.document);
      if (readOnly !== undefined) return fail(readOnly);
      if (reviews.isWriting(target.anchor)) return fail(alreadyWriting());
      const request = instruction === undefined ? await this.#ask(target) : { instruction };
      if (!request || request.instruction.trim() === '') return { status: 'cancelled' };
      isKept = true;
      return await this.#edit(
        target,
        { ...request, ...(connection !== undefined && { connection }), ...(context && { context }) },
        keep,
      );
    } finally {
      if (!isKept) target.dispose();
    }
  }

  /** Owns the target from now on: if the request fails, the user may retry after reading why. */
  async #edit(target: EditTarget, request: EditRequest, keep: boolean): Promise<EditResult> {
    const session = new EditSession(this.#context, target, keep);
    try {
      const result = await session.run(request);
      target.dispose();
      return result;
    } catch (error) {
      if (!isCancel(error)) {
        void this.#offerAgain(target, session.asked ?? request, keep, error);
        return { status: 'failed', message: reportError(error).message };
      }
      target.dispose();
      return { status: 'cancelled' };
    }
  }

  async #offerAgain(target: EditTarget, request: EditRequest, keep: boolean, error: unknown): Promise<void> {
    const { instruction, connection, context } = request;
    const content = rewriteRequest(instruction, target.code, false, context);
    const isWanted = await showFailedEdit(this.#context, { error, connection, content, earlier: [] });
    const { document } = target.anchor;
    if (isWanted && !document.isClosed && !this.#context.reviews.isWriting(target.anchor)) {
      await this.#edit(target, request, keep);
      return;
    }
    target.dispose();
    if (isWanted) fail(codeChanged());
  }

  /** Asks for the instruction; undefined if cancelled or sent to the chat instead. */
  async #ask(target: EditTarget): Promise<EditRequest | undefined> {
    const { endpoints, input, chats, offeredActions } = this.#context;
    void endpoints.warm();
    const { code, isSingle } = target;
    const choice = await input.ask({
      title: isSingle
        ? vscode.l10n.t('Replace {0}', attachmentLabel(target.attachment))
        : vscode.l10n.t('Replace {0} selections in {1}', code.length, target.attachment.path),
      placeholder: code.every(({ text }) => text === '')
        ? vscode.l10n.t('What should be inserted?')
        : vscode.l10n.t('What should change?'),
      offersChat: true,
      actions: await offeredActions(target.anchor.document),
    });
    if (choice?.kind === 'action') {
      await vscode.commands.executeCommand('askance.runAction', choice.id);
      return undefined;
    }
    if (choice?.kind === 'chat') {
      await chats.active.input.askAboutSelection({ question: choice.text, send: choice.text.trim() !== '' });
      return undefined;
    }
    return choice && { instruction: choice.text };
  }
}
