import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { asUri } from '../documents/vsCode.ts';
import { FakeUri } from '../documents/fakeVsCode.ts';

const { pageHtml } = await import('../../../src/chat/html.ts');

describe('the security policy of the page', () => {
  it('allows one script and the own style sheet, no other base for links and no form to be sent', () => {
    const webview = { cspSource: 'vscode-resource:', asWebviewUri: (uri: vscode.Uri) => uri };
    const html = pageHtml(webview as unknown as vscode.Webview, asUri(new FakeUri('/dist')), 'Chat');
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]?.split('; ') ?? [];
    const [script] = policy.filter((rule) => rule.startsWith('script-src'));
    assert.match(script ?? '', /^script-src 'nonce-[\w+/=]+'$/);
    assert.deepEqual(
      policy.filter((rule) => rule !== script),
      ["default-src 'none'", 'style-src vscode-resource:', "base-uri 'none'", "form-action 'none'"],
    );
  });
});
