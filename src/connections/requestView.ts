import * as vscode from 'vscode';
import type { CompletionRequest, SecretSource } from '../api/request.ts';
import type { RequestParts } from '../api/requestParts.ts';
import { showInStatusBar } from '../window/notifications.ts';

const scheme = 'askance-request';

/** Whether the document is a request preview, which is no code to work on. */
export function isRequest({ uri }: vscode.TextDocument): boolean {
  return uri.scheme === scheme;
}

/** A request that can be sent or previewed. */
export interface PreparedRequest {
  readonly parts: RequestParts;
  readonly secret: SecretSource;
}

/** Previews requests in read-only editors, exactly as they would be sent, with secrets masked. */
export class RequestView implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #prepared = new Map<string, PreparedRequest>();
  readonly #subscriptions = [
    vscode.workspace.registerTextDocumentContentProvider(scheme, this),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#prepared.delete(uri.toString())),
  ];
  #count = 0;

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const prepared = this.#prepared.get(uri.toString());
    if (!prepared) return '';
    const { shownRequest } = await import('../api/shownRequest.ts');
    return shownRequest(await build(prepared));
  }

  async show(prepared: PreparedRequest): Promise<void> {
    const { url } = await build(prepared);
    this.#count += 1;
    const path = `/${vscode.l10n.t('Request to {0}', new URL(url).host)}.json`;
    const uri = vscode.Uri.from({ scheme, path, query: String(this.#count) });
    this.#prepared.set(uri.toString(), prepared);
    await vscode.window.showTextDocument(uri, { preview: true });
  }

  /** Copies the active preview as a curl command whose key is a variable. */
  async copyAsCurl(): Promise<void> {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const prepared = uri && this.#prepared.get(uri.toString());
    if (!prepared) throw new Error(vscode.l10n.t('No request is open. Run “Askance: Preview request” first.'));
    const { curlCommand } = await import('../api/curl.ts');
    const hasKey = prepared.secret({ kind: 'apiKey' }) !== undefined;
    await vscode.env.clipboard.writeText(curlCommand(prepared.parts, hasKey));
    showInStatusBar(
      hasKey
        ? vscode.l10n.t('Copied. The command reads the API key from the variable {0}.', 'ASKANCE_API_KEY')
        : vscode.l10n.t('Copied.'),
      5000,
    );
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

async function build({ parts, secret }: PreparedRequest): Promise<CompletionRequest> {
  const { buildRequest } = await import('../api/request.ts');
  try {
    return buildRequest(parts, secret);
  } catch (error) {
    throw (await import('./reportError.ts')).describedError(error);
  }
}
