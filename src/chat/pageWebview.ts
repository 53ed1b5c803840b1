import * as vscode from 'vscode';
import type { ToHost, ToPage } from '../shared/protocol.ts';
import { pageHtml } from './html.ts';
import type { Highlighter } from '../languages/highlighter.ts';
import { Outbox } from './outbox.ts';
import { parseToHost } from './toHost.ts';

/** What a page says beside the handling of its own messages. */
export type PageMessage = Exclude<ToHost, { type: 'ready' | 'taken' | 'highlight' }>;

export interface PageWebviewOptions {
  /** Everything that a page which knows nothing must be told. */
  snapshot(): ToPage;
  onMessage(message: PageMessage): void;
  /** Brings the place of the page into view, with the focus. */
  reveal(): PromiseLike<unknown>;
}

/**
 * A page of the chat, in the side bar or in an editor tab. VS Code destroys it when it is hidden or moved; the next one
 * in its place starts from a snapshot.
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

  /** Puts the page into a webview. */
  open(webview: vscode.Webview): void {
    this.#webview = webview;
    webview.options = { enableScripts: true, localResourceRoots: [this.#dist] };
    webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    webview.html = pageHtml(webview, this.#dist, vscode.l10n.t('Askance chat'));
  }

  /** The webview is hidden, and its page with it destroyed. */
  hide(): void {
    this.#outbox.close();
  }

  /** The webview is gone. */
  close(webview: vscode.Webview): void {
    if (this.#webview !== webview) return;
    this.#webview = undefined;
    this.hide();
  }

  /** Sends a message to the page, if there is one. */
  send(message: ToPage): void {
    this.#outbox.send(message);
  }

  /** Brings the page into view with the focus in its input. Resolves when it shows the messages. */
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

  /** It brings a megabyte along: loaded when the first code is shown. */
  #loadHighlighter(): Promise<Highlighter> {
    this.#highlighter ??= import('../languages/highlighter.ts').then(
      ({ Highlighter }) => new Highlighter(this.#dist, (message) => this.send(message)),
    );
    return this.#highlighter;
  }
}
