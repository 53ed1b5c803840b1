import * as vscode from 'vscode';
import { confirmed } from '../context/attachContext.ts';
import { Exclusions } from '../context/exclusions.ts';
import { statOf } from '../context/files.ts';
import { captureAt } from '../context/selection.ts';
import type { Attachment } from '../prompt/context.ts';
import type { ExcludePatterns } from '../settings/settings.ts';
import { testFileNames, testPlace } from '../prompt/testPlace.ts';
import { pickOne } from '../window/pickers.ts';
import { plural } from '../shared/plural.ts';

/** Where new tests go, and an example of how tests are written there. */
export interface TestFile {
  /** Of a document to be saved there; absent: the user will choose. */
  readonly uri?: vscode.Uri;
  readonly example?: Attachment;
}

/**
 * Finds the place for tests of the document's code. Names the test file that would be sent as an example before sending
 * it; undefined if cancelled.
 */
export async function chooseTestFile(
  { uri }: vscode.TextDocument,
  exclude: ExcludePatterns,
): Promise<TestFile | undefined> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (!folder || uri.scheme !== 'file') return {};
  const relative = (each: vscode.Uri): string => each.path.slice(folder.uri.path.length + 1);
  const source = relative(uri);
  const names = new vscode.RelativePattern(folder, `**/{${testFileNames(source).join(',')}}`);
  const tests = (await vscode.workspace.findFiles(names, excluded, mostFiles)).map(relative);
  const place = testPlace(source, tests);
  const at = (path: string): vscode.Uri => vscode.Uri.joinPath(folder.uri, path);
  const target = at(place.path).with({ scheme: 'untitled' });
  if (place.example === undefined) return { uri: target };
  const example = await readExample(at(place.example));
  const length = example?.text.length ?? 0;
  const like: vscode.QuickPickItem = {
    label: vscode.l10n.t('Like the tests in {0}', place.example),
    detail: plural(
      length,
      vscode.l10n.t('Sends 1 character of it as an example'),
      vscode.l10n.t('Sends {0} characters of it as an example', length),
    ),
  };
  const without: vscode.QuickPickItem = { label: vscode.l10n.t('Without an example') };
  const title = vscode.l10n.t('Write tests to {0}', place.path);
  const picked = example ? await pickOne([like, without], { title }) : without;
  if (!picked) return undefined;
  if (picked !== like || !example) return { uri: target };
  const [sent] = await confirmed([{ attachment: example }], new Exclusions(exclude), 'askance');
  return sent ? { uri: target, example } : { uri: target };
}

/** Most test files considered. */
const mostFiles = 5000;

const excluded = '**/{node_modules,bower_components,vendor,dist,out,build,target,.git,.venv,venv}/**';

/** Lines of the example test file that are sent. */
const exampleLines = 200;

/** Undefined if it is empty or not text. */
async function readExample(uri: vscode.Uri): Promise<Attachment | undefined> {
  // A link may lead to a device, which may be endless.
  if (((await statOf(uri)).type & vscode.FileType.File) === 0) return undefined;
  const document = await vscode.workspace.openTextDocument(uri);
  const last = document.lineAt(Math.min(document.lineCount, exampleLines) - 1);
  const capture = await captureAt(document, new vscode.Range(new vscode.Position(0, 0), last.range.end));
  const [captured] = capture.kind === 'captured' ? capture.captured : [];
  return captured && { ...captured.attachment, description: vscode.l10n.t('Example'), replaceable: false };
}
