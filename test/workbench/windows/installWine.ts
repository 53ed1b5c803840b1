import { canInstallPackages, installPackages } from '../systemPackages.ts';
import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';

/** Why Windows cannot be shown on this machine; the message is a sentence. */
export class NotShown extends Error {}

/** What a machine has, as far as Wine goes. */
export interface Facts {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** The path that the environment variable `WINE` names. */
  readonly named: string | undefined;
  readonly exists: (path: string) => boolean;
  /** Folders where programs are. */
  readonly folders: readonly string[];
  readonly canInstall: boolean;
}

export type Plan =
  | { readonly kind: 'found'; readonly wine: string }
  | { readonly kind: 'install' }
  | { readonly kind: 'none'; readonly reason: string };

/** How to get at Wine. */
export function planFor({ platform, arch, named, exists, folders, canInstall }: Facts): Plan {
  if (platform === 'win32') return { kind: 'none', reason: 'this is Windows itself, where `npm test` shows it.' };
  if (arch !== 'x64') return { kind: 'none', reason: `Wine runs programs for x64, and this machine is ${arch}.` };
  if (named) {
    return exists(named)
      ? { kind: 'found', wine: named }
      : { kind: 'none', reason: `the environment variable WINE names ${named}, which does not exist.` };
  }
  const wine = folders.map((folder) => `${folder}/wine`).find(exists);
  if (wine !== undefined) return { kind: 'found', wine };
  if (canInstall) return { kind: 'install' };
  return {
    kind: 'none',
    reason:
      'there is no Wine. Install it (on Debian `apt install wine wine64`), or name it in the environment variable WINE.',
  };
}

/** The path of Wine, which is installed where it is missing and may be. @throws {NotShown} */
export async function installWine(): Promise<string> {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const facts: Facts = {
    platform: process.platform,
    arch: process.arch,
    named: process.env['WINE'],
    exists: existsSync,
    folders,
    canInstall: canInstallPackages(),
  };
  let plan = planFor(facts);
  if (plan.kind === 'install') {
    if (!(await installPackages('wine', 'wine64'))) throw new NotShown('apt-get could not install Wine.');
    plan = planFor({ ...facts, canInstall: false });
  }
  switch (plan.kind) {
    case 'found':
      return plan.wine;
    case 'none':
      throw new NotShown(plan.reason);
    case 'install':
      throw new NotShown('apt-get installed no Wine.');
    default:
      return plan satisfies never;
  }
}
