import type * as vscode from 'vscode';
import type { PageFile } from '../conversation/history/pageFile.ts';
import type { Anchors } from './anchors.ts';
import type { Attachment } from '../prompt/context.ts';
import type { Settings } from '../settings/settings.ts';
import type { Draft } from '../shared/protocol.ts';
import { DraftContext } from './draftContext.ts';

/** A question with its attachments. */
export interface Question {
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

export interface QuestionDraftOptions {
  readonly settings: Settings;
  /** Locations of the attachments. */
  readonly anchors: Anchors;
  /** Where the draft is saved until it is sent. */
  readonly file: PageFile;
  /** Id of the conversation that the page shows. */
  conversation(): string;
  /** A file changed, so its chip must be updated. */
  onFilesChange(): void;
}

/** A page's draft and its queued question. Saves every change. */
export class QuestionDraft implements vscode.Disposable {
  readonly context: DraftContext;
  readonly #options: QuestionDraftOptions;
  #textNow: string;
  #queuedNow: Question | undefined;

  /** Restores the saved draft. */
  constructor(options: QuestionDraftOptions) {
    this.#options = options;
    const { text, attachments } = options.file.read();
    this.#textNow = text;
    this.context = new DraftContext(options.settings, options.anchors, attachments, {
      onChange: () => this.keep(),
      onFilesChange: () => options.onFilesChange(),
    });
  }

  get text(): string {
    return this.#textNow;
  }

  set text(text: string) {
    this.#textNow = text;
    this.keep();
  }

  get question(): Question {
    return { text: this.text, attachments: this.context.attachments };
  }

  get view(): Required<Draft> {
    return { text: this.text, attachments: this.context.views };
  }

  /** The question that is sent when the running answer has ended. */
  get queued(): Question | undefined {
    return this.#queuedNow;
  }

  /** Appends to the user's text. */
  append(question: string): void {
    this.text = this.text.trim() === '' || this.text === question ? question : `${this.text.trimEnd()}\n${question}`;
  }

  /**
   * Takes over the draft and the queued question of another page.
   * @returns whether there was anything.
   */
  adopt(other: QuestionDraft): boolean {
    other.unqueue();
    const { text } = other;
    const attachments = other.context.take();
    if (text.trim() === '' && attachments.length === 0) return false;
    if (text.trim() !== '') this.append(text);
    this.context.adopt(attachments);
    return true;
  }

  /**
   * Removes and returns the question for sending.
   * @param typed The draft's remaining text.
   */
  take(typed: string): Question {
    const { question } = this;
    this.context.take();
    this.text = typed;
    return question;
  }

  /**
   * Queues the current question.
   * @param typed As with `take`.
   */
  queue(typed: string): void {
    this.#queuedNow = this.take(typed);
    this.keep();
  }

  /** Removes and returns the queued question for sending. */
  takeQueued(): Question | undefined {
    const queued = this.#queuedNow;
    this.#queuedNow = undefined;
    if (queued) this.keep();
    return queued;
  }

  /**
   * Puts the queued question back into the draft.
   * @returns whether there was one.
   */
  unqueue(): boolean {
    const queued = this.takeQueued();
    if (!queued) return false;
    this.append(queued.text);
    this.context.adopt(queued.attachments);
    return true;
  }

  /** Saves the draft; a queued question is saved as unsent. */
  keep(): void {
    const questions = [...(this.queued ? [this.queued] : []), this.question];
    this.#options.file.write({
      conversation: this.#options.conversation(),
      text: questions
        .map(({ text }) => text)
        .join('\n')
        .trimStart(),
      attachments: questions.flatMap(({ attachments }) => attachments),
    });
  }

  dispose(): void {
    this.context.dispose();
  }
}
