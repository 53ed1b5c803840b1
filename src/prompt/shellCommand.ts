import { withoutHidden } from '../shared/hidden.ts';
import type { Shell } from '../shared/shell.ts';

/** What of a code block may be put into a terminal. */
export type ShellCommand =
  /**
   * Lines that are each a command. `removed` counts the control characters, and those that cannot be seen, which were
   * taken out.
   */
  | { readonly kind: 'command'; readonly lines: readonly string[]; readonly removed: number }
  | { readonly kind: 'empty' }
  /** Its lines belong together; one after the other they would mean something else. */
  | { readonly kind: 'script' };

/**
 * The commands of code, without its comments, and without the prompts and the output of a recorded session.
 * @param shell that the code is written for
 */
export function shellCommand(code: string, shell: Shell): ShellCommand {
  const lines = withoutPrompts(continued(code.split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/), shell), shell)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !isComment(line, shell));
  if (lines.length === 0) return { kind: 'empty' };
  if (lines.length > 1 && lines.some((line) => isPart(line, shell))) return { kind: 'script' };
  // A tab would ask the shell to complete what stands before it.
  const texts = lines.map((line) => line.replaceAll('\t', ' '));
  const shown = texts.map((text) => withoutHidden(text.replaceAll(/\p{Cc}/gu, '')));
  return { kind: 'command', lines: shown.map(withoutWideGaps), removed: characters(texts) - characters(shown) };
}

/**
 * The commands as one line for a terminal, where a line break is a pressed Enter. The next runs only if the last did not
 * fail, where the shell can say that.
 * @param shell that waits in the terminal
 */
export function commandLine(lines: readonly string[], shell: Shell): string {
  return lines.join(and[shell]);
}

/** Windows PowerShell has no `&&`. */
const and: Readonly<Record<Shell, string>> = { posix: ' && ', powershell: '; ', cmd: ' && ' };

/** Ends a line that goes on in the next one. */
const continuation: Readonly<Record<Shell, RegExp>> = {
  // linear: it begins at the first backslash of a run.
  posix: /(?<!\\)(?:\\\\)*\\$/,
  powershell: /\s`$/,
  cmd: /\^$/,
};

/** Takes from the next character what it means. */
const escaped: Readonly<Record<Shell, RegExp>> = { posix: /\\./g, powershell: /`./g, cmd: /\^./g };

/** Outside quotes one blank is as good as many, which could push the end of the command out of sight. */
function withoutWideGaps(line: string): string {
  return line.replaceAll(/'[^']*'|"(?:[^"\\]|\\.)*"|\\.|( ) +/g, (part: string, blank?: string) => blank ?? part);
}

function characters(texts: readonly string[]): number {
  return Array.from(texts.join('')).length;
}

/** What stands before a command in a recorded session. */
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

/** Where lines have prompts, what was typed behind them. */
function withoutPrompts(lines: readonly string[], shell: Shell): readonly string[] {
  const typed = lines.filter((line) => prompt.test(line));
  const first = lines.find((line) => line.trim() !== '' && !isComment(line, shell));
  const isSession = first !== undefined && prompt.test(first);
  return isSession ? typed.map((line) => line.replace(prompt, '')) : lines;
}

function isComment(line: string, shell: Shell): boolean {
  return shell === 'cmd' ? /^\s*(?:::|rem\b)/i.test(line) : line.trimStart().startsWith('#');
}

/** Whether a line begins or ends something that reaches over lines, or what follows it on its line would be lost. */
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
