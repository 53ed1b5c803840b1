import type * as vscode from 'vscode';
import type { PageFile } from '../conversation/history/pageFile.ts';
import type { Anchors } from './anchors.ts';
import type { Attachment } from '../prompt/context.ts';
import type { Settings } from '../settings/settings.ts';
import type { Draft } from '../shared/protocol.ts';
import { DraftContext } from './draftContext.ts';

/** What is to be asked. */
export interface Question {
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

export interface QuestionDraftOptions {
  readonly settings: Settings;
  /** The places of the attachments. */
  readonly anchors: Anchors;
  /** Where it is kept until it is sent. */
  readonly file: PageFile;
  /** Id of the conversation that the page shows. */
  conversation(): string;
  /** A chip is to be shown anew because a file changed. */
  onFilesChange(): void;
}

/** The question that is being written on a page, and the one before it if that waits for an answer. Each change is kept. */
export class QuestionDraft implements vscode.Disposable {
  readonly context: DraftContext;
  readonly #options: QuestionDraftOptions;
  #textNow: string;
  #queuedNow: Question | undefined;

  /** Begins with what was written when the page was last seen. */
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

  /** What is asked when the answer that is coming has ended. */
  get queued(): Question | undefined {
    return this.#queuedNow;
  }

  /** What the user wrote before is kept. */
  append(question: string): void {
    this.text = this.text.trim() === '' || this.text === question ? question : `${this.text.trimEnd()}\n${question}`;
  }

  /** Takes over what was written on another page, and what waits there. @returns Whether there was anything. */
  adopt(other: QuestionDraft): boolean {
    other.unqueue();
    const { text } = other;
    const attachments = other.context.take();
    if (text.trim() === '' && attachments.length === 0) return false;
    if (text.trim() !== '') this.append(text);
    this.context.adopt(attachments);
    return true;
  }

  /** The question as it stands, for the caller to send. @param typed What stands in the draft then. */
  take(typed: string): Question {
    const { question } = this;
    this.context.take();
    this.text = typed;
    return question;
  }

  /** The question as it stands waits for its turn. @param typed As with `take`. */
  queue(typed: string): void {
    this.#queuedNow = this.take(typed);
    this.keep();
  }

  /** The question that waited, for the caller to send. */
  takeQueued(): Question | undefined {
    const queued = this.#queuedNow;
    this.#queuedNow = undefined;
    if (queued) this.keep();
    return queued;
  }

  /** Puts the question that waits back into the draft. @returns Whether there was one. */
  unqueue(): boolean {
    const queued = this.takeQueued();
    if (!queued) return false;
    this.append(queued.text);
    this.context.adopt(queued.attachments);
    return true;
  }

  /** A question that waits is one that is not sent. */
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
