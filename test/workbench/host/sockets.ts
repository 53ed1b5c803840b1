import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import * as vscode from 'vscode';

/**
 * Records where this extension host tries to connect to during all tests, and holds it against what the settings name.
 * That nobody answered there, or that the name leads nowhere, makes it no better.
 */
export function recordSockets(): () => readonly string[] {
  const named = new Set<string>();
  const strangers = new Set<string>();
  const note = (): void => {
    for (const { host, hostname } of namedUrls()) named.add(host).add(hostname);
  };
  note();
  const subscription = vscode.workspace.onDidChangeConfiguration(note);
  const holdAgainst = (...places: readonly [string, ...string[]]): void => {
    note();
    if (!places.some((place) => named.has(place))) strangers.add(places[0]);
  };
  subscribe('net.client.socket', (message) => {
    const { socket } = message as { socket: Socket };
    let name: string | undefined;
    socket.on('lookup', (error: Error | null, _address, _family, host) => {
      name = host;
      // There is no attempt to come that would tell the port.
      if (error) holdAgainst(host);
    });
    // A pipe has no attempts; VS Code's own processes talk through those.
    socket.on('connectionAttempt', (address, port) => holdAgainst(`${name ?? address}:${port}`, `${address}:${port}`));
  });
  return () => {
    subscription.dispose();
    return [...strangers];
  };
}

/** The addresses that the user has written into the settings. */
function namedUrls(): readonly URL[] {
  const connections: unknown = vscode.workspace.getConfiguration('askance').get('connections');
  const proxy: unknown = vscode.workspace.getConfiguration('http').get('proxy');
  const texts = [
    ...(Array.isArray(connections) ? connections.map((connection: unknown) => baseUrl(connection)) : []),
    proxy,
  ];
  return texts.flatMap((text) => (typeof text === 'string' ? (URL.parse(text) ?? []) : []));
}

function baseUrl(connection: unknown): unknown {
  return typeof connection === 'object' && connection !== null && 'baseUrl' in connection
    ? connection.baseUrl
    : undefined;
}
