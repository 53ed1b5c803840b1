import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import * as vscode from 'vscode';

/** A name that only a proxy can reach: DNS knows no `.test`. */
const host = 'api.example.test';

describe('the network', () => {
  const asked: string[] = [];
  const [first, second] = [createProxy(asked), createProxy([])];

  before(async () => {
    await set('http.proxy', await start(first));
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: 'let tide = 1;\n' }));
    await set('askance.connections', [{ name: 'Far', baseUrl: `http://${host}/v1`, model: 'm' }]);
  });

  after(async () => {
    await set('http.proxy', undefined);
    await set('askance.connections', undefined);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    for (const proxy of [first, second]) {
      proxy.closeAllConnections();
      proxy.close();
    }
  });

  it("goes through the proxy of VS Code's settings, with its own connections and VS Code's", async () => {
    await vscode.commands.executeCommand('askance.diagnoseConnection');
    assert.deepEqual(asked, [`GET http://${host}/v1/models`, `CONNECT ${host}:80`, 'GET /v1/models']);
  });

  it("makes the exceptions of VS Code's settings", async () => {
    asked.length = 0;
    await set('http.noProxy', [host]);
    await vscode.commands.executeCommand('askance.diagnoseConnection');
    await set('http.noProxy', undefined);
    assert.deepEqual(asked, []);
  });

  it("sends a question over VS Code's own fetch where the settings want that", async () => {
    await set('askance.network.transport', 'vscode');
    asked.length = 0;
    assert.equal(await question(first), '/v1/chat/completions');
    await set('askance.network.transport', undefined);
    // A path alone: it came through a tunnel, which may stand since an earlier test.
    assert.equal(asked.at(-1), 'POST /v1/chat/completions');
  });

  it('takes a time limit in which nothing can be answered for none, and the default in its place', async () => {
    const names = ['connectTimeout', 'firstByteTimeout', 'stallTimeout'];
    for (const value of [0, 1e9]) {
      for (const name of names) await set(`askance.network.${name}`, value);
      assert.equal(await question(first), `http://${host}/v1/chat/completions`);
    }
    for (const name of names) await set(`askance.network.${name}`, undefined);
  });

  it('sends a question through the proxy that the settings name when it is asked', async () => {
    assert.equal(await question(first), `http://${host}/v1/chat/completions`);
    await set('http.proxy', await start(second));
    assert.equal(await question(second), `http://${host}/v1/chat/completions`);
  });
});

/** Forwards to nobody and answers itself. */
function createProxy(asked: string[]): Server {
  const proxy = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end('{}');
  });
  return proxy.on('connect', (request, socket: Socket) => {
    asked.push(`CONNECT ${request.url}`);
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    proxy.emit('connection', socket);
  });
}

/** The proxy's URL. */
async function start(proxy: Server): Promise<string> {
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

/** Asks, and tells what the proxy is asked for. */
async function question(proxy: Server): Promise<string | undefined> {
  const seen = once(proxy, 'request') as Promise<[IncomingMessage]>;
  await vscode.commands.executeCommand('askance.newChat');
  await vscode.commands.executeCommand('askance.askAboutSelection', { question: 'Why?', send: true });
  return (await seen)[0].url;
}

async function set(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
}
