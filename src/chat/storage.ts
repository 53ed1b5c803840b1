import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Conversation } from '../conversation/conversation.ts';
import { ConversationFolder } from '../conversation/history/conversationFolder.ts';
import type { Library } from '../conversation/history/library.ts';
import { PageFile } from '../conversation/history/pageFile.ts';
import type { Workspace } from '../conversation/history/record.ts';
import { ConversationStore } from '../conversation/history/store.ts';
import { Lazy } from '../shared/lazy.ts';
import { showError, showWarning } from '../window/notifications.ts';
import { plural } from '../shared/plural.ts';

type Context = Pick<vscode.ExtensionContext, 'globalStorageUri' | 'storageUri' | 'workspaceState'>;

/** Where Askance saves persistent data, on the machine where it runs. */
export class Storage implements vscode.Disposable {
  readonly conversations: ConversationStore;
  readonly library: Lazy<Library>;
  readonly #folder: ConversationFolder;
  readonly #pages: string;
  /** Windows without a folder share one folder for their pages. */
  readonly #window: string;
  readonly #merged = new vscode.EventEmitter<Conversation>();
  /** Another window's changes were merged into an open conversation. */
  readonly onMerge = this.#merged.event;

  constructor({ globalStorageUri, storageUri, workspaceState }: Context) {
    this.#pages = join((storageUri ?? globalStorageUri).fsPath, 'pages');
    this.#window = storageUri ? '' : `-${windowId(workspaceState)}`;
    this.#folder = new ConversationFolder(join(globalStorageUri.fsPath, 'conversations'));
    this.conversations = new ConversationStore(this.#folder, {
      onDamaged: (path) => this.#setAside(path),
      onMerge: (conversation) => this.#merged.fire(conversation),
      onError: tellUnsaved,
      onWritten: () => undefined,
    });
    this.library = new Lazy(async () => {
      const { Library: Made } = await import('../conversation/history/library.ts');
      return new Made(this.#folder, this.conversations, (paths) => void tellDamaged(paths));
    });
  }

  /** The file of a page of this window. */
  pageFile(page: string): PageFile {
    return new PageFile(join(this.#pages, `${page}${this.#window}.json`));
  }

  /** Deletes for good what closed windows left in the trash. Errors are ignored: the next window retries. */
  async tidy(): Promise<void> {
    const { tidy } = await import('../conversation/history/tidy.ts');
    await tidy({ conversations: this.#folder, pages: this.#pages, hasTabs: hasChatTabs() }, Date.now());
  }

  /** Makes deletions final when the window that could undo them closes. */
  async end(): Promise<void> {
    await this.library.made?.end();
  }

  dispose(): void {
    this.#merged.dispose();
  }

  /** Throws if the file can't be moved. */
  async #setAside(path: string): Promise<void> {
    const { moveAside } = await import('../conversation/history/damaged.ts');
    void tellDamaged([await moveAside(this.#folder, path)]);
  }
}

/** An id for a window without a folder that survives reloads. */
function windowId(state: vscode.Memento): string {
  const known = state.get<unknown>('window');
  if (typeof known === 'string' && /^[\w-]{1,100}$/.test(known)) return known;
  const id = randomUUID();
  void state.update('window', id);
  return id;
}

function hasChatTabs(): boolean {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.some(
    ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('askance.chatPanel'),
  );
}

/** The workspace of this window; undefined if there is none. */
export function currentWorkspace(): Workspace | undefined {
  const { workspaceFile, workspaceFolders, name } = vscode.workspace;
  const uri = workspaceFile ?? workspaceFolders?.[0]?.uri;
  return uri && { name: name ?? '', uri: uri.toString() };
}

async function tellDamaged(paths: readonly string[]): Promise<void> {
  const [first] = paths;
  if (first === undefined) return;
  const show = { title: vscode.l10n.t('Show file') };
  const message = plural(
    paths.length,
    vscode.l10n.t("A chat couldn't be read. Its file was moved to {0}.", first),
    vscode.l10n.t("{0} chats couldn't be read. Their files were moved. The first is {1}.", paths.length, first),
  );
  if ((await showWarning(message, show)) === show) {
    await vscode.window.showTextDocument(vscode.Uri.file(first));
  }
}

function tellUnsaved(error: unknown): void {
  const cause = error instanceof Error ? error.message : String(error);
  void showError(
    vscode.l10n.t(
      "Askance can't save this chat. It's kept only until you close this window, so copy what you need. Cause: {0}",
      cause,
    ),
  );
}
