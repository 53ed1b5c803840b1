import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Conversation } from '../conversation/conversation.ts';
import { PageFile } from '../conversation/history/pageFile.ts';
import type { Workspace } from '../conversation/history/record.ts';
import { ConversationStore } from '../conversation/history/store.ts';
import { showError, showWarning } from '../window/notifications.ts';

/** Where Askance keeps what must outlive a window, on the machine where it runs. */
export class Storage implements vscode.Disposable {
  readonly conversations: ConversationStore;
  readonly #pages: string;
  readonly #merged = new vscode.EventEmitter<Conversation>();
  /** Another window had written more into an open conversation, which has taken it up. */
  readonly onMerge = this.#merged.event;

  constructor({ globalStorageUri, storageUri }: Pick<vscode.ExtensionContext, 'globalStorageUri' | 'storageUri'>) {
    this.#pages = join((storageUri ?? globalStorageUri).fsPath, 'pages');
    this.conversations = new ConversationStore(join(globalStorageUri.fsPath, 'conversations'), {
      onDamaged: (paths) => void tellDamaged(paths),
      onMerge: (conversation) => this.#merged.fire(conversation),
      onError: tellUnsaved,
    });
  }

  /** The file of a page of this workspace. */
  pageFile(page: string): PageFile {
    return new PageFile(join(this.#pages, `${page}.json`));
  }

  /** Makes final what was deleted in windows that were closed since. What it fails at, the next window does. */
  async tidy(): Promise<void> {
    await this.conversations.purge(Date.now()).catch(() => undefined);
  }

  dispose(): void {
    this.#merged.dispose();
  }
}

/** The workspace of this window; absent: there is none. */
export function currentWorkspace(): Workspace | undefined {
  const { workspaceFile, workspaceFolders, name } = vscode.workspace;
  const uri = workspaceFile ?? workspaceFolders?.[0]?.uri;
  return uri && { name: name ?? '', uri: uri.toString() };
}

async function tellDamaged(paths: readonly string[]): Promise<void> {
  const [first] = paths;
  if (first === undefined) return;
  const show = { title: vscode.l10n.t('Show file') };
  const message =
    paths.length === 1
      ? vscode.l10n.t('A conversation of the history could not be read. Its file was set aside: {0}', first)
      : vscode.l10n.t(
          '{0} conversations of the history could not be read. Their files were set aside, beside {1}',
          paths.length,
          first,
        );
  if ((await showWarning(message, show)) === show) {
    await vscode.window.showTextDocument(vscode.Uri.file(first));
  }
}

function tellUnsaved(error: unknown): void {
  const cause = error instanceof Error ? error.message : String(error);
  void showError(
    vscode.l10n.t('Askance cannot keep this conversation: {0}. It stays in this window; copy what you need.', cause),
  );
}
