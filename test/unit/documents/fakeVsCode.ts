// What `vscode` is to the code of src/editor in unit tests: documents that are edited, undone, saved and closed.
import type { TextChange } from '../../../src/documents/offsets.ts';
import { posix, win32 } from 'node:path';

export class Position {
  readonly line: number;
  readonly character: number;

  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }

  compareTo(other: Position): number {
    return this.line - other.line || this.character - other.character;
  }

  isEqual(other: Position): boolean {
    return this.compareTo(other) === 0;
  }
}

export class Range {
  readonly start: Position;
  readonly end: Position;

  constructor(start: Position, end: Position) {
    this.start = start;
    this.end = end;
  }

  get isEmpty(): boolean {
    return this.start.isEqual(this.end);
  }

  isEqual(other: Range): boolean {
    return this.start.isEqual(other.start) && this.end.isEqual(other.end);
  }

  union(other: Range): Range {
    const start = this.start.compareTo(other.start) < 0 ? this.start : other.start;
    return new Range(start, this.end.compareTo(other.end) > 0 ? this.end : other.end);
  }
}

export class Selection extends Range {}

type Listener<Event> = (event: Event) => void;

export class EventEmitter<Event> {
  readonly #listeners = new Set<Listener<Event>>();
  readonly event = (listener: Listener<Event>): { dispose(): void } => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  fire(event: Event): void {
    for (const listener of this.#listeners) listener(event);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

export class Disposable {
  readonly dispose: () => void;

  constructor(dispose: () => void) {
    this.dispose = dispose;
  }

  static from(...all: readonly { dispose(): void }[]): Disposable {
    return new Disposable(() => {
      for (const one of all) one.dispose();
    });
  }
}

export const EndOfLine = { LF: 1, CRLF: 2 } as const;
export const TextDocumentSaveReason = { Manual: 1, AfterDelay: 2, FocusOut: 3 } as const;
export const TextDocumentChangeReason = { Undo: 1, Redo: 2 } as const;

interface ChangeEvent {
  readonly document: FakeDocument;
  readonly contentChanges: readonly TextChange[];
  readonly reason: number | undefined;
}

interface WillSaveEvent {
  readonly document: FakeDocument;
  readonly reason: number;
  waitUntil(work: Promise<unknown>): void;
}

const nothing = { dispose: () => undefined };
/** An event that never comes. */
const never = () => nothing;

const changed = new EventEmitter<ChangeEvent>();
const opened = new EventEmitter<FakeDocument>();
const closed = new EventEmitter<FakeDocument>();
const willSave = new EventEmitter<WillSaveEvent>();
const didSave = new EventEmitter<FakeDocument>();
const willRename = new EventEmitter<{
  readonly files: readonly { readonly oldUri: FakeUri; readonly newUri: FakeUri }[];
  waitUntil(work: Promise<unknown>): void;
}>();

export class FakeUri {
  readonly scheme: string;
  readonly path: string;
  /** The host of a share. */
  readonly authority: string;

  constructor(path: string, authority = '', scheme = 'file') {
    this.path = path;
    this.authority = authority;
    this.scheme = scheme;
  }

  static parse(uri: string): FakeUri {
    const [, scheme, authority = '', path = ''] = /^([\w-]+):(?:\/\/([^/]*))?(.*)$/.exec(uri) ?? [];
    if (scheme === undefined) throw new Error('A URI has a scheme.');
    return new FakeUri(decodeURIComponent(path), authority, scheme);
  }

  /** As on Windows. */
  static file(path: string): FakeUri {
    const withSlashes = path.replaceAll('\\', '/');
    const [, authority = '', rest = withSlashes] = /^\/\/([^/]+)(\/.*)?$/.exec(withSlashes) ?? [];
    return new FakeUri(rest.startsWith('/') ? rest : `/${rest}`, authority);
  }

  get fsPath(): string {
    if (process.platform !== 'win32') return this.path;
    return (this.authority === '' ? this.path.slice(1) : `//${this.authority}${this.path}`).replaceAll('/', '\\');
  }

  /** As VS Code joins on Windows where the path is one of Windows. */
  static joinPath({ path, authority, scheme }: FakeUri, ...parts: readonly string[]): FakeUri {
    const isWindows = authority !== '' || /^\/[a-z]:/i.test(path);
    if (!isWindows) return new FakeUri(posix.join(path, ...parts), '', scheme);
    const joined = win32.join(authority === '' ? path.slice(1) : `//${authority}${path}`, ...parts);
    const withSlashes = joined.replaceAll('\\', '/');
    return authority === ''
      ? new FakeUri(`/${withSlashes}`)
      : new FakeUri(withSlashes.slice(`//${authority}`.length), authority);
  }

  with({ path, scheme, authority }: { path?: string; scheme?: string; authority?: string }): FakeUri {
    return new FakeUri(path ?? this.path, authority ?? this.authority, scheme ?? this.scheme);
  }

  toString(): string {
    return `${this.scheme}://${this.authority}${this.path}`;
  }
}

/** The folder that is open, and the texts of files by their path, on another host by `//host/path`. */
export const disk: {
  folder: FakeUri | undefined;
  readonly files: Map<string, string>;
  /** Paths that are links. */
  readonly links: Set<string>;
} = { folder: undefined, files: new Map(), links: new Set() };

export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 } as const;

interface FakeRepository {
  readonly rootUri: FakeUri;
  checkIgnore(paths: readonly string[]): Promise<ReadonlySet<string>>;
}

/** What VS Code's git extension has open. */
export const git: { repositories: readonly FakeRepository[] } = { repositories: [] };

export const extensions = {
  getExtension: () => ({ activate: async () => ({ enabled: true, getAPI: () => git }) }),
};

function nameOnDisk({ authority, path }: FakeUri): string {
  return authority === '' ? path : `//${authority}${path}`;
}

interface UndoStep {
  readonly before: string;
  /** Of each character the place it had before; -1: it is new. */
  origins: readonly number[];
  /** Whether the next edit may join it. */
  isOpen: boolean;
}

/** A document in an editor, changed as VS Code changes one. */
export class FakeDocument {
  readonly uri: FakeUri;
  readonly languageId = 'python';
  version = 1;
  isClosed = false;
  isUntitled = false;
  isDirty = false;
  /** Whether a save waits for those who ask for it. */
  waits = true;
  /** What came to the disk. */
  readonly saved: string[] = [];
  /** What is on the disk. */
  disk: string;
  #text: string;
  #undo: UndoStep[] = [];

  constructor(text: string, path = '/file.py') {
    this.uri = new FakeUri(path);
    this.#text = text;
    this.disk = text;
  }

  get eol(): number {
    return this.#text.includes('\r\n') ? EndOfLine.CRLF : EndOfLine.LF;
  }

  getText(range?: Range): string {
    return range ? this.#text.slice(this.offsetAt(range.start), this.offsetAt(range.end)) : this.#text;
  }

  offsetAt({ line, character }: Position): number {
    let start = 0;
    for (let index = 0; index < line; index += 1) {
      const end = this.#text.indexOf('\n', start);
      if (end === -1) return this.#text.length;
      start = end + 1;
    }
    return start + character;
  }

  positionAt(offset: number): Position {
    const before = this.#text.slice(0, offset).split('\n');
    return new Position(before.length - 1, before.at(-1)?.length ?? 0);
  }

  lineAt(line: number): { readonly range: Range } {
    const { length } = this.#text.split('\n')[line] ?? '';
    return { range: new Range(new Position(line, 0), new Position(line, length)) };
  }

  /** Changes the text as a user or another extension does, as an undo step of its own. */
  change(...changes: readonly TextChange[]): void {
    this.edit(changes, { undoStopBefore: true, undoStopAfter: true });
  }

  /** Puts text in the place of the first occurrence of another. */
  replace(old: string, text: string): void {
    const rangeOffset = this.#text.indexOf(old);
    if (rangeOffset === -1) throw new Error(`The document does not hold ${old}`);
    this.change({ rangeOffset, rangeLength: old.length, text });
  }

  edit(changes: readonly TextChange[], stops: { undoStopBefore: boolean; undoStopAfter: boolean }): void {
    const before = this.#text;
    const last = this.#undo.at(-1);
    const after = applied(before, changes);
    const step =
      last?.isOpen && !stops.undoStopBefore
        ? last
        : { before, origins: Array.from({ length: before.length }, (_, at) => at) };
    const moved = { origins: movedOrigins(step.origins, changes), isOpen: !stops.undoStopAfter };
    if (step === last) Object.assign(last, moved);
    else this.#undo.push({ before, ...moved });
    this.#set(after, mergedByVsCode(before, changes));
  }

  undo(): void {
    const step = this.#undo.pop();
    if (step) this.#set(step.before, undoing(step), TextDocumentChangeReason.Undo);
  }

  undoAll(): void {
    while (this.#undo.length > 0) this.undo();
  }

  /** Ends the undo step, as VS Code does when a save begins. */
  endStep(): void {
    for (const step of this.#undo) step.isOpen = false;
  }

  async save(reason: number = TextDocumentSaveReason.Manual): Promise<boolean> {
    const waiting: Promise<unknown>[] = [];
    willSave.fire({ document: this, reason, waitUntil: (work) => waiting.push(work) });
    if (this.waits) await Promise.all(waiting);
    this.endStep();
    this.disk = this.#text;
    this.saved.push(this.#text);
    this.isDirty = false;
    didSave.fire(this);
    return true;
  }

  close(): void {
    this.isClosed = true;
    closed.fire(this);
  }

  #set(text: string, contentChanges: readonly TextChange[], reason?: number): void {
    this.#text = text;
    this.version += 1;
    this.isDirty = text !== this.disk;
    changed.fire({ document: this, contentChanges, reason });
  }
}

/** The text after changes that are all in its offsets. */
export function applied(before: string, changes: readonly TextChange[]): string {
  return changes
    .toSorted((a, b) => b.rangeOffset - a.rangeOffset || b.rangeLength - a.rangeLength)
    .reduce(
      (all, { rangeOffset, rangeLength, text }) =>
        all.slice(0, rangeOffset) + text + all.slice(rangeOffset + rangeLength),
      before,
    );
}

/** VS Code makes one change of a thousand. */
function mergedByVsCode(before: string, changes: readonly TextChange[]): readonly TextChange[] {
  if (changes.length < 1000) return changes;
  const start = Math.min(...changes.map(({ rangeOffset }) => rangeOffset));
  const end = Math.max(...changes.map(({ rangeOffset, rangeLength }) => rangeOffset + rangeLength));
  const after = applied(before, changes);
  const text = after.slice(start, after.length - (before.length - end));
  return [{ rangeOffset: start, rangeLength: end - start, text }];
}

function movedOrigins(origins: readonly number[], changes: readonly TextChange[]): readonly number[] {
  const moved: number[] = [];
  let position = 0;
  const inOrder = changes.toSorted((a, b) => a.rangeOffset - b.rangeOffset || a.rangeLength - b.rangeLength);
  for (const { rangeOffset, rangeLength, text } of inOrder) {
    for (const origin of origins.slice(position, rangeOffset)) moved.push(origin);
    for (let index = 0; index < text.length; index += 1) moved.push(-1);
    position = rangeOffset + rangeLength;
  }
  for (const origin of origins.slice(position)) moved.push(origin);
  return moved;
}

/** The changes that an undo makes: exactly where the edits were. */
function undoing({ before, origins }: UndoStep): readonly TextChange[] {
  const changes: TextChange[] = [];
  let [from, old] = [0, 0];
  for (const [index, origin] of [...origins, before.length].entries()) {
    if (origin === -1) continue;
    if (index > from || origin > old) {
      changes.push({ rangeOffset: from, rangeLength: index - from, text: before.slice(old, origin) });
    }
    [from, old] = [index + 1, origin + 1];
  }
  return changes;
}

/** An editor that shows a document. */
export class FakeEditor {
  readonly document: FakeDocument;
  selections: readonly Selection[];
  readonly options = { insertSpaces: true, tabSize: 4 };

  constructor(document: FakeDocument) {
    this.document = document;
    const start = new Position(0, 0);
    this.selections = [new Selection(start, start)];
  }

  get selection(): Selection {
    return this.selections[0] ?? new Selection(new Position(0, 0), new Position(0, 0));
  }

  set selection(selection: Selection) {
    this.selections = [selection];
  }

  setDecorations(): void {}

  async edit(
    build: (builder: { replace(range: Range, text: string): void }) => void,
    stops: { undoStopBefore: boolean; undoStopAfter: boolean },
  ): Promise<boolean> {
    const { document } = this;
    const { version } = document;
    const changes: TextChange[] = [];
    build({ replace: (range, text) => changes.push(changeOf(document, range, text)) });
    // The edit is made in the window.
    await Promise.resolve();
    if (document.version !== version || document.isClosed) return false;
    document.edit(changes, stops);
    return true;
  }
}

function changeOf(document: FakeDocument, range: Range, text: string): TextChange {
  const rangeOffset = document.offsetAt(range.start);
  return { rangeOffset, rangeLength: document.offsetAt(range.end) - rangeOffset, text };
}

export class WorkspaceEdit {
  readonly edits: { readonly uri: FakeUri; readonly range: Range; readonly text: string }[] = [];

  replace(uri: FakeUri, range: Range, text: string): void {
    this.edits.push({ uri, range, text });
  }
}

/** What the user does with warnings. */
export const user: { presses: string | undefined } = { presses: undefined };

/** What the user was warned of. */
export const warnings: string[] = [];

/** What VS Code keeps. */
export class FakeMemento {
  readonly #values = new Map<string, unknown>();

  get(key: string): unknown {
    return this.#values.get(key);
  }

  async update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, value);
  }
}

/** The inputs of tasks and the like in files of the workspace, by section. */
export const inputs = new Map<string, unknown>();

/** What the user has set. */
export const settings = new Map<string, unknown>();

let documents: readonly FakeDocument[] = [];

/** Opens a document in an editor beside those that are open. */
export function open(document: FakeDocument, isVisible = true): FakeDocument {
  documents = [...documents, document];
  if (isVisible) window.visibleTextEditors = [...window.visibleTextEditors, new FakeEditor(document)];
  opened.fire(document);
  return document;
}

/** Renames the file of a document as VS Code does: it is closed, and one of the new name is opened. */
export async function rename(document: FakeDocument, path: string): Promise<FakeDocument> {
  const waiting: Promise<unknown>[] = [];
  const renamed = new FakeDocument(document.disk, path);
  const files = [{ oldUri: document.uri, newUri: renamed.uri }];
  willRename.fire({ files, waitUntil: (work) => waiting.push(work) });
  await Promise.all(waiting);
  const text = document.getText();
  const { disk } = renamed;
  document.close();
  open(renamed);
  if (text !== disk) renamed.change({ rangeOffset: 0, rangeLength: disk.length, text });
  return renamed;
}

export class TabInputText {
  readonly uri: FakeUri;

  constructor(uri: FakeUri) {
    this.uri = uri;
  }
}
export class TabInputNotebook extends TabInputText {}
export class TabInputTextDiff extends TabInputText {}
export class TabInputWebview extends TabInputText {}

/** A terminal, and what was typed into it. */
export class FakeTerminal {
  readonly name = 'bash';
  /** What VS Code has found out about its shell. */
  readonly state: { shell: string | undefined } = { shell: 'bash' };
  shellIntegration: object | undefined;
  readonly exitStatus = undefined;
  readonly typed: string[] = [];

  show(): void {
    window.activeTerminal = this;
  }

  sendText(text: string, runs: boolean): void {
    this.typed.push(runs ? `${text}\n` : text);
  }
}

interface TerminalEvent {
  readonly terminal: FakeTerminal;
}
const integrated = new EventEmitter<TerminalEvent>();
export const started = new EventEmitter<TerminalEvent>();
export const ended = new EventEmitter<TerminalEvent>();

export const window = {
  tabGroups: {
    all: [] as readonly { readonly tabs: readonly { readonly input: unknown }[] }[],
    activeTabGroup: { activeTab: undefined },
    onDidChangeTabs: never,
  },
  visibleTextEditors: [] as readonly FakeEditor[],
  activeTextEditor: undefined,
  onDidChangeVisibleTextEditors: never,
  onDidChangeActiveTextEditor: never,
  activeTerminal: new FakeTerminal() as FakeTerminal | undefined,
  onDidStartTerminalShellExecution: started.event,
  onDidEndTerminalShellExecution: ended.event,
  onDidCloseTerminal: never,
  onDidChangeTerminalShellIntegration: integrated.event,
  createTerminal: () => {
    const terminal = new FakeTerminal();
    // The shell starts by and by.
    queueMicrotask(() => {
      terminal.shellIntegration = {};
      integrated.fire({ terminal });
    });
    return terminal;
  },
  createTextEditorDecorationType: () => nothing,
  createStatusBarItem: () => statusItem,
  setStatusBarMessage: (text: string) => {
    shown.push(text);
    return nothing;
  },
  showErrorMessage: async (message: string) => void shown.push(message),
  showInformationMessage: async (message: string) => void shown.push(message),
  showWarningMessage: async (
    message: string,
    ...rest: readonly { readonly detail?: string; readonly title?: string }[]
  ) => {
    const detail = rest[0]?.detail;
    warnings.push(message);
    shown.push(message, ...(detail === undefined ? [] : [detail]));
    return rest.find(({ title }) => title !== undefined && title === user.presses);
  },
  withProgress: async ({ title }: { readonly title: string }, task: () => Promise<unknown>) => {
    shown.push(title);
    return task();
  },
  createQuickPick: () => ({ items: [], activeItems: [], ...nothing }),
  createInputBox: () => ({ ...nothing }),
  showQuickPick: async (items: readonly unknown[], options: object) => {
    shownInputs.push({ ...options, items });
    return items[0];
  },
  showInputBox: async (options: object) => void shownInputs.push(options),
};
/** Every text of a notification, a dialog or the status bar. */
export const shown: string[] = [];
/** What lists and input boxes were shown with. */
export const shownInputs: object[] = [];
export const statusItem = { ...nothing, text: '', show: () => undefined, hide: () => undefined };
export const ProgressLocation = { Window: 10 } as const;
/** What only tables are made with. */
export const SymbolKind = {};
export const DiagnosticSeverity = {};
export const StatusBarAlignment = { Left: 1, Right: 2 } as const;
export class CodeLens {
  readonly command: { readonly title: string; readonly command: string; readonly arguments: readonly number[] };
  constructor(_range: Range, command: CodeLens['command']) {
    this.command = command;
  }
}
export class ThemeColor {
  readonly id = '';
}
export class MarkdownString {
  appendCodeblock(): this {
    return this;
  }
  appendMarkdown(): this {
    return this;
  }
}
/** What language services report, by URI. */
export const diagnostics = new Map<string, readonly object[]>();
const diagnosed = new EventEmitter<{ readonly uris: readonly FakeUri[] }>();
/** Reports these problems in the document. */
export function report(document: FakeDocument, problems: readonly object[]): void {
  diagnostics.set(document.uri.toString(), problems);
  diagnosed.fire({ uris: [document.uri] });
}
export const languages = {
  registerCodeLensProvider: never,
  onDidChangeDiagnostics: diagnosed.event,
  getDiagnostics: (uri?: FakeUri) =>
    uri ? (diagnostics.get(uri.toString()) ?? []) : [...diagnostics].map(([key]) => [key, []]),
};
/** What the commands do that are not without effect. */
export const commandEffects = new Map<string, () => void>();
export const commands = { executeCommand: async (id: string) => commandEffects.get(id)?.() };
/** The text on the clipboard; undefined: a picture, which a text replaces. */
export const clipboard: { content: string | undefined } = { content: '' };
export const env = {
  language: 'en',
  /** The shell of new terminals. */
  shell: '/bin/zsh',
  clipboard: {
    readText: async () => clipboard.content ?? '',
    writeText: async (text: string) => void (clipboard.content = text),
  },
};
export const l10n = { t: (text: string) => text };

export const workspace = {
  onDidChangeTextDocument: changed.event,
  onDidOpenTextDocument: opened.event,
  onDidCloseTextDocument: closed.event,
  onWillSaveTextDocument: willSave.event,
  onDidSaveTextDocument: didSave.event,
  onWillSaveNotebookDocument: never,
  onDidSaveNotebookDocument: never,
  onWillRenameFiles: willRename.event,
  get textDocuments(): readonly FakeDocument[] {
    return documents.filter(({ isClosed }) => !isClosed);
  },
  asRelativePath: ({ path }: FakeUri) => path,
  getConfiguration: (section: string) => ({
    get: (name: string) => settings.get(`${section}.${name}`),
    inspect: () => ({ workspaceFolderValue: inputs.get(section) }),
  }),
  // As on Windows, whatever the case.
  getWorkspaceFolder: ({ authority, path, scheme }: FakeUri) => {
    const { folder } = disk;
    if (!folder || folder.authority !== authority || folder.scheme !== scheme) return undefined;
    const below = `${folder.path.replace(/\/$/, '')}/`.toLowerCase();
    return path.toLowerCase().startsWith(below) ? { uri: folder } : undefined;
  },
  get workspaceFolders(): readonly { readonly uri: FakeUri }[] | undefined {
    return disk.folder && [{ uri: disk.folder }];
  },
  fs: {
    stat: async (uri: FakeUri) => {
      const name = nameOnDisk(uri);
      const is = [...disk.files.keys()].some((path) => path === name || path.startsWith(`${name}/`));
      if (!is) throw new Error('There is no such file.');
      const text = disk.files.get(name);
      const type = disk.links.has(uri.path) ? FileType.SymbolicLink : 0;
      return { type: type | (text === undefined ? FileType.Directory : FileType.File), size: text?.length ?? 0 };
    },
    readFile: async (uri: FakeUri) => {
      const text = disk.files.get(nameOnDisk(uri));
      if (text === undefined) throw new Error('There is no such file.');
      return new TextEncoder().encode(text);
    },
  },
  openTextDocument: async (uri: FakeUri): Promise<FakeDocument> => {
    const document = documents.find((one) => !one.isClosed && one.uri.path === uri.path);
    if (!document) throw new Error('There is no such file.');
    return document;
  },
  applyEdit: async ({ edits }: WorkspaceEdit): Promise<boolean> => {
    const [first] = edits;
    const document = documents.find((one) => !one.isClosed && one.uri.path === first?.uri.path);
    if (!document) return false;
    const { version } = document;
    const changes = edits.map(({ range, text }) => changeOf(document, range, text));
    await Promise.resolve();
    if (document.version !== version) return false;
    document.change(...changes);
    return true;
  },
};

export const Uri = FakeUri;
