/** Which rules a command line follows. */
export type Shell = 'posix' | 'powershell' | 'cmd';

/**
 * The shell that code is for.
 * @param language The first word on the block's fence. Undefined: the code is for no shell.
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
