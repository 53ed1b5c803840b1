import * as vscode from 'vscode';
import { applyEvent, noAnswer } from '../conversation/answer.ts';
import type { Reviews } from '../documents/reviews.ts';
import type { ReplyWriter } from '../documents/replyWriter.ts';
import type { Endpoints } from '../connections/endpoints.ts';
import { reportError } from '../connections/reportError.ts';
import { LatestOnly } from './latestOnly.ts';
import { PartialReply } from '../reply/partial.ts';
import type { ReplyTarget } from '../reply/target.ts';
import { rewriteMessages, type RewriteExchange } from '../prompt/rewriteMessages.ts';
import type { AnswerView } from '../shared/protocol.ts';
import { withWindowProgress } from '../window/notifications.ts';

/** A request for new code, and where the reply is written. */
export interface StreamedRequest {
  readonly writer: ReplyWriter;
  /** Where the reply's code belongs; with several ranges, nothing is shown before the end. */
  readonly targets: Promise<readonly ReplyTarget[]>;
  readonly earlier: readonly RewriteExchange[];
  readonly content: string;
  /** Name of the connection; undefined: the active one. */
  readonly connection: string | undefined;
  /** The location's display name. */
  readonly label: string;
}

/**
 * Sends the request and shows the reliable part of the reply while it streams. Rejects with a cancel if the user stops
 * it.
 */
export async function streamReply(
  { endpoints, reviews }: { readonly endpoints: Endpoints; readonly reviews: Reviews },
  { writer, targets, earlier, content, connection, label }: StreamedRequest,
): Promise<AnswerView> {
  const controller = new AbortController();
  let partial: PartialReply | undefined;
  /** The text that arrived before the target was ready. */
  let waiting: string | undefined = '';
  let target: ReplyTarget | undefined;
  let isOver = false;
  const ask = async (progress: () => void): Promise<AnswerView> => {
    const endpoint = await endpoints.open('edit', { connection });
    const messages = rewriteMessages(endpoint.systemPrompt, earlier, content);
    const showing = new LatestOnly(async () => {
      const before = writer.lineCount;
      await writer.show(partial?.lines ?? []);
      if (writer.lineCount > before) progress();
    });
    const begin = async (): Promise<void> => {
      const [first, ...others] = await targets;
      if (isOver) return;
      target = others.length === 0 ? first : undefined;
      partial = target && new PartialReply(target);
      partial?.push(waiting ?? '');
      waiting = undefined;
      if ((partial?.lines.length ?? 0) > writer.lineCount) showing.run();
    };
    void begin();
    let answer: AnswerView = { ...noAnswer, connection: endpoint.connection, model: endpoint.model };
    try {
      for await (const event of endpoint.complete(messages, controller.signal)) {
        answer = applyEvent(answer, event, event.type === 'retry' ? reportError(event.error).message : '');
        // Shown lines can only grow, so once there are some, the rest waits for the end.
        if (event.type === 'textWasReasoning') {
          if (waiting !== undefined) waiting = '';
          else partial = writer.lineCount > 0 || !target ? undefined : new PartialReply(target);
        }
        if (event.type !== 'text') continue;
        if (waiting !== undefined) waiting += event.text;
        if (!partial) continue;
        partial.push(event.text);
        if (partial.lines.length > writer.lineCount) showing.run();
      }
    } finally {
      isOver = true;
      await showing.idle();
    }
    return answer;
  };
  const title = vscode.l10n.t('Askance: replacing {0}', label);
  const abandoned = writer.onDidAbandon?.(() => controller.abort());
  try {
    return await withWindowProgress(title, () => reviews.during(writer, () => controller.abort(), ask));
  } finally {
    abandoned?.dispose();
  }
}
