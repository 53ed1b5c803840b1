import { realpath } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { sameUri } from './sameUri.ts';

/** Where a name leads: a repository's links may point anywhere on the machine. */
export type Lead =
  | { readonly kind: 'itself' }
  /** Another file of the workspace. */
  | { readonly kind: 'inside'; readonly uri: vscode.Uri }
  /** A file outside the name's folder; its location isn't always known. */
  | { readonly kind: 'outside'; readonly uri?: vscode.Uri };

const itself: Lead = { kind: 'itself' };

/** @param folder The workspace folder that contains the name, if any. */
export async function leadOf(uri: vscode.Uri, folder: vscode.Uri | undefined): Promise<Lead> {
  if (uri.scheme !== 'file') return (await isLink(uri, folder)) ? { kind: 'outside' } : itself;
  const target = await targetOf(uri);
  if (!target) return itself;
  if (!folder) return sameUri(target, uri) ? itself : { kind: 'outside', uri: target };
  const way = relative(((await targetOf(folder)) ?? folder).fsPath, target.fsPath);
  const leadsOut = way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
  if (leadsOut) {
    const isInOther = vscode.workspace.getWorkspaceFolder(target) !== undefined;
    return { kind: isInOther ? 'inside' : 'outside', uri: target };
  }
  const inside = vscode.Uri.joinPath(folder, ...way.split(sep));
  return sameUri(inside, uri) ? itself : { kind: 'inside', uri: inside };
}

/** Not `realpath.native`, which resolves more than links, such as network drives. */
const resolved = promisify(realpath);

/** Undefined if there is no such file. */
async function targetOf({ fsPath }: vscode.Uri): Promise<vscode.Uri | undefined> {
  try {
    return vscode.Uri.file(await resolved(fsPath));
  } catch {
    return undefined;
  }
}

/** Whether a file on a virtual file system, or a folder on the way to it, is a link. */
async function isLink(uri: vscode.Uri, folder: vscode.Uri | undefined): Promise<boolean> {
  for (let place = uri; ;) {
    const { type } = await vscode.workspace.fs.stat(place).then(
      (stat) => stat,
      () => ({ type: vscode.FileType.Unknown }),
    );
    if ((type & vscode.FileType.SymbolicLink) !== 0) return true;
    const parent = vscode.Uri.joinPath(place, '..');
    if (parent.path.length >= place.path.length || !folder || sameUri(parent, folder)) return false;
    place = parent;
  }
}
