import { withoutHidden } from '../shared/hidden.ts';
import type { Shell } from '../shared/shell.ts';

/** How a code block can be inserted into a terminal. */
export type ShellCommand =
  /** Lines that are each a command. `removed` counts the dropped control and invisible characters. */
  | { readonly kind: 'command'; readonly lines: readonly string[]; readonly removed: number }
  | { readonly kind: 'empty' }
  /** Its lines depend on each other and would mean something else one by one. */
  | { readonly kind: 'script' };

/**
 * Extracts the commands of a code block, without comments and without the prompts and output of a recorded session.
 * @param shell The shell that the code is written for.
 */
export function shellCommand(code: string, shell: Shell): ShellCommand {
  const lines = withoutPrompts(continued(code.split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/), shell), shell)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !isComment(line, shell));
  if (lines.length === 0) return { kind: 'empty' };
  if (lines.length > 1 && lines.some((line) => isPart(line, shell))) return { kind: 'script' };
  // The shell would treat a tab as a completion request.
  const texts = lines.map((line) => line.replaceAll('\t', ' '));
  const shown = texts.map((text) => withoutHidden(text.replaceAll(/\p{Cc}/gu, '')));
  return { kind: 'command', lines: shown.map(withoutWideGaps), removed: characters(texts) - characters(shown) };
}

/**
 * Joins commands into one line, since a line break in a terminal is Enter. Where the shell supports it, each command
 * runs only if the previous one succeeded.
 * @param shell The terminal's shell.
 */
export function commandLine(lines: readonly string[], shell: Shell): string {
  return lines.join(and[shell]);
}

/** Windows PowerShell has no `&&`. */
const and: Readonly<Record<Shell, string>> = { posix: ' && ', powershell: '; ', cmd: ' && ' };

/** Ends a line that continues on the next one. */
const continuation: Readonly<Record<Shell, RegExp>> = {
  // linear: it begins at the first backslash of a run.
  posix: /(?<!\\)(?:\\\\)*\\$/,
  powershell: /\s`$/,
  cmd: /\^$/,
};

/** An escaped character. */
const escaped: Readonly<Record<Shell, RegExp>> = { posix: /\\./g, powershell: /`./g, cmd: /\^./g };

/** Collapses blanks outside quotes: many of them could push the end of the command out of sight. */
function withoutWideGaps(line: string): string {
  return line.replaceAll(/'[^']*'|"(?:[^"\\]|\\.)*"|\\.|( ) +/g, (part: string, blank?: string) => blank ?? part);
}

function characters(texts: readonly string[]): number {
  return Array.from(texts.join('')).length;
}

/** The prompt before a command in a recorded session. */
const prompt = /^\s*(?:[\w.~/@:-]*[$%]|PS [^>]*>|[A-Z]:\\[^>]*>)\s+/;

function continued(lines: readonly string[], shell: Shell): readonly string[] {
  const joined: string[] = [];
  for (const line of lines) {
    const last = joined.at(-1);
    if (last === undefined || !continuation[shell].test(last) || isComment(last, shell)) joined.push(line);
    else joined.splice(-1, 1, `${last.slice(0, -1).trimEnd()} ${line.trimStart()}`);
  }
  return joined;
}

/** If lines have prompts, only the commands after them. */
function withoutPrompts(lines: readonly string[], shell: Shell): readonly string[] {
  const typed = lines.filter((line) => prompt.test(line));
  const first = lines.find((line) => line.trim() !== '' && !isComment(line, shell));
  const isSession = first !== undefined && prompt.test(first);
  return isSession ? typed.map((line) => line.replace(prompt, '')) : lines;
}

function isComment(line: string, shell: Shell): boolean {
  return shell === 'cmd' ? /^\s*(?:::|rem\b)/i.test(line) : line.trimStart().startsWith('#');
}

/**
 * Whether a line begins or ends a construct that spans lines, or could not be followed by another command on its line.
 */
function isPart(line: string, shell: Shell): boolean {
  const unquoted = line.replaceAll(escaped[shell], '').replaceAll(/'[^']*'|"[^"]*"/g, '');
  return (
    /['"]|<<|[&|[{(;]$|^[)}\]|&]/.test(unquoted) ||
    blockWord.test(unquoted) ||
    count(unquoted, /[({]/g) !== count(unquoted, /[)}]/g) ||
    (shell !== 'cmd' && /\s#/.test(unquoted))
  );
}

const blockWord =
  /(?:^|[\s;])(?:if|then|else|elif|fi|for|while|until|do|done|case|esac|select|function|begin|end|switch|foreach|goto)(?:[\s;]|$)/i;

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
