/** The syntax of a command line. */
export type Shell = 'posix' | 'powershell' | 'cmd';

/**
 * The shell that a code block is for.
 * @param language First word of the fence's info string.
 * @returns undefined if the code isn't for a shell.
 */
export function shellOf(language: string): Shell | undefined {
  return shells.get(language.toLowerCase());
}

const names: Readonly<Record<Shell, string>> = {
  posix: 'sh bash zsh fish ksh shell shellscript shell-session shellsession sh-session console terminal',
  powershell: 'powershell pwsh ps1 posh',
  cmd: 'bat batch cmd dos',
};

const shells: ReadonlyMap<string, Shell> = new Map(
  (['posix', 'powershell', 'cmd'] as const).flatMap((shell) => names[shell].split(' ').map((name) => [name, shell])),
);
