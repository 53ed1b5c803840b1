import * as vscode from 'vscode';
import type { ToHost, ToPage } from '../shared/protocol.ts';
import { pageHtml } from './html.ts';
import type { Highlighter } from './highlighter.ts';
import { Outbox } from './outbox.ts';
import { parseToHost } from './toHost.ts';

/** What a page says beside the handling of its own messages. */
export type PageMessage = Exclude<ToHost, { type: 'ready' | 'taken' | 'highlight' }>;

export interface ChatViewHost {
  /** Everything that a page which knows nothing must be told. */
  snapshot(): ToPage;
  onMessage(message: PageMessage): void;
}

/** The chat's view. VS Code destroys its page when it is hidden or moved; the next one starts from a snapshot. */
export class ChatView implements vscode.WebviewViewProvider, vscode.Disposable {
  static readonly id = 'askance.chat';
  readonly #dist: vscode.Uri;
  readonly #host: ChatViewHost;
  readonly #registration: vscode.Disposable;
  readonly #outbox = new Outbox((batch) => void this.#view?.webview.postMessage(batch));
  #view: vscode.WebviewView | undefined;
  #highlighter: Promise<Highlighter> | undefined;

  constructor(dist: vscode.Uri, host: ChatViewHost) {
    this.#dist = dist;
    this.#host = host;
    this.#registration = vscode.window.registerWebviewViewProvider(ChatView.id, this);
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view;
    view.webview.options = { enableScripts: true, localResourceRoots: [this.#dist] };
    view.webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    view.onDidDispose(() => {
      if (this.#view !== view) return;
      this.#view = undefined;
      this.#outbox.close();
    });
    view.onDidChangeVisibility(() => {
      if (!view.visible) this.#outbox.close();
    });
    view.webview.html = pageHtml(view.webview, this.#dist, vscode.l10n.t('Askance chat'));
  }

  /** Sends a message to the page, if there is one. */
  send(message: ToPage): void {
    this.#outbox.send(message);
  }

  /** Opens the view with the focus in its input. Resolves when the page shows the messages. */
  async show(...messages: readonly ToPage[]): Promise<void> {
    await vscode.commands.executeCommand(`${ChatView.id}.focus`);
    await this.#outbox.opened();
    for (const message of [...messages, { type: 'focusInput' } as const]) this.send(message);
    await this.#outbox.delivered();
  }

  dispose(): void {
    this.#registration.dispose();
    void this.#highlighter?.then((highlighter) => highlighter.dispose());
  }

  #receive(value: unknown): void {
    const message = parseToHost(value);
    if (!message) return;
    switch (message.type) {
      case 'ready':
        this.#outbox.open(this.#host.snapshot());
        void this.#highlighter?.then((highlighter) => highlighter.forget());
        break;
      case 'taken':
        this.#outbox.taken(message.sequence);
        break;
      case 'highlight':
        void this.#loadHighlighter().then((highlighter) => highlighter.highlight(message));
        break;
      default:
        this.#host.onMessage(message);
    }
  }

  /** It brings a megabyte along: loaded when the first code is shown. */
  #loadHighlighter(): Promise<Highlighter> {
    this.#highlighter ??= import('./highlighter.ts').then(
      ({ Highlighter }) => new Highlighter(this.#dist, (message) => this.send(message)),
    );
    return this.#highlighter;
  }
}
