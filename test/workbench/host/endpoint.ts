import { type DemoServer, startServer } from '../../server/server.ts';
import * as vscode from 'vscode';

/** Starts an endpoint before the tests of a suite and makes it the only profile; to each test it is new. */
export function useEndpoint(): () => DemoServer {
  let demo: DemoServer | undefined;
  before(async () => {
    demo = await startServer();
    await setProfiles([{ name: 'Host', baseUrl: demo.url, model: 'demo' }]);
  });
  beforeEach(() => demo?.reset());
  after(async () => {
    await setProfiles(undefined);
    await demo?.close();
  });
  return () => {
    if (!demo) throw new Error('The endpoint is not there yet.');
    return demo;
  };
}

/** Writes `askance.profiles` as the user would; undefined takes it out of settings.json. */
export async function setProfiles(profiles: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('askance').update('profiles', profiles, vscode.ConfigurationTarget.Global);
}
