import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import * as vscode from 'vscode';

/** Records where this extension host connects to during all tests, and holds it against what the settings name. */
export function recordSockets(): () => readonly string[] {
  const named = new Set<string>();
  const strangers: string[] = [];
  const note = (): void => {
    for (const url of namedUrls()) named.add(url.host);
  };
  note();
  const subscription = vscode.workspace.onDidChangeConfiguration(note);
  subscribe('net.client.socket', (message) => {
    const { socket } = message as { socket: Socket };
    let name: string | undefined;
    socket.on('lookup', (_error, _address, _family, host) => (name = host));
    socket.on('connect', () => {
      // A pipe has no address; VS Code's own processes talk through those.
      if (socket.remoteAddress === undefined || socket.remotePort === undefined) return;
      const hosts = [name, socket.remoteAddress].map((host) => `${host}:${socket.remotePort}`);
      note();
      if (!hosts.some((host) => named.has(host))) strangers.push(hosts.at(-1) ?? '');
    });
  });
  return () => {
    subscription.dispose();
    return strangers;
  };
}

/** The addresses that the user has written into the settings. */
function namedUrls(): readonly URL[] {
  const profiles: unknown = vscode.workspace.getConfiguration('askance').get('profiles');
  const proxy: unknown = vscode.workspace.getConfiguration('http').get('proxy');
  const texts = [...(Array.isArray(profiles) ? profiles.map((profile: unknown) => baseUrl(profile)) : []), proxy];
  return texts.flatMap((text) => (typeof text === 'string' ? (URL.parse(text) ?? []) : []));
}

function baseUrl(profile: unknown): unknown {
  return typeof profile === 'object' && profile !== null && 'baseUrl' in profile ? profile.baseUrl : undefined;
}
