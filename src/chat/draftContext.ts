import * as vscode from 'vscode';
import { attachmentView } from '../conversation/turn.ts';
import type { Anchors } from './anchors.ts';
import type { AttachedFiles } from '../context/attachedFiles.ts';
import { displayPath } from '../context/displayPath.ts';
import type { CapturedContext } from '../context/capture.ts';
import { attachmentLabel, type Attachment } from '../prompt/context.ts';
import type { Settings } from '../settings/settings.ts';
import type { AttachmentView } from '../shared/protocol.ts';

/** Milliseconds without a change before chips are updated. */
const pause = 300;

export interface DraftContextEvents {
  /** An attachment was added, removed or read again. */
  onChange(): void;
  /** A file changed, so its chip must be updated. */
  onFilesChange(): void;
}

/** The draft's attachments. They follow their files and are read again when the question is sent. */
export class DraftContext implements vscode.Disposable {
  readonly #settings: Settings;
  readonly #anchors: Anchors;
  readonly #events: DraftContextEvents;
  readonly #subscription: vscode.Disposable;
  /** Created with the first attached file. */
  #files: Promise<AttachedFiles> | undefined;
  #isDisposed = false;
  #attachmentsNow: readonly Attachment[];
  /** By attachment id: why it couldn't be read again. */
  #problems: ReadonlyMap<string, string> = new Map();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param attachments Restored from the page's saved state. */
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

  /** Replaces an existing attachment of the same thing. */
  add(captured: readonly CapturedContext[]): void {
    for (const item of captured) {
      const { attachment } = item;
      const earlier = this.#attachments.find((other) => isSame(other, attachment));
      if (earlier) this.remove(earlier.id);
      if ('document' in item) this.#anchors.add(item);
      this.#attachments = [...this.#attachments, attachment];
    }
  }

  /** Takes over attachments of another page with their locations. */
  adopt(attachments: readonly Attachment[]): void {
    this.#attachments = [...this.#attachments, ...attachments];
  }

  remove(id: string): void {
    this.release(id);
    this.#anchors.remove(id);
  }

  /** Returns the attachments for sending and empties the draft. */
  take(): readonly Attachment[] {
    const taken = this.#attachments;
    this.#attachments = [];
    this.#problems = new Map();
    return taken;
  }

  /** The workspace's attached instructions. */
  get instructions(): readonly Attachment[] {
    return this.#attachments.filter(({ kind }) => kind === 'instructions');
  }

  /** Detaches without disposing the anchor, which the sent question owns now. */
  release(id: string): void {
    this.#attachments = this.#attachments.filter((attachment) => attachment.id !== id);
  }

  /** Re-reads every attachment; one that can't be read keeps its text and gets a warning on its chip. */
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
      // The user removed it in the meantime.
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
    // Two selections of one terminal are different things.
    (some.kind !== 'terminal' || some.text === other.text)
  );
}
