import * as vscode from 'vscode';

/** Longest attached output of a cell, in UTF-16 code units. */
const longestOutput = 4000;
const stream = /^application\/vnd\.code\.notebook\.(?:stdout|stderr)$/;

/** The notebook at the URI; undefined if it isn't one or no installed extension can read it. */
export async function notebookAt(uri: vscode.Uri): Promise<vscode.NotebookDocument | undefined> {
  const open = vscode.workspace.notebookDocuments.find((notebook) => notebook.uri.toString() === uri.toString());
  if (open || !/\.ipynb$/i.test(uri.path)) return open;
  try {
    return await vscode.workspace.openNotebookDocument(uri);
  } catch {
    return undefined;
  }
}

/** A notebook for a model: its cells with their kind and their textual outputs. */
export function notebookText(notebook: vscode.NotebookDocument): string {
  return notebook
    .getCells()
    .map((cell, index) => cellText(cell, index + 1))
    .join('\n\n');
}

function cellText({ kind, document, outputs }: vscode.NotebookCell, number: number): string {
  const name = kind === vscode.NotebookCellKind.Markup ? 'Markdown' : document.languageId;
  const texts = outputs.map(outputText).filter((text) => text !== '');
  return [
    `[Cell ${number}: ${name}]`,
    document.getText(),
    ...texts.map((text) => `[Output of cell ${number}]\n${text}`),
  ].join('\n');
}

/** The text of an output; without text, its MIME type. */
function outputText({ items }: vscode.NotebookCellOutput): string {
  const plain = items.find(({ mime }) => mime === 'text/plain') ?? items.find(({ mime }) => isText(mime));
  if (!plain) return items.map(({ mime }) => `(${mime})`).join(' ');
  const text = new TextDecoder().decode(plain.data);
  return cut(plain.mime === errorType ? errorText(text) : text).trimEnd();
}

const errorType = 'application/vnd.code.notebook.error';

function isText(mime: string): boolean {
  return stream.test(mime) || mime === errorType || mime === 'application/json' || mime === 'text/markdown';
}

/** VS Code stores an error as JSON with name, message and stack, which may have terminal colors. */
function errorText(json: string): string {
  try {
    const { name = '', message = '', stack = '' } = JSON.parse(json) as Readonly<Record<string, string | undefined>>;
    // eslint-disable-next-line no-control-regex
    return stack === '' ? `${name}: ${message}` : stack.replaceAll(/\x1b\[[\d;]*m/g, '');
  } catch {
    return json;
  }
}

function cut(text: string): string {
  return text.length > longestOutput ? `${text.slice(0, longestOutput)}…` : text;
}
