import type { FencedBlock } from './fences.ts';
import { essence, similarity, wordsOf } from './lines.ts';
import type { ReplyTarget } from './target.ts';
import { holdsFences } from './target.ts';

/** The one block of several that takes the place of the selection, or `undefined` when that is not beyond doubt. */
export function chooseBlock(blocks: readonly FencedBlock[], target: ReplyTarget): FencedBlock | undefined {
  const selection = target.document.slice(target.start, target.end);
  const candidates = distinct(blocks).filter((block) => !isSame(block.text, selection));
  const pool = preferred(candidates, (block) => !isBeside(block.info, target.languageId));
  const inLanguage = preferred(
    pool,
    (block) => isLanguage(block.info, target.languageId) || languageOf(block.info) === '',
  );
  const first = inLanguage[0];
  if (first === undefined) return blocks[0];
  if (blocks.length > 1 && inLanguage.some((block) => isExcerpt(block.text, selection))) return undefined;
  if (inLanguage.length === 1) return first;
  const ranked = inLanguage
    .map((block) => ({ block, score: similarity(block.text, selection) }))
    .sort((a, b) => b.score - a.score);
  const [best, second] = ranked;
  if (!best || !second || best.score < 0.4 || second.score > best.score * 0.6) return undefined;
  const words = new Set(wordsOf(target.document));
  const isNeeded = ({ text }: FencedBlock): boolean =>
    [...declared(text), ...imported(text, best.block.text)].some(
      (name) => !words.has(name) && wordsOf(best.block.text).includes(name),
    );
  return ranked
    .slice(1)
    .some(
      ({ block }) =>
        startsAlike(block.text, best.block.text) ||
        hasSameShape(block.text, best.block.text) ||
        isNeeded(block) ||
        holdsMore(block.text, best.block.text, selection),
    )
    ? undefined
    : best.block;
}

/** Whether a lone block is commands to be run rather than code for the document. */
export function isCommand(block: FencedBlock, { document, start, end, languageId }: ReplyTarget): boolean {
  return (
    isBeside(block.info, languageId) && hasOnlyCommands(block.text) && !hasOnlyCommands(document.slice(start, end))
  );
}

function hasOnlyCommands(code: string): boolean {
  const lines = essence(code);
  return lines.length > 0 && lines.every((line) => command.test(line));
}

const command =
  /^(?:\$ |> |# )?(?:sudo )?(?:npm|npx|yarn|pnpm|pip3?|python3? -m|cargo|go (?:get|install|mod|run|test)|brew|apt(?:-get)?|git|cd|mkdir|docker|composer|gem|bundle|dotnet|mvn|gradle)\b/;

/** Whether two texts are the same but for their words. */
function hasSameShape(a: string, b: string): boolean {
  const shape = (text: string): string =>
    essence(text)
      .join('\n')
      .replaceAll(/[\p{L}\p{N}_$]+/gu, 'w');
  return /[^\sw]/.test(shape(a)) && shape(a) === shape(b);
}

/** Whether two texts begin with the same name and sign: they say the same thing in two ways. */
function startsAlike(a: string, b: string): boolean {
  const start = (text: string): string | undefined => /^\s*[\p{L}_$][\p{L}\p{N}_$]*\s*[^\s\p{L}\p{N}]/u.exec(text)?.[0];
  return start(a) !== undefined && start(a) === start(b);
}

function preferred<T>(items: readonly T[], test: (item: T) => boolean): readonly T[] {
  const kept = items.filter(test);
  return kept.length > 0 ? kept : items;
}

function distinct(blocks: readonly FencedBlock[]): FencedBlock[] {
  return blocks.filter(
    (block, index) =>
      block.text.trim() !== '' && !blocks.slice(0, index).some((other) => isSame(other.text, block.text)),
  );
}

function isSame(a: string, b: string): boolean {
  return essence(a).join('\n') === essence(b).join('\n');
}

/** Whether the text is a part of the selection as it was, quoted before what becomes of that part. */
function isExcerpt(text: string, selection: string): boolean {
  const part = essence(text);
  const whole = essence(selection);
  return part.length < whole.length && `\n${whole.join('\n')}\n`.includes(`\n${part.join('\n')}\n`);
}

/** Whether the text has lines or names of the selection that the chosen code lacks: both are needed then. */
function holdsMore(text: string, chosen: string, selection: string): boolean {
  const lines = new Set(essence(chosen));
  const own = new Set(essence(selection).filter((line) => wordsOf(line).length > 1));
  if (essence(text).some((line) => own.has(line) && !lines.has(line))) return true;
  const names = new Set(declared(selection));
  const kept = new Set(declared(chosen));
  return declared(text).some((name) => names.has(name) && !kept.has(name));
}

/** The names that code declares, in their order. */
function declared(code: string): string[] {
  const declarations = code.matchAll(
    // linear: what it repeats ends at the next word or parenthesis.
    /\b(?:def|function|class|fn|func|fun|const|let|var|type|interface|struct|enum|trait|impl|module|sub)\s+(?:\([^()]*\)\s*)?([\p{L}_$][\p{L}\p{N}_$]*)/gu,
  );
  return [...declarations].map((match) => match[1] ?? '');
}

/** The names in the lines of code that import something, but for lines that the other code has, too. */
function imported(code: string, other: string): string[] {
  const known = new Set(essence(other));
  const lines = essence(code).filter((line) => importing.test(line) && !known.has(line));
  return lines.flatMap((line) => wordsOf(line).filter((word) => !importWord.test(word)));
}

const importing = /^(?:import|from|use|using|#include|require\w*)\b|\brequire\(/;
const importWord = /^(?:import|from|as|use|using|include|require\w*|const|let|var|type|default|static)$/;

/** Whether what stands behind a fence is the first line of the code, which belongs below it. */
export function isCodeInfo(info: string): boolean {
  return !info.startsWith('{') && codeInfo.test(info);
}

const codeInfo =
  // linear: its parts with repetitions begin where the text begins.
  /[;{]$|=>|^[\w.]+\(.*\)|^(?:[\w+#]+ )?(?:const|let|var|def|function|class|import|from|return|public|private|func|fn|if|for|while|async|export)\s+\S/;

/** The language that the info string names, in lower case; empty where it names none. */
function languageOf(info: string): string {
  // linear: it begins where the text begins.
  return /^\{?\.?([^\s{},:=]*)(?=$|[\s{},:])/.exec(info)?.[1]?.toLowerCase() ?? '';
}

/** Commands, output and the like, which come beside code and are not it. */
export function isBeside(info: string, languageId: string): boolean {
  return besides.has(languageOf(info)) && !isLanguage(info, languageId) && !hosts.has(languageId);
}

const besides = new Set([
  'bash',
  'sh',
  'shell',
  'zsh',
  'console',
  'terminal',
  'powershell',
  'cmd',
  'text',
  'txt',
  'plaintext',
  'output',
  'log',
  'stdout',
]);

/** Languages whose files hold commands. */
const hosts = new Set([
  'shellscript',
  'powershell',
  'bat',
  'dockerfile',
  'makefile',
  'yaml',
  'markdown',
  'mdx',
  'plaintext',
]);

/** Whether an info string names the language. */
export function isLanguage(info: string, languageId: string): boolean {
  const language = languageOf(info);
  if (language === languageId) return true;
  return aliases[languageId]?.includes(language) ?? false;
}

const aliases: Readonly<Record<string, readonly string[]>> = {
  bat: ['cmd', 'batch'],
  cpp: ['c++', 'cc', 'cxx', 'hpp', 'h'],
  csharp: ['cs', 'c#'],
  dockercompose: ['yaml', 'yml'],
  dockerfile: ['docker'],
  go: ['golang'],
  javascript: ['js', 'jsx', 'mjs', 'cjs', 'node'],
  javascriptreact: ['jsx', 'js', 'javascript'],
  json: ['jsonc', 'json5'],
  jsonc: ['json', 'json5'],
  kotlin: ['kt', 'kts'],
  makefile: ['make', 'mk'],
  markdown: ['md', 'mdx'],
  perl: ['pl'],
  powershell: ['ps1', 'pwsh'],
  python: ['py', 'python3', 'py3'],
  ruby: ['rb'],
  rust: ['rs'],
  shellscript: ['bash', 'sh', 'shell', 'zsh', 'console'],
  sql: ['mysql', 'pgsql', 'postgresql', 'sqlite', 'plsql', 'tsql'],
  terraform: ['hcl', 'tf'],
  typescript: ['ts', 'mts', 'cts', 'tsx', 'javascript', 'js'],
  typescriptreact: ['tsx', 'ts', 'typescript', 'jsx', 'javascript'],
  yaml: ['yml'],
};

/** Whether fences inside a block belong there. */
export function mayNest(target: ReplyTarget): boolean {
  if (holdsFences(target.languageId)) return true;
  return /^ {0,3}(?:`{3}|~{3})/m.test(target.document.slice(target.start, target.end));
}
