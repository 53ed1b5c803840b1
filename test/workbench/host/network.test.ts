import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import * as vscode from 'vscode';

/** A name that only a proxy can reach: DNS knows no `.test`. */
const host = 'api.example.test';

describe('the network', () => {
  const asked: string[] = [];
  const proxy = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end('{}');
  }).on('connect', (request, socket: Socket) => {
    asked.push(`CONNECT ${request.url}`);
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    proxy.emit('connection', socket);
  });

  before(async () => {
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const { port } = proxy.address() as AddressInfo;
    await set('http.proxy', `http://127.0.0.1:${port}`);
    await set('askance.profiles', [{ name: 'Far', baseUrl: `http://${host}/v1`, model: 'm' }]);
  });

  after(async () => {
    await set('http.proxy', undefined);
    await set('askance.profiles', undefined);
    proxy.closeAllConnections();
    proxy.close();
  });

  it("goes through the proxy of VS Code's settings, with its own connections and VS Code's", async () => {
    await vscode.commands.executeCommand('askance.diagnoseConnection');
    assert.deepEqual(asked, [`GET http://${host}/v1/models`, `CONNECT ${host}:80`, 'GET /v1/models']);
  });

  it("makes the exceptions of VS Code's settings, at once", async () => {
    asked.length = 0;
    await set('http.noProxy', [host]);
    await vscode.commands.executeCommand('askance.diagnoseConnection');
    await set('http.noProxy', undefined);
    assert.deepEqual(asked, []);
  });
});

async function set(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
}
