import { type DemoServer, startServer } from '../../server/server.ts';
import * as vscode from 'vscode';

/** Starts an endpoint before the tests of a suite and makes it the only connection; to each test it is new. */
export function useEndpoint(): () => DemoServer {
  let demo: DemoServer | undefined;
  before(async () => {
    demo = await startServer();
    await setConnections([{ name: 'Host', baseUrl: demo.url, model: 'demo' }]);
  });
  beforeEach(() => demo?.reset());
  after(async () => {
    await setConnections(undefined);
    await demo?.close();
  });
  return () => {
    if (!demo) throw new Error('The endpoint is not there yet.');
    return demo;
  };
}

/** Writes `askance.connections` as the user would; undefined takes it out of settings.json. */
export async function setConnections(connections: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration('askance')
    .update('connections', connections, vscode.ConfigurationTarget.Global);
}
