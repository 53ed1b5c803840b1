import * as vscode from 'vscode';
import type { ToHost, ToPage } from '../shared/protocol.ts';
import { pageHtml } from './html.ts';
import type { Highlighter } from '../languages/highlighter.ts';
import { Outbox } from './outbox.ts';
import { parseToHost } from './toHost.ts';

/** A page's messages that the webview doesn't handle itself. */
export type PageMessage = Exclude<ToHost, { type: 'ready' | 'taken' | 'highlight' }>;

export interface PageWebviewOptions {
  /** The full state for a new page. */
  snapshot(): ToPage;
  onMessage(message: PageMessage): void;
  /** Reveals the page's view or tab and focuses it. */
  reveal(): PromiseLike<unknown>;
}

/**
 * A chat page in the side bar or an editor tab. VS Code destroys it when it is hidden or moved; its successor starts
 * from a snapshot.
 */
export class PageWebview implements vscode.Disposable {
  readonly #dist: vscode.Uri;
  readonly #options: PageWebviewOptions;
  readonly #outbox = new Outbox((batch) => void this.#webview?.postMessage(batch));
  #webview: vscode.Webview | undefined;
  #highlighter: Promise<Highlighter> | undefined;

  /** @param dist The folder of the built page. */
  constructor(dist: vscode.Uri, options: PageWebviewOptions) {
    this.#dist = dist;
    this.#options = options;
  }

  /** Loads the page into a webview. */
  open(webview: vscode.Webview): void {
    this.#webview = webview;
    webview.options = { enableScripts: true, localResourceRoots: [this.#dist] };
    webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    webview.html = pageHtml(webview, this.#dist, vscode.l10n.t('Askance chat'));
  }

  /** The webview is hidden, which destroys its page. */
  hide(): void {
    this.#outbox.close();
  }

  /** The webview was disposed. */
  close(webview: vscode.Webview): void {
    if (this.#webview !== webview) return;
    this.#webview = undefined;
    this.hide();
  }

  /** Sends a message to the page, if there is one. */
  send(message: ToPage): void {
    this.#outbox.send(message);
  }

  /** Reveals the page, focuses its input, and resolves when it has painted the messages. */
  async show(...messages: readonly ToPage[]): Promise<void> {
    await this.#options.reveal();
    await this.#outbox.opened();
    for (const message of [...messages, { type: 'focusInput' } as const]) this.send(message);
    await this.#outbox.delivered();
  }

  dispose(): void {
    void this.#highlighter?.then((highlighter) => highlighter.dispose());
  }

  #receive(value: unknown): void {
    const message = parseToHost(value);
    if (!message) return;
    switch (message.type) {
      case 'ready':
        this.#outbox.open(this.#options.snapshot());
        void this.#highlighter?.then((highlighter) => highlighter.forget());
        break;
      case 'taken':
        this.#outbox.taken(message.sequence);
        break;
      case 'highlight':
        void this.#loadHighlighter().then((highlighter) => highlighter.highlight(message));
        break;
      default:
        this.#options.onMessage(message);
    }
  }

  /** Loads a megabyte, so only when the first code is shown. */
  #loadHighlighter(): Promise<Highlighter> {
    this.#highlighter ??= import('../languages/highlighter.ts').then(
      ({ Highlighter }) => new Highlighter(this.#dist, (message) => this.send(message)),
    );
    return this.#highlighter;
  }
}
