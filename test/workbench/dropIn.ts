// Stands in for the desktop's executable where that cannot be downloaded: takes the same arguments and runs the tests in
// the extension host of VS Code's server, with the window in a browser without a screen. Ends with the tests' exit code.
import { launchBrowser } from './browser.ts';
import { Complaint, main } from './complaint.ts';
import { output } from './paths.ts';
import { newest, oldest } from './install.ts';
import { startVsCodeServer } from './vscodeServer.ts';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { format, parseArgs } from 'node:util';

await main(async () => {
  const { values, positionals } = parseArgs({
    strict: false,
    allowPositionals: true,
    options: {
      extensionDevelopmentPath: { type: 'string' },
      extensionTestsPath: { type: 'string' },
      'user-data-dir': { type: 'string' },
      'extensions-dir': { type: 'string' },
      // No argument of VS Code's: which one to stand in for.
      oldest: { type: 'boolean' },
    },
  });
  const [folder] = positionals;
  const { extensionDevelopmentPath: extension, extensionTestsPath: tests, 'user-data-dir': dataDir } = values;
  if (typeof extension !== 'string' || typeof tests !== 'string' || typeof dataDir !== 'string' || !folder) {
    throw new Complaint(
      'Usage: dropIn.ts <folder> --extensionDevelopmentPath=… --extensionTestsPath=… --user-data-dir=…',
    );
  }

  await using server = await startVsCodeServer({
    dataDir,
    testDriver: true,
    version: values.oldest ? oldest : newest,
  });
  await using browser = await launchBrowser();
  const page = await browser.newPage();
  const exit = Promise.withResolvers<number>();
  await mkdir(output, { recursive: true });
  const log = createWriteStream(join(output, 'host.log'));
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
    log.write(`${type}: ${format(...args)}\n`);
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => exit.resolve(code));
  page.on('crash', () => exit.reject(new Complaint('The window crashed.')));
  const remote = (path: string) => `vscode-remote://${server.authority}${path}`;
  await page.goto(
    server.windowUrl(folder, [
      ['extensionDevelopmentPath', remote(extension)],
      ['extensionTestsPath', remote(tests)],
      ['skipWelcome', 'true'],
    ]),
  );
  process.exitCode = await exit.promise;
});
