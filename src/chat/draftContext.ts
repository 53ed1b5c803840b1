import * as vscode from 'vscode';
import { attachmentView } from '../conversation/turn.ts';
import type { Anchors } from './anchors.ts';
import type { AttachedFiles } from '../context/attachedFiles.ts';
import { displayPath } from '../context/displayPath.ts';
import type { CapturedContext } from '../context/capture.ts';
import { attachmentLabel, type Attachment } from '../prompt/context.ts';
import type { Settings } from '../settings/settings.ts';
import type { AttachmentView } from '../shared/protocol.ts';

/** Milliseconds without a change after which a chip shows what was changed. */
const pause = 300;

export interface DraftContextEvents {
  /** Something was attached, removed or read anew. */
  onChange(): void;
  /** A chip is to be shown anew because a file changed. */
  onFilesChange(): void;
}

/** What is attached to the question that is being written. It follows the files, and is read anew when the question goes. */
export class DraftContext implements vscode.Disposable {
  readonly #settings: Settings;
  readonly #anchors: Anchors;
  readonly #events: DraftContextEvents;
  readonly #subscription: vscode.Disposable;
  /** Made with the first file that is attached. */
  #files: Promise<AttachedFiles> | undefined;
  #isDisposed = false;
  #attachmentsNow: readonly Attachment[];
  /** By id of the attachment: why it could not be read anew. */
  #problems: ReadonlyMap<string, string> = new Map();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param attachments What was attached when the page was last seen. */
  constructor(settings: Settings, anchors: Anchors, attachments: readonly Attachment[], events: DraftContextEvents) {
    this.#settings = settings;
    this.#anchors = anchors;
    this.#attachmentsNow = attachments;
    this.#events = events;
    void this.#watch();
    this.#subscription = vscode.workspace.onDidChangeTextDocument(({ document }) => {
      const uri = document.uri.toString();
      if (this.#attachments.some((attachment) => attachment.uri === uri)) this.#refreshSoon();
    });
  }

  get attachments(): readonly Attachment[] {
    return this.#attachments;
  }

  get views(): readonly AttachmentView[] {
    return this.#attachments.map((attachment) => {
      const problem = this.#problems.get(attachment.id);
      return { ...attachmentView(attachment), ...(problem !== undefined && { problem }) };
    });
  }

  /** What is attached again takes the place of the earlier chip. */
  add(captured: readonly CapturedContext[]): void {
    for (const item of captured) {
      const { attachment } = item;
      const earlier = this.#attachments.find((other) => isSame(other, attachment));
      if (earlier) this.remove(earlier.id);
      if ('document' in item) this.#anchors.add(item);
      this.#attachments = [...this.#attachments, attachment];
    }
  }

  /** Takes over what was attached elsewhere, with its place. */
  adopt(attachments: readonly Attachment[]): void {
    this.#attachments = [...this.#attachments, ...attachments];
  }

  remove(id: string): void {
    this.release(id);
    this.#anchors.remove(id);
  }

  /** What goes with the question; the draft is empty then. */
  take(): readonly Attachment[] {
    const taken = this.#attachments;
    this.#attachments = [];
    this.#problems = new Map();
    return taken;
  }

  /** The instructions of the workspace, where they are attached. */
  get instructions(): readonly Attachment[] {
    return this.#attachments.filter(({ kind }) => kind === 'instructions');
  }

  /** It goes with a question now, which owns its place. */
  release(id: string): void {
    this.#attachments = this.#attachments.filter((attachment) => attachment.id !== id);
  }

  /** Reads everything anew; what is gone stays as it was, and its chip says so. */
  async refresh(): Promise<void> {
    clearTimeout(this.#timer);
    const [{ Exclusions }, { refreshed }] = await Promise.all([
      import('../context/exclusions.ts'),
      import('../context/refresh.ts'),
    ]);
    const exclusions = new Exclusions(this.#settings.exclude);
    const before = this.#attachments;
    const results = await Promise.allSettled(
      before.map((attachment) => refreshed(attachment, this.#anchors.get(attachment.id), exclusions)),
    );
    const problems = new Map<string, string>();
    before.forEach((attachment, index) => {
      const result = results[index];
      // What was removed meanwhile stays removed.
      if (!this.#attachments.includes(attachment)) return;
      if (result?.status === 'fulfilled' && result.value) this.#replace(attachment, result.value);
      if (result?.status === 'rejected') problems.set(attachment.id, String(result.reason?.message ?? result.reason));
    });
    this.#problems = problems;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
    this.#isDisposed = true;
    void this.#files?.then((files) => files.dispose());
    for (const { id } of this.#attachments) this.#anchors.remove(id);
  }

  get #attachments(): readonly Attachment[] {
    return this.#attachmentsNow;
  }

  set #attachments(attachments: readonly Attachment[]) {
    this.#attachmentsNow = attachments;
    void this.#watch();
    this.#events.onChange();
  }

  /** Code in an editor is followed by its anchor. */
  async #watch(): Promise<void> {
    if (!this.#files && !this.#attachmentsNow.some(({ kind }) => followedKinds.has(kind))) return;
    this.#files ??= this.#followFiles();
    const files = await this.#files;
    const whole = this.#attachmentsNow.filter(({ id, kind }) => followedKinds.has(kind) && !this.#anchors.get(id));
    if (!this.#isDisposed) files.watch(whole.flatMap(({ uri }) => uri ?? []));
  }

  async #followFiles(): Promise<AttachedFiles> {
    const { AttachedFiles: Files } = await import('../context/attachedFiles.ts');
    return new Files({
      onChange: () => this.#refreshSoon(),
      onRename: (from, to) => this.#renamed(from, to),
    });
  }

  #renamed(from: vscode.Uri, to: vscode.Uri): void {
    const uri = from.toString();
    this.#attachments = this.#attachments.map((attachment) =>
      attachment.uri === uri && followedKinds.has(attachment.kind)
        ? { ...attachment, uri: to.toString(), path: displayPath(to) }
        : attachment,
    );
    this.#refreshSoon();
  }

  #refreshSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.refresh().then(() => this.#events.onFilesChange()), pause);
  }

  #replace(attachment: Attachment, fresh: CapturedContext): void {
    this.#attachments = this.#attachments.with(this.#attachments.indexOf(attachment), fresh.attachment);
    if ('document' in fresh) this.#anchors.add(fresh);
  }
}

/** Kinds of context that are a file or a folder. */
const followedKinds: ReadonlySet<Attachment['kind']> = new Set(['code', 'file', 'folder', 'instructions']);

function isSame(some: Attachment, other: Attachment): boolean {
  return (
    some.kind === other.kind &&
    some.uri === other.uri &&
    some.description === other.description &&
    attachmentLabel(some) === attachmentLabel(other) &&
    // Two selections of one terminal are two things.
    (some.kind !== 'terminal' || some.text === other.text)
  );
}
