import { startServer, type DemoServer, type ServerOptions } from '../server/server.ts';
import { launchBrowser } from './browser.ts';
import { output, sample } from './paths.ts';
import { installFromSource, quietSettings, writeSettings } from './userSettings.ts';
import { startVsCodeServer } from './vscodeServer.ts';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';

/** Recording what a failure is looked into with takes as much time again as the tests. */
const traces = process.env['ASKANCE_TRACE'] !== undefined;

type WindowSettings = Readonly<Record<string, unknown>>;

export interface WindowOptions {
  readonly demo?: ServerOptions;
  /** Beside the quiet ones; may replace them. */
  readonly settings?: WindowSettings | ((demoUrl: string) => WindowSettings);
  /** Further fields of the only connection. */
  readonly connection?: Readonly<Record<string, unknown>>;
  /** Puts the extension into a VS Code whose data lie in the folder; absent: from source. */
  readonly install?: (dataDir: string) => Promise<void>;
}

const contextOptions = {
  viewport: { width: 1280, height: 800 },
  permissions: ['clipboard-read', 'clipboard-write'],
};

/** A window of VS Code with Askance, a copy of the sample workspace, and an endpoint of its own. */
export class Window implements AsyncDisposable {
  readonly page: Page;
  readonly demo: DemoServer;
  /** The copy of the sample workspace. */
  readonly workspace: string;
  /** What the browser held against the chat's page: errors of its code, and breaches of its security policy. */
  readonly complaints: string[] = [];
  readonly #resources: AsyncDisposableStack;
  readonly #context: BrowserContext;
  readonly #serverProcess: number;

  private constructor(
    page: Page,
    demo: DemoServer,
    workspace: string,
    context: BrowserContext,
    serverProcess: number,
    resources: AsyncDisposableStack,
  ) {
    this.page = page;
    this.demo = demo;
    this.workspace = workspace;
    this.#context = context;
    this.#serverProcess = serverProcess;
    this.#resources = resources;
    page.on('console', (message) => {
      const isOurs = message.location().url.endsWith('/dist/page.js') || /Content Security Policy/.test(message.text());
      if (message.type() === 'error' && isOurs) this.complaints.push(message.text());
    });
    page.on('pageerror', ({ stack = '' }) => {
      if (stack.includes('/dist/page.js')) this.complaints.push(stack);
    });
  }

  /** Resolves when the workbench is there. */
  static async open(options: WindowOptions = {}): Promise<Window> {
    await using resources = new AsyncDisposableStack();
    const home = await mkdtemp(join(tmpdir(), 'askance-window-'));
    resources.defer(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
    const workspace = join(home, 'workspace');
    await cp(sample, workspace, { recursive: true });
    const demo = await startServer(options.demo);
    resources.defer(() => demo.close());
    const dataDir = join(home, 'data');
    const settings = typeof options.settings === 'function' ? options.settings(demo.url) : options.settings;
    await writeSettings(dataDir, { ...quietSettings(demo.url, options.connection), ...settings });
    await (options.install ?? installFromSource)(dataDir);
    const server = resources.use(await startVsCodeServer({ dataDir }));
    const browser = resources.use(await launchBrowser());
    const context = await browser.newContext(contextOptions);
    if (traces) await context.tracing.start({ screenshots: true, snapshots: true });
    const page = await context.newPage();
    // Long enough for a machine that is busy with other things: what is slow is seen by the bench, not by the tests.
    page.setDefaultTimeout(60_000);
    const window = new Window(page, demo, workspace, context, server.processId, resources.move());
    try {
      await window.goTo(server.windowUrl(workspace));
    } catch (error) {
      await window.close('opening a window');
      throw error;
    }
    return window;
  }

  /** Another window of the same VS Code on the same folder, as from another browser. Closing it leaves this one. */
  async another(): Promise<Window> {
    const context = await this.#context.browser()?.newContext(contextOptions);
    if (!context) throw new Error('The browser is gone.');
    const resources = new AsyncDisposableStack();
    resources.defer(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const window = new Window(page, this.demo, this.workspace, context, this.#serverProcess, resources);
    await window.goTo(this.page.url());
    return window;
  }

  /** Shows what is at the address; resolves when the workbench is there and knows the extension. */
  async goTo(url: string): Promise<void> {
    await this.page.goto(url, { timeout: 150_000 });
    const tab = this.page.locator('.monaco-workbench .activitybar').getByRole('tab', { name: 'Askance' });
    // On a loaded machine the workbench takes longer than anything it does later.
    await tab.waitFor({ timeout: 150_000 });
    await this.page.getByRole('treeitem').first().waitFor();
  }

  /** Loads the window anew. */
  async reload(): Promise<void> {
    await this.goTo(this.page.url());
  }

  /** Makes it what a new window is, but for the history of its conversations. */
  async tidy(): Promise<void> {
    this.demo.reset();
    await this.page.keyboard.press('Escape');
    const tabs = this.page.locator('.editor-group-container .tab');
    for (let count = await tabs.count(); count > 0; count--) {
      await this.runCommand('View: Revert and Close Editor');
      await tabs.nth(count - 1).waitFor({ state: 'detached' });
    }
    await this.runCommand('Notifications: Clear All Notifications');
    await this.runCommand('Askance: New chat');
    // It takes the focus when it is there: what is typed into the next thing that opens would go into the question.
    await this.question.and(this.chat.locator(':focus')).waitFor();
    // What was typed survives that.
    await this.question.fill('');
    await this.#restoreWorkspace();
  }

  /** Ends the process in which extensions run, without a word to it, as a crash would. */
  async killExtensionHost(): Promise<void> {
    process.kill(await this.extensionHost(), 'SIGKILL');
  }

  /** The id of the process in which extensions run. */
  async extensionHost(): Promise<number> {
    const { stdout } = await promisify(execFile)('ps', ['-Ao', 'pid=,ppid=,args=']);
    const pids = stdout.split('\n').flatMap((line) => {
      const [pid, parent] = line.trim().split(/\s+/);
      return Number(parent) === this.#serverProcess && line.includes('--type=extensionHost') ? Number(pid) : [];
    });
    const [pid] = pids;
    if (pid === undefined) throw new Error('There is no extension host.');
    return pid;
  }

  /** The page of the chat: what stands in its webview. */
  get chat(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  /** The chat's input. */
  get question(): Locator {
    return this.chat.getByRole('textbox', { name: 'Question' });
  }

  /** Types a question into the chat and sends it. */
  async ask(question: string): Promise<void> {
    await this.question.fill(question);
    await this.question.press('Enter');
  }

  /** The answer in that place of the conversation, counted from 0, once it is over. */
  async answer(index: number): Promise<Locator> {
    const answer = this.chat.getByRole('article', { name: 'Answer' }).nth(index);
    await answer.and(this.chat.locator('[aria-busy="false"]')).waitFor();
    return answer;
  }

  /** The lines of the active editor as they are drawn. */
  get editor(): Locator {
    return this.page.locator('.editor-group-container.active .monaco-editor .view-lines');
  }

  /** Runs a command by its title, from the command palette. */
  async runCommand(title: string): Promise<void> {
    await this.#pick('F1', `>${title}`, title);
  }

  /** Opens a file of the workspace by its name. */
  async openFile(name: string): Promise<void> {
    await this.#pick('ControlOrMeta+P', name, basename(name));
    await this.page.getByRole('tab', { name: basename(name), selected: true }).waitFor();
    await this.editor.locator('.view-line').first().waitFor();
  }

  /** Puts the cursor at the start of a line of the active editor, counted from 1. */
  async goToLine(line: number): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+G');
    await this.#quickInput.locator('input').fill(`:${line}`);
    await this.page.keyboard.press('Enter');
    await this.page.getByRole('button', { name: `Ln ${line}, Col 1`, exact: true }).waitFor();
    await this.#quickInput.waitFor({ state: 'hidden' });
  }

  /** Selects whole lines of the active editor, counted from 1. */
  async selectLines(from: number, to: number): Promise<void> {
    await this.goToLine(from);
    for (let line = from; line < to; line++) await this.page.keyboard.press('Shift+ArrowDown');
    await this.page.keyboard.press('Shift+End');
    await this.page.getByRole('button', { name: new RegExp(`^Ln ${to}, Col \\d+ \\(\\d+ selected\\)`) }).waitFor();
  }

  /** Picks one of the options that a command offers. */
  async pickQuickly(option: string | RegExp): Promise<void> {
    await this.#quickInput.getByRole('option', { name: option }).first().click();
  }

  /** Answers the input box with this title. */
  async answerInputBox(title: string | RegExp, text: string): Promise<void> {
    const box = this.#quickInput.filter({ hasText: title });
    await box.locator('input').fill(text);
    await box.locator('input').press('Enter');
    // It checks what was entered first; another command in between would take it away.
    await box.waitFor({ state: 'hidden' });
  }

  /** Answers the file dialog with this title by the path of a file. */
  async answerFileDialog(title: string | RegExp, path: string): Promise<void> {
    const dialog = this.#quickInput.filter({ hasText: title });
    // Once it shows the folder that it starts in; before, it would write that over the path.
    await dialog.getByRole('option', { name: '..', exact: true }).waitFor();
    // While it looks into the folder of the path, it takes no Enter. A further one must not go to what comes after it.
    for (const timeout of [3_000, 10_000, 60_000]) {
      await dialog.locator('input').fill(path);
      await this.page.keyboard.press('Enter');
      try {
        await dialog.waitFor({ state: 'hidden', timeout });
        return;
      } catch (error) {
        if (timeout === 60_000) throw error;
      }
    }
  }

  /** The text on the clipboard. */
  async clipboard(): Promise<string> {
    return String(await this.page.evaluate('navigator.clipboard.readText()'));
  }

  /** The text of a file of the workspace as it was saved. */
  async savedText(path: string): Promise<string> {
    return readFile(join(this.workspace, path), 'utf8');
  }

  /** The folder with the user's data: settings, logs, and what extensions store. */
  get dataDir(): string {
    return join(dirname(this.workspace), 'data');
  }

  /** Puts a picture of the window into the folder of test pictures. */
  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: join(output, 'screenshots', `${name}.png`) });
  }

  /** Closes everything. After a failure a picture stays, and with `ASKANCE_TRACE=1` a trace (`npx playwright show-trace`). */
  async close(failed: string | undefined): Promise<void> {
    if (failed !== undefined) {
      const name = failed.replaceAll(/\W+/g, '-');
      await this.screenshot(`failed-${name}`);
      if (traces) await this.#context.tracing.stop({ path: join(output, 'traces', `${name}.zip`) });
    }
    await this.#resources.disposeAsync();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close(undefined);
  }

  /** What is as it was stays untouched: VS Code loads what was written anew, and with that it is another file to Askance. */
  async #restoreWorkspace(): Promise<void> {
    for (const name of await readdir(this.workspace, { recursive: true })) {
      if (!existsSync(join(sample, name))) await rm(join(this.workspace, name), { recursive: true, force: true });
    }
    const text = (path: string) => readFile(path, 'utf8').catch(() => undefined);
    await cp(sample, this.workspace, {
      recursive: true,
      filter: async (from, to) => (await stat(from)).isDirectory() || (await text(from)) !== (await text(to)),
    });
  }

  get #quickInput(): Locator {
    return this.page.locator('.quick-input-widget');
  }

  /**
   * Opens the quick input by a key and picks what it offers for the text. What takes the focus just then, such as a
   * notification that goes, closes it again: then once more, as a user would.
   */
  async #pick(key: string, text: string, label: string): Promise<void> {
    const patience = [5_000, 10_000, 20_000, 60_000];
    for (const timeout of patience) {
      await this.page.keyboard.press(key);
      try {
        await this.#quickInput.locator('input').fill(text, { timeout });
        await this.#quickInput.getByRole('option', { name: label }).first().click({ timeout });
        return;
      } catch (error) {
        if (timeout === patience.at(-1)) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }
}
